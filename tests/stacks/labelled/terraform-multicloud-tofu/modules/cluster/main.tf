terraform {
  required_providers {
    google     = { source = "hashicorp/google", version = "5.34.0" }
    kubernetes = { source = "hashicorp/kubernetes" }
    helm       = { source = "hashicorp/helm" }
    grafana    = { source = "grafana/grafana" }
  }
}

resource "google_bigquery_dataset" "events" {
  dataset_id = "events"
}
