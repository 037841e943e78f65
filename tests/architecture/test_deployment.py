"""What can be known of the image and the composition without running Docker."""

import re

import yaml
from django.conf import settings

ROOT = settings.BASE_DIR
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_the_composition_has_every_part_of_a_site() -> None:
    assert set(COMPOSE["services"]) == {"prepare", "web", "worker", "beat", "db", "redis"}


def test_web_worker_and_beat_wait_until_the_database_is_prepared() -> None:
    for name in ("web", "worker", "beat"):
        waits = COMPOSE["services"][name]["depends_on"]
        assert waits == {"prepare": {"condition": "service_completed_successfully"}}


def test_the_port_is_open_to_this_machine_only() -> None:
    published = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:8000:8000"]


def test_no_password_is_written_down() -> None:
    assert "POSTGRES_PASSWORD:?" in COMPOSE["services"]["db"]["environment"]["POSTGRES_PASSWORD"]
    assert not re.search(r"(?i)(password|secret|token)[^\n]*[:=]\s*[\"']?[A-Za-z0-9]{8,}", DOCKERFILE)


def test_the_image_installs_pinned_hashes_and_does_not_run_as_root() -> None:
    assert "--require-hashes -r requirements.txt" in DOCKERFILE
    assert re.search(r"^USER whystack$", DOCKERFILE, re.MULTILINE)
    assert "python:3.13" in DOCKERFILE
    assert (ROOT / ".python-version").read_text().strip() == "3.13"
