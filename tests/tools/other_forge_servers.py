"""Small stand-ins for GitLab and Codeberg: `has`, `rename`, `remove`, and what all can do (`forge_server`)."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.tools.forge_server import ForgeServer, Question, Reply, moved, says


class OtherForgeServer(ForgeServer):
    """A host that describes each repository by itself, and its releases elsewhere."""

    prefix = ""
    name_field = ""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, dict[str, Any]] = {}
        self._releases: dict[str, list[dict[str, Any]]] = {}
        self._moved: dict[str, str] = {}

    @property
    def calls(self) -> int:
        return len(self.questions)

    def describe(self, name: str) -> dict[str, Any]:
        raise NotImplementedError

    def address(self, name: str) -> str:
        return f"{self.prefix}{name}"

    def has(self, name: str, releases: Iterable[dict[str, Any]] = (), **fields: Any) -> None:
        self._known[name] = self.describe(name) | fields
        self._releases[name] = list(releases)

    def rename(self, old: str, new: str) -> None:
        self._known[new] = self._known.pop(old) | {self.name_field: new}
        self._releases[new] = self._releases.pop(old)
        self._moved[old] = new

    def remove(self, name: str) -> None:
        del self._known[name]

    def answer(self, question: Question) -> Reply:
        path = unquote(urlsplit(question.path).path).removeprefix(self.prefix)
        name = path.removesuffix("/releases")
        if name in self._moved:
            return moved(f"{self.url}{self.address(self._moved[name])}{path.removeprefix(name)}")
        if name not in self._known:
            return says(404, {"message": "404 Project Not Found"})
        return says(200, self._known[name] if name == path else self._releases[name])


class GitLabServer(OtherForgeServer):
    prefix = "/api/v4/projects/"
    name_field = "path_with_namespace"

    def address(self, name: str) -> str:
        return f"{self.prefix}{name.replace('/', '%2F')}"

    def describe(self, name: str) -> dict[str, Any]:
        return {
            "id": 278964,
            "path_with_namespace": name,
            "star_count": 5_400,
            "forks_count": 11_000,
            "archived": False,
            "open_issues_count": 60,
            "last_activity_at": "2026-11-20T21:14:15.123Z",
            "license": {"key": "mit", "name": "MIT License"},
        }


class CodebergServer(OtherForgeServer):
    prefix = "/api/v1/repos/"
    name_field = "full_name"

    def describe(self, name: str) -> dict[str, Any]:
        return {
            "id": 49574,
            "full_name": name,
            "stars_count": 3_000,
            "forks_count": 400,
            "archived": False,
            "open_issues_count": 60,
            "open_pr_counter": 12,
            "updated_at": "2026-11-20T22:14:15+01:00",
            "licenses": ["GPL-3.0-or-later"],
        }
