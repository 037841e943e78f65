provider "azurerm" {
  features {}
}

provider "digitalocean" {
  token = var.token
}

provider "consul" {}

module "vpc" {
  source = "./aws"
}
