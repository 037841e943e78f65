"""What the scanner knows tools by."""

import subprocess
import sys

import pytest

from config.settings import BASE_DIR
from stacks.scanner.clues import Sort
from stacks.scanner.knowledge import known


def test_its_files_say_what_the_catalogue_and_the_readers_say() -> None:
    written = subprocess.run([sys.executable, ".ci/known.py", "--check"], cwd=BASE_DIR, check=False)
    assert written.returncode == 0, "run `python .ci/known.py`"


@pytest.mark.parametrize(
    ("sort", "value", "slugs"),
    [
        (Sort.PURL, "pkg:npm/%40angular/core", ("angular",)),
        (Sort.PURL, "pkg:npm/@angular/router@17.0.1", ("angular",)),
        (Sort.PURL, "pkg:pypi/Flask_SQLAlchemy", ("sqlalchemy", "flask")),
        (Sort.PURL, "pkg:pypi/celery[redis]", ("redis",)),
        (Sort.PURL, "pkg:golang/github.com/jackc/pgx/v4", ("postgresql",)),
        (Sort.PURL, "pkg:golang/github.com/aws/aws-sdk-go-v2/service/ec2", ("aws",)),
        (Sort.PURL, "pkg:maven/org.apache.spark/spark-core_2.12", ("spark",)),
        (Sort.PURL, "pkg:maven/com.sparkjava/spark-core", ()),
        (Sort.PURL, "pkg:bower/jquery", ("jquery",)),
        (Sort.PURL, "pkg:conda/numpy", ("numpy",)),
        (Sort.PURL, "pkg:npm/express-like-router", ()),
        (Sort.DOCKER, "docker.io/library/postgres:16@sha256:0", ("postgresql",)),
        (Sort.DOCKER, "bitnamilegacy/redis", ("redis",)),
        (Sort.DOCKER, "ghcr.io/somebody/postgres-backup", ()),
        (Sort.GITHUB_ACTION, "snyk/actions/node", ("snyk",)),
        (Sort.GITHUB_ACTION, "github/codeql-action/upload-sarif", ()),
        (Sort.TERRAFORM_PROVIDER, "hashicorp/AWS", ("aws",)),
        (Sort.FILE, "pom.xml", ("java", "maven")),
        (Sort.TOOL, "Next.js", ("nextjs",)),
        (Sort.TOOL, "a tool that nobody knows", ()),
    ],
)
def test_an_identifier_betrays_its_tools(sort: Sort, value: str, slugs: tuple[str, ...]) -> None:
    assert set(known().slugs(sort, value)) == set(slugs)


@pytest.mark.parametrize(
    ("path", "markers"),
    [
        ("web/vite.config.mts", ("vite.config.*",)),
        ("src/Shop.CSPROJ", ("*.csproj",)),
        ("site/.github/workflows", (".github/workflows",)),
        ("tsconfig.json", ("tsconfig.json",)),
        ("notes.txt", ()),
    ],
)
def test_a_name_is_a_marker(path: str, markers: tuple[str, ...]) -> None:
    assert known().markers.of(path) == markers
