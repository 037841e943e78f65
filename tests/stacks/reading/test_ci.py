"""Pipelines: images, services, actions and commands, all of them for development."""

import pytest

from tests.stacks.reading.saying import told

WORKFLOW = """\
on: push
jobs:
  test:
    container: node:20
    services:
      db: {image: "postgres:16"}
    steps:
      - uses: actions/checkout@v4
      - uses: Docker://rhysd/actionlint:1
      - uses: docker://rhysd/actionlint:1
      - uses: ./.github/actions/mine
      - uses: snyk/actions/node@master
      # - uses: codecov/codecov-action@v4
      - run: |
          pip install tox
          poetry run pytest -q
          npx --yes prettier@3 --check .
          if failed; then yarn; fi
          cat <<EOF
          terraform plan
          EOF
          ruff check . || black .
      - run: aws s3 sync a b
  shared:
    uses: owner/name/.github/workflows/x.yml@v1
"""
GITLAB = """\
image: $CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX/python:3.12
variables: {DB: "postgres:16", X: {value: a}}
include:
  - template: Terraform.gitlab-ci.yml
  - local: other.yml
services: [redis:7]
test:
  image: {name: "ruby:3", entrypoint: [""]}
  services:
    - name: $DB
      alias: db
  script:
    - !reference [.setup, script]
    - bundle exec rspec
"""
CIRCLE = """\
version: 2.1
orbs:
  node: circleci/node@5
executors:
  main: {docker: [{image: "cimg/python:3.12"}, {image: "cimg/postgres:16"}]}
jobs:
  build:
    docker:
      - image: redis:7
    steps:
      - checkout
      - run: make test
      - run: {name: x, command: pytest}
"""


def test_workflows() -> None:
    assert told("ci", ".github/workflows/ci.yml", WORKFLOW) == [
        "github-action actions/checkout@v4 in 8, declared, development",
        "docker rhysd/actionlint@1 in 10, declared, development",
        "github-action snyk/actions/node@master in 12, declared, development",
        "purl pkg:pypi/tox in 15, mentioned, development",
        "tool poetry in 16, mentioned, development",
        "tool pytest in 16, mentioned, development",
        "tool prettier in 17, mentioned, development",
        "tool ruff in 22, mentioned, development",
        "tool aws in 23, mentioned, development",
        "tool amazon-s3 in 23, mentioned, development",
        "docker node@20 in 4, declared, development",
        "docker postgres@16 in 6, declared, development",
    ]


def test_actions_of_the_repository_itself() -> None:
    text = "runs: {using: docker, image: 'docker://alpine:3'}\n"
    steps = "runs: {using: composite, steps: [{uses: pnpm/action-setup@v4}]}\n"
    assert told("ci", "action.yml", text) == ["docker alpine@3 in 1, declared, development"]
    assert told("ci", ".github/actions/x/action.yaml", steps) == [
        "github-action pnpm/action-setup@v4 in 1, declared, development"
    ]


def test_gitlab() -> None:
    assert told("ci", ".gitlab-ci.yml", GITLAB) == [
        "tool terraform in 4, configured, development",
        "docker python@3.12 in 1, declared, development",
        "docker redis@7 in 6, declared, development",
        "docker ruby@3 in 8, declared, development",
        "docker postgres@16 in 10, declared, development",
        "tool bundler in 14, mentioned, development",
        "tool rspec in 14, mentioned, development",
    ]


def test_circleci() -> None:
    assert told("ci", ".circleci/config.yml", CIRCLE) == [
        "tool nodejs in 3, configured, development",
        "docker cimg/python@3.12 in 5, declared, development",
        "docker cimg/postgres@16 in 5, declared, development",
        "docker redis@7 in 9, declared, development",
        "tool make in 12, mentioned, development",
        "tool pytest in 13, mentioned, development",
    ]


def test_drone_and_woodpecker() -> None:
    drone = "kind: pipeline\nsteps:\n  - {image: golang, commands: [go test ./...]}\nservices:\n  - {image: mysql}\n"
    woodpecker = "steps:\n  a: {image: 'node:20', commands: [npm ci]}\nservices:\n  db: {image: mongo}\n"
    assert told("ci", ".drone.yml", drone) == [
        "docker golang in 3, declared, development",
        "tool go in 3, mentioned, development",
        "docker mysql in 5, declared, development",
    ]
    assert told("ci", ".woodpecker/test.yml", woodpecker) == [
        "docker node@20 in 2, declared, development",
        "tool npm in 2, mentioned, development",
        "docker mongo in 4, declared, development",
    ]


def test_travis() -> None:
    text = "language: node_js\nservices:\n  - postgresql\nscript: npm test\n"
    assert told("ci", ".travis.yml", text) == [
        "tool nodejs in 1, configured, development",
        "tool postgresql in 3, configured, development",
        "tool npm in 4, mentioned, development",
    ]


