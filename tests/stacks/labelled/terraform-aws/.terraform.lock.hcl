provider "registry.terraform.io/hashicorp/aws" {
  version = "5.55.0"
}
