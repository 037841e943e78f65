provider "kubernetes" {}
