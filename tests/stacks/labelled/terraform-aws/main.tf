provider "aws" {
  region = var.region
}

// provider "azurerm" {}

/*
provider "google" {}
*/

resource "aws_s3_bucket" "files" {
  bucket = "mysql-dumps-of-old"
}

resource "aws_dynamodb_table" "sessions" {
  name         = "sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
}

resource "aws_sqs_queue" "jobs" {}

resource "aws_lambda_function" "resize" {
  function_name = "resize"
  runtime       = "provided.al2023"
}

resource "aws_db_instance" "main" {
  engine         = "postgres"
  engine_version = "16.3"
}
