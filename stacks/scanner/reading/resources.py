"""Which tools the resources of clouds are, by Terraform's names and by CloudFormation's."""

import re

PROVIDERS = {
    "akamai": "akamai/akamai",
    "auth0": "auth0/auth0",
    "aws": "hashicorp/aws",
    "awscc": "hashicorp/awscc",
    "azapi": "azure/azapi",
    "azuread": "hashicorp/azuread",
    "azurerm": "hashicorp/azurerm",
    "clickhouse": "clickhouse/clickhouse",
    "cloudflare": "cloudflare/cloudflare",
    "cockroach": "cockroachdb/cockroach",
    "confluent": "confluentinc/confluent",
    "consul": "hashicorp/consul",
    "datadog": "datadog/datadog",
    "digitalocean": "digitalocean/digitalocean",
    "docker": "kreuzwerker/docker",
    "fastly": "fastly/fastly",
    "github": "integrations/github",
    "gitlab": "gitlabhq/gitlab",
    "google": "hashicorp/google",
    "google-beta": "hashicorp/google-beta",
    "grafana": "grafana/grafana",
    "hcloud": "hetznercloud/hcloud",
    "helm": "hashicorp/helm",
    "heroku": "heroku/heroku",
    "kubectl": "gavinbunney/kubectl",
    "kubernetes": "hashicorp/kubernetes",
    "mongodbatlas": "mongodb/mongodbatlas",
    "neon": "kislerdm/neon",
    "netlify": "netlify/netlify",
    "newrelic": "newrelic/newrelic",
    "nomad": "hashicorp/nomad",
    "okta": "okta/okta",
    "pagerduty": "pagerduty/pagerduty",
    "postgresql": "cyrilgdn/postgresql",
    "rabbitmq": "cyrilgdn/rabbitmq",
    "rancher2": "rancher/rancher2",
    "sentry": "jianyuan/sentry",
    "snowflake": "snowflake-labs/snowflake",
    "supabase": "supabase/supabase",
    "vault": "hashicorp/vault",
    "vercel": "vercel/vercel",
}
"""Sources of providers by the names that everybody gives them."""

BACKENDS = {
    "azurerm": "azure",
    "consul": "consul",
    "gcs": "google-cloud",
    "kubernetes": "kubernetes",
    "pg": "postgresql",
    "s3": "amazon-s3",
}
"""Where Terraform's state may be kept."""

_RESOURCES = {
    "aws_cloudformation": ("cloudformation",),
    "aws_dynamodb": ("dynamodb",),
    "aws_eks": ("kubernetes",),
    "aws_elasticsearch": ("elasticsearch",),
    "aws_grafana": ("grafana",),
    "aws_lambda": ("aws-lambda",),
    "aws_msk": ("kafka",),
    "aws_mwaa": ("airflow",),
    "aws_opensearch": ("opensearch",),
    "aws_prometheus": ("prometheus",),
    "aws_redshift": ("redshift",),
    "aws_redshiftserverless": ("redshift",),
    "aws_s3": ("amazon-s3",),
    "aws_ses": ("amazon-ses",),
    "aws_sesv2": ("amazon-ses",),
    "aws_sqs": ("amazon-sqs",),
    "azurerm_kubernetes": ("kubernetes",),
    "azurerm_mariadb": ("mariadb",),
    "azurerm_mssql": ("sql-server",),
    "azurerm_mysql": ("mysql",),
    "azurerm_postgresql": ("postgresql",),
    "azurerm_redis": ("redis",),
    "digitalocean_kubernetes": ("kubernetes",),
    "google_app_engine": ("google-app-engine",),
    "google_bigquery": ("bigquery",),
    "google_cloudbuild": ("google-cloud-build",),
    "google_composer": ("airflow",),
    "google_container_cluster": ("kubernetes",),
    "google_container_node": ("kubernetes",),
    "google_firebase": ("firebase",),
    "google_firestore": ("firestore",),
    "google_memcache": ("memcached",),
    "google_pubsub": ("google-pubsub",),
    "google_redis": ("redis",),
    "confluent_kafka": ("kafka",),
    "mongodbatlas": ("mongodb",),
    "postgresql": ("postgresql",),
    "rabbitmq": ("rabbitmq",),
}
"""Types of resources, by all of their name or by its first words."""

_TYPES = {
    "AWS::DynamoDB": ("dynamodb",),
    "AWS::EKS": ("kubernetes",),
    "AWS::Elasticsearch": ("elasticsearch",),
    "AWS::Lambda": ("aws-lambda",),
    "AWS::MSK": ("kafka",),
    "AWS::MWAA": ("airflow",),
    "AWS::OpenSearchService": ("opensearch",),
    "AWS::Redshift": ("redshift",),
    "AWS::S3": ("amazon-s3",),
    "AWS::SES": ("amazon-ses",),
    "AWS::SQS": ("amazon-sqs",),
    "AWS::Serverless::Function": ("aws-lambda",),
    "AWS::Serverless::SimpleTable": ("dynamodb",),
}
"""Types of CloudFormation's resources, by all of their name or by its service."""

_ENGINE_KEYS = frozenset({"engine", "engine_type", "database_version", "Engine", "EngineType"})
_ENGINES = {
    "activemq": "activemq",
    "aurora-mysql": "mysql",
    "aurora-postgresql": "postgresql",
    "elasticsearch": "elasticsearch",
    "mariadb": "mariadb",
    "memcached": "memcached",
    "mongodb": "mongodb",
    "mysql": "mysql",
    "opensearch": "opensearch",
    "pg": "postgresql",
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "rabbitmq": "rabbitmq",
    "redis": "redis",
    "sqlserver": "sql-server",
    "valkey": "valkey",
}
_VERSION = re.compile(r"[_-]\d[\w.]*$|-(?:ee|ex|se|se1|se2|web)$")


def resource_tools(name: str) -> tuple[str, ...]:
    """The tools behind a type such as `aws_s3_bucket_policy`: what its longest known beginning means."""
    words = name.split("_")
    for length in range(min(len(words), 3), 0, -1):
        if found := _RESOURCES.get("_".join(words[:length])):
            return found
    return ()


def type_tools(name: str) -> tuple[str, ...]:
    """The tools behind a type of CloudFormation such as `AWS::S3::Bucket`."""
    return _TYPES.get(name) or _TYPES.get(name.rpartition("::")[0]) or ()


def engine_tool(key: str, value: str) -> str | None:
    """The database that `engine = "aurora-postgresql"` or `database_version = "POSTGRES_15"` asks for."""
    if key not in _ENGINE_KEYS:
        return None
    return _ENGINES.get(_VERSION.sub("", value.lower()))
