provider "google" {
  project = "sample"
}

resource "google_pubsub_topic" "events" {
  name = "events"
}