def test_jenkins() -> None:
    text = (
        "pipeline {\n  agent { docker { image 'maven:3-eclipse-temurin-21' } }\n"
        "  // agent { docker 'mysql' }\n  /* docker.image('mongo') */\n"
        "  stages { stage('x') { steps { sh 'mvn -B verify' } } }\n  node { docker.image(\"node:20\").inside { } }\n}\n"
    )
    assert told("pipelines", "ci/Jenkinsfile", text) == [
        "docker maven@3-eclipse-temurin-21 in 2, declared, development",
        "tool maven in 5, mentioned, development",
        "docker node@20 in 6, declared, development",
    ]


def test_azure() -> None:
    text = (
        "resources:\n  containers:\n    - {container: db, image: 'postgres:16'}\n"
        "steps:\n  - task: UsePythonVersion@0\n  - task: Unheard@1\n  - script: |\n      pytest\n"
    )
    assert told("pipelines", "azure-pipelines.yml", text) == [
        "tool python in 5, configured, development",
        "tool pytest in 8, mentioned, development",
        "docker postgres@16 in 3, declared, development",
    ]


def test_bitbucket() -> None:
    text = (
        "image: node:20\ndefinitions:\n  services:\n    db: {image: 'postgres:16'}\npipelines:\n  default:\n"
        "    - step:\n        image: {name: 'python:3'}\n        script:\n          - npm ci\n"
        "          - pipe: atlassian/aws-s3-deploy:1.1\n"
    )
    assert told("pipelines", "bitbucket-pipelines.yml", text) == [
        "docker node@20 in 1, declared, development",
        "docker postgres@16 in 4, declared, development",
        "docker python@3 in 8, declared, development",
        "tool amazon-s3 in 11, configured, development",
        "tool npm in 10, mentioned, development",
    ]


def test_buildkite_appveyor_and_cloud_build() -> None:
    buildkite = "steps:\n  - command: make\n    plugins:\n      - docker#v5: {image: 'golang:1'}\n"
    appveyor = "services:\n  - postgresql15\ntest_script:\n  - cmd: dotnet test\n"
    cloud = "steps:\n  - name: gcr.io/cloud-builders/docker\n  - name: 'node:20'\n"
    assert told("pipelines", ".buildkite/pipeline.yml", buildkite) == [
        "tool make in 2, mentioned, development",
        "tool docker in 4, configured, development",
        "docker golang@1 in 4, declared, development",
    ]
    assert told("pipelines", "appveyor.yml", appveyor) == [
        "tool postgresql in 2, configured, development",
        "tool dotnet in 4, mentioned, development",
    ]
    assert told("pipelines", "cloudbuild.yaml", cloud) == [
        "tool docker in 2, configured, development",
        "docker node@20 in 3, declared, development",
    ]


def test_pre_commit() -> None:
    text = (
        "repos:\n  - repo: https://github.com/astral-sh/ruff-pre-commit\n    hooks: [{id: ruff-format}]\n"
        "  - repo: https://github.com/pre-commit/pre-commit-hooks\n    hooks: [{id: end-of-file-fixer}]\n"
        "  - repo: local\n    hooks:\n      - {id: x, entry: mypy --strict}\n"
    )
    assert told("hooks", ".pre-commit-config.yaml", text) == [
        "tool ruff in 2, configured, development",
        "tool ruff in 3, configured, development",
        "tool mypy in 8, configured, development",
    ]


@pytest.mark.parametrize(
    ("path", "module"),
    [
        (".github/workflows/a.yml", "ci"),
        (".gitlab-ci.yml", "ci"),
        (".circleci/config.yml", "ci"),
        (".drone.yml", "ci"),
        (".travis.yml", "ci"),
        ("azure-pipelines.yml", "pipelines"),
        ("bitbucket-pipelines.yml", "pipelines"),
        (".buildkite/pipeline.yml", "pipelines"),
        ("appveyor.yml", "pipelines"),
        ("cloudbuild.yaml", "pipelines"),
        (".pre-commit-config.yaml", "hooks"),
        ("kustomization.yaml", "kubernetes"),
        ("skaffold.yaml", "kubernetes"),
        ("Chart.yaml", "charts"),
        ("serverless.yml", "cloudformation"),
        ("render.yaml", "platforms"),
        ("techstack.yml", "techstack"),
    ],
)
@pytest.mark.parametrize("text", ["", "- a\n- {b: c}\n", "jobs: 1\nsteps: x\nrepos: y\nservices: {a: [b]}\nrun: {}\n"])
def test_wrong_shapes_name_no_image(path: str, module: str, text: str) -> None:
    assert [line for line in told(module, path, text) if line.startswith(("docker", "purl", "It "))] == []
