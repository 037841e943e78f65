"""Objects of Kubernetes, charts of Helm, Kustomize and Skaffold."""

from tests.stacks.reading.saying import told

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  annotations: {linkerd.io/inject: enabled}
spec:
  template:
    spec:
      initContainers:
        - {name: wait, image: busybox}
      containers:
        - name: cache
          image: docker.io/bitnami/redis:7@sha256:1
        - name: web
          image: registry.example/web
          command: [gunicorn, app]
          env:
            - {name: DATABASE_URL, value: postgres://db}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
spec: {source: {chart: rabbitmq}}
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
---
apiVersion: backstage.io/v1alpha1
kind: Component
"""
LIST = """\
apiVersion: v1
kind: List
items:
  - apiVersion: batch/v1
    kind: CronJob
    spec: {jobTemplate: {spec: {template: {spec: {containers: [{image: "mysql:8"}]}}}}}
"""
TEMPLATE = """\
apiVersion: apps/v1
kind: Deployment
spec:
  containers:
    - image: {{ .Values.image }}
    - image: "memcached:1.6"  # fixed
      # image: mysql
"""


def test_kinds_images_commands_and_addresses() -> None:
    assert told("kubernetes", "k8s/app.yaml", DEPLOYMENT) == [
        "tool kubernetes in 1, configured",
        "tool linkerd in 4, configured",
        "docker busybox in 9, declared",
        "docker bitnami/redis@7 in 12, declared",
        "docker registry.example/web in 14, declared",
        "tool gunicorn in 14, configured",
        "tool postgresql in 17, configured",
        "tool kubernetes in 19, configured",
        "tool argo-cd in 19, configured",
        "tool rabbitmq in 21, declared",
        "tool kubernetes in 23, configured",
        "tool kafka in 23, configured",
    ]


def test_lists_hold_objects() -> None:
    assert told("kubernetes", "all.yml", LIST) == [
        "tool kubernetes in 1, configured",
        "tool kubernetes in 4, configured",
        "docker mysql@8 in 6, declared",
    ]


def test_other_yaml_says_nothing() -> None:
    for text in ("name: x\n", "apiVersion: 1\n", "apiVersion: [1]\nkind: {a: b}\n", "apiVersion: v2\nname: kind: x\n"):
        assert [line for line in told("kubernetes", "x.yaml", text) if "tool" in line or "docker" in line] == []


def test_templates_are_read_line_by_line() -> None:
    assert told("kubernetes", "chart/templates/web.yaml", TEMPLATE) == [
        "tool kubernetes in 1, configured",
        "docker memcached@1.6 in 6, declared",
    ]


def test_kustomize_replaces_images() -> None:
    text = "images:\n  - name: app\n    newName: nginx\n  - name: redis\nhelmCharts:\n  - name: grafana\n"
    assert told("kubernetes", "base/kustomization.yaml", text) == [
        "docker nginx in 3, configured",
        "docker redis in 4, configured",
        "tool helm in 6, configured",
        "tool grafana in 6, declared",
    ]


def test_skaffold_deploys_with_what_it_names() -> None:
    text = (
        "apiVersion: skaffold/v4beta11\nkind: Config\n"
        "deploy:\n  helm:\n    releases:\n      - name: db\n        remoteChart: bitnami/postgresql\n"
    )
    assert told("kubernetes", "skaffold.yaml", text) == [
        "tool kubernetes in 1, configured",
        "tool helm in 4, configured",
        "tool postgresql in 7, declared",
    ]


def test_charts_tell_what_they_depend_on() -> None:
    text = (
        "apiVersion: v2\nname: redis-app\ndependencies:\n"
        "  - name: postgresql\n    repository: https://charts.example\n"
        "  - name: redis\n    repository: file://../redis\n"
        "  - name: kube-prometheus-stack\n    alias: metrics\n"
        "  - name: common\n"
    )
    assert told("charts", "chart/Chart.yaml", text) == [
        "tool postgresql in 4, declared",
        "tool prometheus in 8, declared",
        "tool grafana in 8, declared",
    ]


def test_values_name_images() -> None:
    text = (
        "image:\n  repository: bitnami/kafka\n  tag: 3\n"
        "sidecar:\n  proxyImage: envoyproxy/envoy:v1\n"
        "mine:\n  image: {registry: ghcr.io, repository: me/app}\n  imagePullPolicy: Always\n"
    )
    assert told("charts", "chart/values.yaml", text) == [
        "docker bitnami/kafka in 2, configured",
        "docker envoyproxy/envoy@v1 in 5, configured",
        "docker ghcr.io/me/app in 7, configured",
    ]


def test_helmfiles_release_charts() -> None:
    plain = "releases:\n  - name: a\n    chart: bitnami/redis\n  - name: b\n    chart: ./charts/mysql\n"
    templated = "releases:\n  - name: a\n    chart: bitnami/redis\n    version: {{ .Values.v }}\n"
    for text in (plain, templated):
        assert told("charts", "helmfile.yaml", text) == ["tool helm in 0, configured", "tool redis in 3, declared"]
