"""Kubernetes objects: their containers' images, their operators' own kinds; Kustomize and Skaffold."""

from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.parsing import read_yaml
from stacks.scanner.reading.charts import chart_clues, template_clues
from stacks.scanner.reading.commands import command_clues
from stacks.scanner.reading.images import image_clues
from stacks.scanner.reading.lines import numbered
from stacks.scanner.reading.settings import setting_clues
from stacks.scanner.reading.shell import Command
from stacks.scanner.reading.trees import at, key_line, line, rows, table, tables, text

_GROUPS = {
    "acid.zalan.do": "postgresql",
    "apps.openshift.io": "openshift",
    "argoproj.io": "",
    "argoproj.io/Application": "argo-cd",
    "argoproj.io/ApplicationSet": "argo-cd",
    "argoproj.io/AppProject": "argo-cd",
    "arangodb.com": "arangodb",
    "build.openshift.io": "openshift",
    "cassandra.datastax.com": "cassandra",
    "cert-manager.io": "",
    "clickhouse.altinity.com": "clickhouse",
    "configuration.konghq.com": "kong",
    "couchbase.com": "couchbase",
    "crdb.cockroachlabs.com": "cockroachdb",
    "databases.spotahome.com": "redis",
    "datadoghq.com": "datadog",
    "dragonflydb.io": "dragonfly",
    "elasticsearch.k8s.elastic.co": "elasticsearch",
    "external-secrets.io": "",
    "flink.apache.org": "flink",
    "gateway.envoyproxy.io": "envoy",
    "grafana.integreatly.org": "grafana",
    "helm.cattle.io": "helm",
    "helm.toolkit.fluxcd.io": "flux",
    "image.toolkit.fluxcd.io": "flux",
    "install.istio.io": "istio",
    "jaegertracing.io": "jaeger",
    "k3d.io": "k3s",
    "k8s.keycloak.org": "keycloak",
    "k8s.mariadb.com": "mariadb",
    "k8ssandra.io": "cassandra",
    "kafka.strimzi.io": "kafka",
    "keda.sh": "",
    "kibana.k8s.elastic.co": "kibana",
    "kustomize.toolkit.fluxcd.io": "flux",
    "linkerd.io": "linkerd",
    "logstash.k8s.elastic.co": "logstash",
    "loki.grafana.com": "loki",
    "mariadb.mmontes.io": "mariadb",
    "minio.min.io": "minio",
    "mongodb.com": "mongodb",
    "mongodbcommunity.mongodb.com": "mongodb",
    "monitoring.coreos.com": "prometheus",
    "mysql.oracle.com": "mysql",
    "networking.istio.io": "istio",
    "notification.toolkit.fluxcd.io": "flux",
    "opensearch.opster.io": "opensearch",
    "opentelemetry.io": "opentelemetry",
    "operator.victoriametrics.com": "victoriametrics",
    "pingcap.com": "tidb",
    "planetscale.com": "vitess",
    "policy.linkerd.io": "linkerd",
    "postgres-operator.crunchydata.com": "postgresql",
    "postgresql.cnpg.io": "postgresql",
    "psmdb.percona.com": "mongodb",
    "rabbitmq.com": "rabbitmq",
    "redis.redis.opstreelabs.in": "redis",
    "route.openshift.io": "openshift",
    "scylla.scylladb.com": "scylladb",
    "secrets.hashicorp.com": "vault",
    "security.istio.io": "istio",
    "security.openshift.io": "openshift",
    "solr.apache.org": "solr",
    "source.toolkit.fluxcd.io": "flux",
    "sparkoperator.k8s.io": "spark",
    "telemetry.istio.io": "istio",
    "template.openshift.io": "openshift",
    "tekton.dev": "",
    "traefik.containo.us": "traefik",
    "traefik.io": "traefik",
}
"""Groups of kinds that only Kubernetes has, with the tool whose they are if the catalogue knows it."""

_ASKED_FOR = {
    "ad.datadoghq.com/": "datadog",
    "istio-injection": "istio",
    "linkerd.io/inject": "linkerd",
    "sidecar.istio.io/": "istio",
    "vault.hashicorp.com/agent-inject": "vault",
}
_OWN = frozenset({"", "apps", "autoscaling", "batch", "extensions", "policy"})
_CONTAINERS = ("initContainers", "containers", "ephemeralContainers")


def is_kubernetes(source: str) -> bool:
    """Whether a YAML text may hold objects of Kubernetes."""
    return "apiVersion:" in source and "kind:" in source


def read_objects(manifest: Manifest) -> Iterator[Clue]:
    """Objects by their kinds, and the images of their containers; templates of charts are read line by line."""
    if not is_kubernetes(manifest.text):
        return
    if "{{" in manifest.text:
        yield from _template_kinds(manifest.text)
        yield from template_clues(manifest)
        return
    for document in read_yaml(manifest.text):
        for thing in _listed(document):
            yield from _object_clues(thing)


