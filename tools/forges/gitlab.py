"""GitLab's REST API, version 4: https://docs.gitlab.com/api/projects/."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from tools.forges import reading
from tools.forges.answers import Released, Seen
from tools.forges.rest import NEWEST_RELEASES, Client, Dialect, Paths

LONGEST_NAME = 200
# GitLab tells a licence by a key of its own; these are SPDX identifiers in lower case.
LICENCES = {
    spdx.lower(): spdx
    for spdx in (
        *("0BSD", "AGPL-3.0", "Apache-2.0", "Artistic-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0"),
        *("CC-BY-4.0", "EPL-1.0", "EPL-2.0", "EUPL-1.2", "GPL-2.0", "GPL-3.0", "ISC", "LGPL-2.1", "LGPL-3.0"),
        *("MIT", "MIT-0", "MPL-2.0", "PostgreSQL", "Unlicense", "Zlib"),
    )
}


def is_project_path(name: str) -> bool:
    """Whether this may be a project's path: `group/project`, or with groups within groups."""
    part = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?"
    return len(name) <= LONGEST_NAME and re.fullmatch(rf"{part}(?:/{part}){{1,20}}", name) is not None


def paths(name: str) -> Paths | None:
    """Return where the project is described."""
    if not is_project_path(name):
        return None
    project = f"/api/v4/projects/{quote(name, safe='')}"
    return Paths(f"{project}?license=true", f"{project}/releases?per_page={NEWEST_RELEASES}")


def seen(said: Mapping[str, Any], now: datetime) -> Seen:
    """Read a project; its last activity stands for its last push, which GitLab does not tell."""
    return Seen(
        name=reading.name(said, "path_with_namespace", is_project_path),
        stars=reading.count(said, "star_count"),
        forks=reading.count(said, "forks_count"),
        archived=reading.flag(said, "archived"),
        pushed_on=reading.moment(said, "last_activity_at", now).date(),
        licence=LICENCES.get(str(reading.within(said, "license").get("key")), ""),
        # Where a project has no issues there is no count.
        open_issues=reading.count(said, "open_issues_count") if "open_issues_count" in said else None,
    )


def released(said: Mapping[str, Any], now: datetime) -> Released | None:
    """Read a release, unless it is announced for a day to come."""
    return None if said.get("upcoming_release") else reading.released(said, "tag_name", "released_at", now)


def headers(token: str) -> Mapping[str, str]:
    """Return the headers of every call."""
    return {"Accept": "application/json"} | ({"PRIVATE-TOKEN": token} if token else {})


GitLab = partial(Client, Dialect("gitlab", "GitLab", paths, headers, seen, released))
"""`GitLab(url, token="")` asks the GitLab at `url`."""
