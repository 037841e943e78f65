"""Dockerfiles: which images, installed packages and started programs they tell."""

import pytest

from tests.stacks.reading.saying import told

ARGUMENTS = """\
# syntax=docker/dockerfile:1
# FROM mysql
ARG VERSION=20
ARG BASE=node:${VERSION}
ARG REGISTRY
FROM --platform=$BUILDPLATFORM ${BASE}-alpine AS build
FROM ${REGISTRY}/team/app
FROM docker.io/library/Python:3.12
FROM docker.io/library/python:3.12@sha256:0123 AS run
"""
STAGES = """\
FROM golang:1.22 AS build
FROM node:20 as assets
FROM alpine AS base
FROM base
COPY --from=build /app /app
COPY --chown=1 --from=assets /dist /dist
COPY --from=0 /x /x
COPY --from=composer:2 /usr/bin/composer /usr/bin/
RUN --mount=type=bind,from=ghcr.io/astral-sh/uv:0.9,source=/uv,target=/uv true
FROM scratch
"""
INSTALLS = """\
FROM debian
RUN apt-get update && apt-get install -y --no-install-recommends nginx libpq-dev \\
    # a comment among continued lines
    redis-server=7.0 \\

    && pip install --no-cache-dir -r requirements.txt 'Flask[async]==2.0' ./local git+https://host/x
RUN npm install -g --registry https://host pnpm@9 @angular/cli@17
RUN gem install bundler:2.4 -v 2 ; go install github.com/pressly/goose/v3/cmd/goose@latest
RUN echo nginx && echo "apt-get install mysql-server"
"""
FALLBACKS = """\
FROM node
RUN if [ -f yarn.lock ]; then yarn --frozen-lockfile; \\
    elif [ -f pnpm-lock.yaml ]; then pnpm i; fi
RUN poetry install || pipenv install
"""
HERE = """\
FROM debian
RUN <<EOF
apt-get install -y memcached
FROM mysql
EOF
COPY <<FILE /etc/file
FROM mongo
FILE
RUN cat <<TEXT > /x
apt-get install haproxy
TEXT
"""
STARTS = """\
FROM python:3.12
CMD ["gunicorn", "app:app"]
ENTRYPOINT ["/bin/sh", "-c", "exec uvicorn app:app"]
CMD exec bundle exec puma
ONBUILD RUN pip install celery
"""


def test_arguments_before_the_first_stage_are_filled_in() -> None:
    assert told("docker", "Dockerfile", ARGUMENTS) == [
        "docker node@20-alpine in 6, declared, development",
        "docker python@3.12 in 9, declared",
    ]


def test_stages_are_no_images_and_those_copied_from_serve_development() -> None:
    assert told("docker", "Dockerfile", STAGES) == [
        "docker golang@1.22 in 1, declared, development",
        "docker node@20 in 2, declared, development",
        "docker alpine in 3, declared",
        "docker composer@2 in 8, declared, development",
        "docker ghcr.io/astral-sh/uv@0.9 in 9, declared, development",
    ]


def test_installed_packages_are_told() -> None:
    assert told("docker", "build/Dockerfile.web", INSTALLS) == [
        "docker debian in 1, declared",
        "tool nginx in 2, configured",
        "tool redis in 2, configured",
        "purl pkg:pypi/flask in 6, configured",
        "purl pkg:npm/pnpm in 7, configured",
        "purl pkg:npm/%40angular/cli in 7, configured",
        "purl pkg:gem/bundler in 8, configured",
        "purl pkg:golang/github.com/pressly/goose/v3 in 8, configured",
    ]


def test_what_runs_only_perhaps_is_not_told() -> None:
    assert told("docker", "Dockerfile", FALLBACKS) == ["docker node in 1, declared", "tool poetry in 4, configured"]


def test_here_documents_run_for_run_and_are_only_text_elsewhere() -> None:
    assert told("docker", "Containerfile", HERE) == [
        "docker debian in 1, declared",
        "tool memcached in 3, configured",
    ]


def test_what_a_container_starts_is_told() -> None:
    assert told("docker", "web.Dockerfile", STARTS) == [
        "docker python@3.12 in 1, declared",
        "tool gunicorn in 2, configured",
        "tool uvicorn in 3, configured",
        "tool bundler in 4, configured",
        "tool puma in 4, configured",
        "purl pkg:pypi/celery in 5, configured",
    ]


@pytest.mark.parametrize(
    ("reference", "clue"),
    [
        ("postgres", ["docker postgres in 1, declared"]),
        ("docker.io/postgres:16", ["docker postgres@16 in 1, declared"]),
        ("index.docker.io/library/postgres@sha256:1", ["docker postgres in 1, declared"]),
        ("public.ecr.aws/docker/library/redis:7", ["docker redis@7 in 1, declared"]),
        ("localhost:5000/team/app:1", ["docker localhost:5000/team/app@1 in 1, declared"]),
        ("registry.example.org/mirror/nginx:1", ["docker nginx@1 in 1, declared"]),
        ("registry.example.org/team/nginx", ["docker registry.example.org/team/nginx in 1, declared"]),
        ("ghcr.io/a/b", ["docker ghcr.io/a/b in 1, declared"]),
        ("php:8.3-apache", ["docker php@8.3-apache in 1, declared"]),
        ("scratch", []),
        ("$IMAGE", []),
        ("${IMAGE:-redis:7}", ["docker redis@7 in 1, declared"]),
        ("redis:$TAG", ["docker redis in 1, declared"]),
        ("", []),
        ("<nonsense>", []),
    ],
)
def test_references_to_images(reference: str, clue: list[str]) -> None:
    assert told("docker", "Dockerfile", f"FROM {reference}\n") == clue


def test_tabs_and_small_letters() -> None:
    assert told("docker", "legacy/Dockerfile-go", "from\tgolang:1 as\tx\n") == ["docker golang@1 in 1, declared"]


def test_windows_escapes_and_line_ends() -> None:
    text = "# escape=`\r\nFROM debian\r\nRUN apt-get install `\r\n  nginx\r\n"
    assert told("docker", "Dockerfile", text) == ["docker debian in 2, declared", "tool nginx in 3, configured"]
