"""Terraform and its kin: providers, resources, states, modules."""

import json

import pytest

from tests.stacks.reading.saying import told

REQUIRED = """\
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
    dog = { source = "registry.terraform.io/DataDog/datadog", version = "~> 3" }
    random = "~> 2"
  }
  backend "s3" {
    bucket = "state"
  }
}
provider "aws" { region = "eu" }
"""
RESOURCES = """\
provider "cloudflare" {}
# resource "aws_sqs_queue" "no" {}
/* provider "google" {
} */
resource "aws_s3_bucket" "b" {
  bucket = "x-${lookup(var.names, "b")}"
  policy = <<-EOF
    provider "azurerm" {}
  EOF
}
resource "aws_db_instance" "d" {
  engine = "aurora-postgresql"
}
data "google_bigquery_dataset" "x" {}
resource "random_id" "x" {}
resource "helm_release" "r" {
  chart = "redis"
}
resource "docker_image" "n" { name = "nginx:1" }
"""


def test_required_providers_and_the_backend() -> None:
    assert told("terraform", "infra/versions.tf", REQUIRED) == [
        "terraform-provider hashicorp/aws in 4, declared",
        "terraform-provider datadog/datadog in 7, declared",
        "terraform-provider hashicorp/random in 8, declared",
        "tool amazon-s3 in 10, configured",
    ]


def test_resources_tell_tools_and_providers_that_nothing_requires() -> None:
    assert told("terraform", "main.tf", RESOURCES) == [
        "tool amazon-s3 in 5, configured",
        "tool postgresql in 12, configured",
        "tool bigquery in 14, configured",
        "tool redis in 17, configured",
        "docker nginx@1 in 19, configured",
        "terraform-provider cloudflare/cloudflare in 1, configured",
        "terraform-provider hashicorp/aws in 5, configured",
        "terraform-provider hashicorp/google in 14, configured",
        "terraform-provider hashicorp/helm in 16, configured",
        "terraform-provider kreuzwerker/docker in 19, configured",
    ]


@pytest.mark.parametrize(
    ("resource", "tools"),
    [
        ("aws_dynamodb_table", ["dynamodb"]),
        ("aws_lambda_function", ["aws-lambda"]),
        ("aws_sqs_queue_policy", ["amazon-sqs"]),
        ("aws_eks_cluster", ["kubernetes"]),
        ("aws_vpc", []),
        ("azurerm_postgresql_flexible_server", ["postgresql"]),
        ("google_container_cluster", ["kubernetes"]),
        ("google_container_registry", []),
        ("google_pubsub_topic", ["google-pubsub"]),
    ],
)
def test_types_of_resources(resource: str, tools: list[str]) -> None:
    said = told("terraform", "main.tf", f'resource "{resource}" "x" {{\n}}\n')
    assert [line.split()[1] for line in said if line.startswith("tool")] == tools


def test_modules_of_the_registry() -> None:
    remote = 'module "a" {\n  source = "terraform-aws-modules/lambda/aws//modules/x"\n}\n'
    local = 'module "b" {\n  source = "./lambda/aws"\n}\n'
    assert told("terraform", "main.tf", remote + local) == [
        "terraform-provider hashicorp/aws in 2, configured",
        "tool aws-lambda in 2, configured",
    ]


def test_locked_providers() -> None:
    text = (
        'provider "registry.opentofu.org/hashicorp/google" {\n  version     = "5.1.0"\n  constraints = "~> 5"\n'
        '  hashes = [\n    "h1:a=",\n  ]\n}\n'
    )
    assert told("terraform", ".terraform.lock.hcl", text) == [
        "tool opentofu in 1, locked",
        "terraform-provider hashicorp/google@5.1.0 in 1, locked",
    ]


def test_terraform_in_json() -> None:
    document = {
        "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}, "backend": {"gcs": {}}},
        "provider": [{"aws": {}}, {"cloudflare": {}}],
        "resource": {"aws_sqs_queue": {"q": {}}},
    }
    assert told("terraform", "main.tf.json", json.dumps(document, indent=1)) == [
        "terraform-provider hashicorp/aws in 4, declared",
        "tool google-cloud in 9, configured",
        "tool amazon-sqs in 21, configured",
        "terraform-provider cloudflare/cloudflare in 17, configured",
    ]


def test_terragrunt_packer_and_nomad() -> None:
    terragrunt = 'terraform {\n  source = "tfr:///terraform-aws-modules/s3-bucket/aws?version=4"\n}\n'
    state = 'remote_state {\n  backend = "s3"\n}\n'
    packer = 'source "amazon-ebs" "x" {}\nbuild {\n  provisioner "ansible" {}\n  provisioner "shell" {}\n}\n'
    nomad = 'job "j" {\n  task "t" {\n    driver = "docker"\n    config {\n      image = "redis:7"\n    }\n  }\n}\n'
    assert told("terraform", "terragrunt.hcl", terragrunt + state) == [
        "terraform-provider hashicorp/aws in 2, configured",
        "tool amazon-s3 in 2, configured",
        "tool amazon-s3 in 5, configured",
    ]
    assert told("terraform", "a.pkr.hcl", packer) == ["tool aws in 1, configured", "tool ansible in 3, configured"]
    assert told("terraform", "j.nomad.hcl", nomad) == ["docker redis@7 in 5, declared"]


def test_depth_is_bounded() -> None:
    assert told("terraform", "main.tf", "a {" * 60) == ["It is nested too deeply."]


TEMPLATE = """\
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketName: !Sub "x-${AWS::Region}"}
  Function:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.12, Role: !GetAtt [Role, Arn]}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres}
  Network: {Type: AWS::EC2::VPC}
"""


def test_templates_of_cloudformation() -> None:
    assert told("cloudformation", "infra/stack.yaml", TEMPLATE) == [
        "tool cloudformation in 0, configured",
        "tool aws in 0, configured",
        "tool amazon-s3 in 4, configured",
        "tool aws-lambda in 7, configured",
        "tool python in 7, configured",
        "tool postgresql in 10, configured",
    ]
    assert told("cloudformation", "template.json", '{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}') == [
        "tool cloudformation in 0, configured",
        "tool aws in 0, configured",
        "tool amazon-sqs in 1, configured",
    ]
    assert told("cloudformation", "values.yaml", "Resources: {Type: x}\n") == []


def test_serverless() -> None:
    text = (
        "service: x\nprovider:\n  name: aws\n  runtime: nodejs20.x\nplugins:\n  - serverless-offline\n  - ./mine\n"
        "functions: {a: {handler: a.b}}\nresources:\n  Resources:\n    T: {Type: 'AWS::DynamoDB::Table'}\n"
    )
    assert told("cloudformation", "serverless.yml", text)[-5:] == [
        "tool aws in 3, configured",
        "tool aws-lambda in 3, configured",
        "tool nodejs in 4, configured",
        "purl pkg:npm/serverless-offline in 6, configured, development",
        "tool dynamodb in 11, configured",
    ]


def test_pulumi() -> None:
    assert told("cloudformation", "Pulumi.yaml", "name: x\nruntime:\n  name: python\n") == [
        "tool python in 3, configured"
    ]
