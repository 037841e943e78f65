"""A public site that is not safe does not start, and says what to set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config import safety
from config.mail import mailer

SAFE = {
    "SITE_URL": "https://whystack.example",
    "SECRET_KEY": "a-long-key-of-many-letters-" + "0123456789" * 3,
    "EMAIL_URL": "smtp+tls://user:secret@mail.example:587",
}


def start(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "import config.wsgi; from django.conf import settings; print(settings.ALLOWED_HOSTS)"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_safe_public_site_starts_and_answers_to_its_own_host_only(tmp_path: Path) -> None:
    started = start(tmp_path, SAFE)
    assert (started.returncode, started.stdout.strip()) == (0, "['whystack.example']")


def test_a_private_site_starts_with_nothing_set_and_answers_this_machine_only(tmp_path: Path) -> None:
    started = start(tmp_path, {})
    assert started.returncode == 0
    assert "whystack.example" not in started.stdout
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"SITE_URL": "http://whystack.example"},
            "SITE_URL must begin with https:// because whystack.example is public.",
        ),
        ({"SITE_URL": "whystack.example"}, "SITE_URL must be the site's whole address"),
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set to at least 50 random characters"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be set to at least 50 random characters"),
        ({"DEBUG": "true"}, "DEBUG must be off because whystack.example is public"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts this site answers to"),
        ({"WEBHOOK_HOSTS_ALLOWED": "127.0.0.1:8080"}, "WEBHOOK_HOSTS_ALLOWED must be empty"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY must be set to at least 50 random characters"),
        ({"SITE_URL": "https://whystack.example/path"}, "SITE_URL must be the site's whole address without a path"),
        ({"SITE_URL": "http://[::1"}, "SITE_URL must be the site's whole address"),
        ({"EMAIL_URL": "smtp://user:secret@mail.example"}, "EMAIL_URL must begin with smtp+tls:// or smtps://"),
        ({"EMAIL_URL": "smtp+tls://user:s3cr/et@mail.example"}, "EMAIL_URL must read smtp://, smtp+tls://"),
        (
            {"TRUSTED_PROXIES": "nginx"},
            "TRUSTED_PROXIES must list networks such as 10.0.0.0/8, apart by commas, not nginx.",
        ),
        ({"TRUSTED_PROXIES": "10.0.0.1/8"}, "TRUSTED_PROXIES must list networks"),
        ({"RATE_LIMIT_LOGIN": "often"}, "A RATE_LIMIT_… must read count/period/per"),
        (
            {"SITE_URL": "http://127.0.0.1:8000", "DEBUG": "true", "ALLOWED_HOSTS": "w.example"},
            "DEBUG must be off because",
        ),
        ({"SITE_URL": "http://127.0.0.1:8000", "DEBUG": "true", "ALLOWED_HOSTS": "*"}, "DEBUG must be off because"),
        ({"EMAIL_URL": "carrier://pigeon"}, "EMAIL_URL must read smtp://, smtp+tls://"),
        ({"EMAIL_URL": ""}, "EMAIL_URL must be set so that members get their mail"),
        ({"GITHUB_API_URL": "http://api.github.com"}, "GITHUB_API_URL must begin with https://"),
        ({"GITLAB_API_URL": "http://gitlab.com"}, "GITLAB_API_URL must begin with https://"),
        ({"CODEBERG_API_URL": "ftp://codeberg.org"}, "CODEBERG_API_URL must begin with https://"),
    ],
)
def test_an_unsafe_public_site_says_what_to_set(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    started = start(tmp_path, SAFE | changed)
    assert started.returncode != 0
    assert f"ImproperlyConfigured: {told}" in started.stderr


def test_no_secret_is_shown_when_a_site_refuses_to_start(tmp_path: Path) -> None:
    started = start(tmp_path, SAFE | {"DEBUG": "true", "GITHUB_TOKEN": "ghp_secret"})
    for secret in (SAFE["SECRET_KEY"], "ghp_secret", "user:secret"):
        assert secret not in started.stdout + started.stderr


def test_loopback_http_is_allowed_for_a_stand_in_of_github(tmp_path: Path) -> None:
    assert start(tmp_path, SAFE | {"GITHUB_API_URL": "http://127.0.0.1:9999"}).returncode == 0


def test_the_secret_key_is_made_once(tmp_path: Path) -> None:
    start(tmp_path, {})
    first = (tmp_path / "secret_key").read_text()
    start(tmp_path, {})
    assert (tmp_path / "secret_key").read_text() == first
    assert len(first) >= 50


@pytest.mark.parametrize(
    ("url", "port", "use_tls", "use_ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp://127.0.0.1:2525", 2525, False, False),
        ("smtp+tls://u:p@mail.example", 587, True, False),
        ("smtps://u:p@mail.example", 465, False, True),
    ],
)
def test_a_mail_address_says_port_and_encryption(url: str, port: int, use_tls: bool, use_ssl: bool) -> None:
    options = mailer(url)["OPTIONS"]
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (port, use_tls, use_ssl)


def test_a_mail_password_may_hold_any_character() -> None:
    assert mailer("smtp+tls://a%40b:p%3A%2Fw@mail.example")["OPTIONS"]["password"] == "p:/w"


def test_the_data_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "odd #1 ?x=%41"
    started = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder)},
        check=False,
    )
    assert started.returncode == 0
    assert (folder / "db.sqlite3").stat().st_size > 0


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("redis://host:6379/0", "redis://host:6379/8"),
        ("redis://host:6379", "redis://host:6379/8"),
        ("rediss://:secret@host/12?timeout=3", "rediss://:secret@host/4?timeout=3"),
    ],
)
def test_pages_lie_in_a_redis_database_of_their_own(url: str, other: str) -> None:
    assert safety.redis_database(url, further=8) == other
