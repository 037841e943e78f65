"""Codeberg's REST API, which is Forgejo's: https://codeberg.org/api/swagger."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from tools.forges import reading
from tools.forges.answers import Released, Seen
from tools.forges.rest import NEWEST_RELEASES, Client, Dialect, Paths


def paths(name: str) -> Paths | None:
    """Return where the repository is described."""
    if not reading.is_repository_name(name):
        return None
    repository = f"/api/v1/repos/{name}"
    return Paths(repository, f"{repository}/releases?limit={NEWEST_RELEASES}&draft=false&pre-release=false")


def seen(said: Mapping[str, Any], now: datetime) -> Seen:
    """Read a repository; when it was last changed stands for its last push, which Forgejo does not tell."""
    return Seen(
        name=reading.name(said, "full_name"),
        stars=reading.count(said, "stars_count"),
        forks=reading.count(said, "forks_count"),
        archived=reading.flag(said, "archived"),
        pushed_on=reading.moment(said, "updated_at", now).date(),
        licence=_licence(said.get("licenses")),
        open_issues=reading.count(said, "open_issues_count") if "open_issues_count" in said else None,
    )


def released(said: Mapping[str, Any], now: datetime) -> Released | None:
    """Read a release that is stable."""
    if reading.flag(said, "draft") or reading.flag(said, "prerelease"):
        return None
    return reading.released(said, "tag_name", "published_at", now)


def headers(token: str) -> Mapping[str, str]:
    """Return the headers of every call."""
    return {"Accept": "application/json"} | ({"Authorization": f"token {token}"} if token else {})


def _licence(licences: object) -> str:
    """The one licence; of several found in the files nobody knows how they go together."""
    return reading.licence(licences[0]) if isinstance(licences, list) and len(licences) == 1 else ""


Codeberg = partial(Client, Dialect("codeberg", "Codeberg", paths, headers, seen, released))
"""`Codeberg(url, token="")` asks the Forgejo at `url`."""
