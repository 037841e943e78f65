"""Helm: what a chart depends on, what its values and templates run; releases named in other files."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.parsing import read_yaml
from stacks.scanner.reading.images import image_clues
from stacks.scanner.reading.lines import numbered
from stacks.scanner.reading.trees import at, line, rows, table, tables, text

_SAME_NAME = frozenset(
    (
        *("airbyte", "airflow", "appwrite", "argo-cd", "authentik", "cassandra", "chroma", "clickhouse"),
        *("consul", "couchdb", "datadog", "directus", "druid", "elasticsearch", "etcd", "fluentd", "flux"),
        *("ghost", "gitea", "gitlab", "grafana", "haproxy", "hasura", "influxdb", "istio", "jaeger", "jenkins"),
        *("k6", "kafka", "keycloak", "kibana", "kong", "logstash", "loki", "mariadb", "matomo", "mattermost"),
        *("meilisearch", "memcached", "metabase", "milvus", "minio", "mlflow", "mongodb", "mysql", "n8n"),
        *("nats", "neo4j", "netdata", "nomad", "ollama", "opensearch", "postgresql", "prometheus", "pulsar"),
        *("qdrant", "questdb", "rabbitmq", "redis", "redmine", "rethinkdb", "scylladb", "sentry", "solr"),
        *("sonarqube", "spark", "superset", "surrealdb", "temporal", "tidb", "traefik", "typesense", "umami"),
        *("uptime-kuma", "valkey", "vault", "victoriametrics", "vitess", "vllm", "weaviate", "wordpress"),
        *("zammad", "zipkin", "zookeeper", "zulip"),
    )
)
_CHARTS = {
    "cloudnative-pg": "postgresql",
    "cockroachdb": "cockroachdb",
    "eck-elasticsearch": "elasticsearch",
    "eck-kibana": "kibana",
    "flux2": "flux",
    "istio-base": "istio",
    "istiod": "istio",
    "jaeger-operator": "jaeger",
    "jupyterhub": "jupyter",
    "keydb": "keydb",
    "linkerd-control-plane": "linkerd",
    "linkerd2": "linkerd",
    "loki-distributed": "loki",
    "loki-stack": "loki",
    "mongodb-sharded": "mongodb",
    "mysql-operator": "mysql",
    "mysqlha": "mysql",
    "nginx": "nginx",
    "opentelemetry-collector": "opentelemetry",
    "opentelemetry-operator": "opentelemetry",
    "postgresql-ha": "postgresql",
    "prometheus-operator": "prometheus",
    "rabbitmq-cluster-operator": "rabbitmq",
    "redis-cluster": "redis",
    "redis-ha": "redis",
    "strimzi-kafka-operator": "kafka",
    "timescaledb-single": "timescaledb",
    "victoria-metrics-single": "victoriametrics",
    "yugabyte": "yugabytedb",
}
_IMAGE_LINE = re.compile(r"^\s*(?:-\s+)?image:\s*(['\"]?)([^\s'\"{}#]+)\1\s*(?:#.*)?$")
_IMAGE_KEY = re.compile(r"image$", re.IGNORECASE)


def chart_tools(name: str) -> tuple[str, ...]:
    """The tools that a chart of this name, such as `bitnami/redis`, installs."""
    plain = name.rpartition("/")[2]
    if plain == "kube-prometheus-stack":
        return ("prometheus", "grafana")
    if plain in _SAME_NAME:
        return (plain,)
    return tuple(filter(None, (_CHARTS.get(plain, ""),)))


def chart_clues(name: Any) -> Iterator[Clue]:
    """The clues that the name of a chart gives; those of charts beside this one (`./redis`) give none."""
    if text(name) and not text(name).startswith((".", "/", "file:")):
        for tool in chart_tools(name):
            yield Clue(Sort.TOOL, tool, line(name))


def read_chart(manifest: Manifest) -> Iterator[Clue]:
    """Chart.yaml, and requirements.yaml of older charts: what is depended on."""
    for document in read_yaml(manifest.text):
        for dependency in rows(at(document, "dependencies")):
            if not text(at(dependency, "repository")).startswith("file:"):
                yield from chart_clues(at(dependency, "name"))


def read_values(manifest: Manifest) -> Iterator[Clue]:
    """Images of a chart's values: `image: {registry: …, repository: …, tag: …}`, or as one text."""
    if "image" not in manifest.text.lower():
        return
    for document in read_yaml(manifest.text):
        for values in tables(document):
            for key, value in values.items():
                if _IMAGE_KEY.search(key):
                    yield from _value_clues(value)


def _value_clues(value: Any) -> Iterator[Clue]:
    parts = table(value)
    repository = text(parts.get("repository"))
    if repository:
        registry = text(parts.get("registry"))
        name = f"{registry}/{repository}" if registry and registry != "docker.io" else repository
        yield from image_clues(name, line(repository), certainty=Certainty.CONFIGURED)
    elif ":" in text(value) or "/" in text(value):
        yield from image_clues(value, line(value), certainty=Certainty.CONFIGURED)


def template_clues(manifest: Manifest) -> Iterator[Clue]:
    """Images that a template writes out in full, found line by line."""
    for number, raw in numbered(manifest.text):
        if "image:" in raw and (found := _IMAGE_LINE.match(raw[:500])):
            yield from image_clues(found[2], number)


def read_helmfile(manifest: Manifest) -> Iterator[Clue]:
    """The charts that a helmfile releases; Helm runs it."""
    yield Clue(Sort.TOOL, "helm", 0, Certainty.CONFIGURED)
    if "{{" in manifest.text:
        yield from _templated_releases(manifest.text)
        return
    for document in read_yaml(manifest.text):
        for release in rows(at(document, "releases")):
            yield from chart_clues(at(release, "chart"))


def _templated_releases(source: str) -> Iterator[Clue]:
    for number, raw in numbered(source):
        key, _, name = raw.strip().removeprefix("- ").partition(":")
        if key == "chart" and "{{" not in name and not name.strip().strip("'\"").startswith("."):
            for tool in chart_tools(name.strip().strip("'\"")):
                yield Clue(Sort.TOOL, tool, number)


READERS: Mapping[str, Reader] = {
    "Chart.yaml": read_chart,
    "charts/*/requirements.yaml": read_chart,
    "values.yaml": read_values,
    "values.yml": read_values,
    "values-*.yaml": read_values,
    "values.*.yaml": read_values,
    "helmfile.yaml": read_helmfile,
    "helmfile.yml": read_helmfile,
    "helmfile.yaml.gotmpl": read_helmfile,
}
