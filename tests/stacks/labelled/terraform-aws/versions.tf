terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.50"
    }
    cloudflare = { source = "cloudflare/cloudflare" }
    dd = {
      source = "registry.terraform.io/DataDog/datadog"
    }
    # vault = { source = "hashicorp/vault" }
  }
}
