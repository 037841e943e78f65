"""Compose files: images of services, and what services are told."""

from tests.stacks.reading.saying import told

WHOLE = """\
x-unused: &unused
  image: mongo:4
x-used: &used
  image: mysql:8
services:
  web:
    build: .
    image: redis
    command: gunicorn app.wsgi
    environment:
      DATABASE_URL: mysql://root@mariadb:3306/app
      - oops
"""
SERVICES = """\
x-unused: &unused
  image: mongo:4
x-used: &used
  image: mysql:8
services:
  web:
    build: .
    image: redis
    command: gunicorn app.wsgi
    environment:
      DATABASE_URL: mysql://root@mariadb:3306/app
  worker:
    build: .
    command: ["celery", "-A", "app", "worker"]
    environment:
      - BROKER=amqp://guest@queue
      - EMPTY
  database:
    <<: *used
  cache:
    image: "${CACHE:-valkey/valkey:8}"
  # old:
  #   image: couchdb
  browser:
    image: selenium/standalone-chrome
    profiles: [test]
  own: !override
    image: ${REGISTRY}/own:1
"""
KNOWN = "tool docker-compose in 1, configured"


def test_images_commands_and_addresses_of_services() -> None:
    assert told("compose", "deploy/docker-compose.yml", SERVICES) == [
        "tool docker-compose in 5, configured",
        "tool gunicorn in 9, configured",
        "tool mariadb in 11, configured",
        "tool celery in 14, configured",
        "tool rabbitmq in 16, configured",
        "docker mysql@8 in 4, declared",
        "docker valkey/valkey@8 in 21, declared",
        "docker selenium/standalone-chrome in 25, declared, development",
    ]


def test_what_is_only_built_is_no_image() -> None:
    assert told("compose", "compose.yaml", "services: {web: {build: .}}\n") == [KNOWN]


def test_files_for_tests_serve_development() -> None:
    assert told("compose", "docker-compose.test.yml", "services: {db: {image: postgres}}\n") == [
        "tool docker-compose in 1, configured, development",
        "docker postgres in 1, declared, development",
    ]


def test_services_of_the_first_version_have_no_heading() -> None:
    assert told("compose", "docker-compose.yml", "db:\n  image: postgres:9\n") == ["docker postgres@9 in 2, declared"]


def test_overlay_networks_betray_swarm() -> None:
    text = "services: {}\nnetworks:\n  web:\n    driver: overlay\n"
    assert told("compose", "docker-compose.yml", text) == [KNOWN, "tool docker-swarm in 4, configured"]


def test_a_broken_file_is_told() -> None:
    assert told("compose", "docker-compose.yml", WHOLE)[-1].startswith("It is not YAML")


def test_wrong_shapes_say_nothing() -> None:
    for text in ("services: [a, b]\n", "services: {a: text, b: {image: [x]}}\n", "services: {a: {image: }}\n"):
        assert told("compose", "docker-compose.yml", text) == [KNOWN]
    assert told("compose", "docker-compose.yml", "- a\n") == []