def _template_kinds(source: str) -> Iterator[Clue]:
    """What a template says of its objects before it is filled in."""
    for number, raw in numbered(source):
        if raw.startswith("apiVersion:"):
            group = raw.partition(":")[2].strip().strip("'\"").rpartition("/")[0]
            if "{" not in raw and _is_kubernetes_group(group):
                yield Clue(Sort.TOOL, "kubernetes", number, Certainty.CONFIGURED)


def _is_kubernetes_group(group: str) -> bool:
    return group in _GROUPS or group in _OWN or group.endswith(".k8s.io")


def _listed(document: Any) -> Iterator[Mapping[str, Any]]:
    """The object itself, or those that a List or an OpenShift template holds."""
    yield table(document)
    for held in rows(at(document, "items")) + rows(at(document, "objects")):
        yield table(held)


def _object_clues(thing: Mapping[str, Any]) -> Iterator[Clue]:
    version, kind = text(thing.get("apiVersion")), text(thing.get("kind"))
    group = version.rpartition("/")[0]
    if not kind or not _is_kubernetes_group(group):
        return
    yield Clue(Sort.TOOL, "kubernetes", line(version), Certainty.CONFIGURED)
    owner = _GROUPS.get(f"{group}/{kind}", _GROUPS.get(group, ""))
    if owner:
        yield Clue(Sort.TOOL, owner, line(version), Certainty.CONFIGURED)
    if kind in {"HelmRelease", "HelmChart"}:
        yield Clue(Sort.TOOL, "helm", line(kind), Certainty.CONFIGURED)
    yield from _annotation_clues(thing)
    for part in tables(thing.get("spec")):
        yield from _part_clues(part)
    if kind == "ConfigMap":
        yield from setting_clues((name, text(value), line(name)) for name, value in table(thing.get("data")).items())


def _annotation_clues(thing: Mapping[str, Any]) -> Iterator[Clue]:
    """A mesh or an agent that is asked for where an object describes its pods."""
    for holder in (thing, at(thing, "spec", "template")):
        for place in ("annotations", "labels"):
            for name in table(at(holder, "metadata", place)):
                for part, tool in _ASKED_FOR.items():
                    if name.startswith(part):
                        yield Clue(Sort.TOOL, tool, line(name), Certainty.CONFIGURED)


def _part_clues(part: Mapping[str, Any]) -> Iterator[Clue]:
    """Of any mapping inside an object: its containers, or the chart it names."""
    for key in _CONTAINERS:
        for container in rows(part.get(key)):
            yield from _container_clues(table(container))
    if "chart" in part:
        yield from chart_clues(part["chart"] if text(part["chart"]) else None)


def _container_clues(container: Mapping[str, Any]) -> Iterator[Clue]:
    image = text(container.get("image"))
    yield from image_clues(image, line(image))
    words = tuple(text(word) for word in (*rows(container.get("command")), *rows(container.get("args"))))
    if words and words[0] and image:
        yield from command_clues([Command(line(image), words)], certainty=Certainty.CONFIGURED)
    yield from setting_clues(
        (text(at(entry, "name")), text(at(entry, "value")), line(at(entry, "value")))
        for entry in rows(container.get("env"))
    )


def read_kustomization(manifest: Manifest) -> Iterator[Clue]:
    """Images by their new names where they have one, and charts that are inflated."""
    for document in read_yaml(manifest.text):
        for entry in rows(at(document, "images")):
            image = at(entry, "newName") or at(entry, "name")
            yield from image_clues(text(image), line(image), certainty=Certainty.CONFIGURED)
        for chart in rows(at(document, "helmCharts")):
            yield Clue(Sort.TOOL, "helm", line(at(chart, "name")), Certainty.CONFIGURED)
            yield from chart_clues(at(chart, "name"))


def read_skaffold(manifest: Manifest) -> Iterator[Clue]:
    """How Skaffold deploys: by kubectl, Helm or Kustomize; what it builds with."""
    if "{{" in manifest.text or "skaffold/" not in manifest.text:
        return
    for document in read_yaml(manifest.text):
        yield Clue(Sort.TOOL, "kubernetes", key_line(table(document), "apiVersion"), Certainty.CONFIGURED)
        for part in tables(document):
            yield from _release_clues(part)


def _release_clues(part: Mapping[str, Any]) -> Iterator[Clue]:
    for key in ("helm", "kustomize"):
        if key in part:
            yield Clue(Sort.TOOL, key, key_line(part, key), Certainty.CONFIGURED)
    for release in rows(at(part.get("helm"), "releases")):
        yield from chart_clues(at(release, "remoteChart"))


READERS: Mapping[str, Reader] = {
    "*.yaml": read_objects,
    "*.yml": read_objects,
    "*.yaml.tpl": read_objects,
    "kustomization.yaml": read_kustomization,
    "kustomization.yml": read_kustomization,
    "skaffold.yaml": read_skaffold,
    "skaffold.yml": read_skaffold,
}
