"""A stand-in for GitHub on a real socket, REST and GraphQL, true to its documentation.

with GitHubServer() as server:
    server.has("pallets/flask", stars=73_000, releases=[release("3.1.0", "2024-11-13")])
    GitHub(server.url, ["a-token"]).ask([Asked("pallets/flask")])

What it knows may change while it runs, from any thread:
    server.has(name, …)           there is such a repository now, or it is described anew
    server.change(name, stars=…)  some of its figures are others
    server.rename(old, new)       the old name leads to the new one: 301 by REST, quietly by GraphQL
    server.remove(name)           it is gone: 404, NOT_FOUND
    server.fails(name, type)      GraphQL answers null and this error for it; with type "" as when GitHub is overworked

How it treats who asks:
    server.accepts("token", …)    only these tokens, 401 to others (at first any is good); GraphQL wants one
    server.grants("token", 3)     three calls more until the full hour after `clock`; "" is who sends no token
    server.heaviest = 25          more names in a question are too many: 502 as HTML

What it was asked:
    server.calls, server.asked (paths), server.tokens (who), server.names (names, one list a GraphQL question)

Anything else: `server.replies(path, reply)`, `server.once(path, reply, …)`, `server.recovers()`; see `forge_server`.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.tools.forge_server import ForgeServer, Handler, Question, Reply, moved, says
from tests.tools.graphql_document import Document, GraphQLError

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TOKEN = "a-token-that-nobody-may-see"
GRAPHQL = "/graphql"
MOST_NAMES = 100
TOO_HEAVY = says(502, b"<html>We had issues producing the response to your request.</html>")
# Arguments the documentation knows, so that others are found out.
ISSUES = {"states", "first", "last", "labels"}
RELEASES = {"first", "last", "orderBy"}


def description(name: str, **fields: Any) -> dict[str, Any]:
    """A repository as REST describes it, shortened: the fields we read and a few that we do not."""
    owner, _, short = name.partition("/")
    return {
        "id": 596892,
        "name": short,
        "full_name": name,
        "owner": {"login": owner, "type": "Organization"},
        "private": False,
        "stargazers_count": 73_000,
        "watchers_count": 73_000,
        "forks_count": 17_000,
        "archived": False,
        "disabled": False,
        "open_issues_count": 9,
        "pushed_at": "2026-11-20T21:14:15Z",
        "license": {"spdx_id": "BSD-3-Clause"},
    } | fields


def release(tag: str, on: str, *, prerelease: bool = False, draft: bool = False) -> dict[str, Any]:
    """A release as GraphQL describes it; drafts have no day."""
    published = None if draft else f"{on}T10:00:00Z"
    return {"tagName": tag, "publishedAt": published, "isPrerelease": prerelease, "isDraft": draft}


def week(begins: str, *days: int) -> dict[str, Any]:
    """A week of the star history that begins on this Sunday; the days left out brought nothing."""
    seven = [*days, *[0] * (7 - len(days))]
    return {"week": int(datetime.fromisoformat(f"{begins}T00:00:00Z").timestamp()), "total": sum(seven), "days": seven}


def has(name: str, **fields: Any) -> Reply:
    """The description of a repository with its ETag, or 304 where the asker knows it."""
    return _described(description(name, **fields))


@dataclass
class Known:
    """A repository that the stand-in has."""

    described: dict[str, Any]
    issues: int = 5
    releases: list[dict[str, Any]] = field(default_factory=list)
    weeks: list[dict[str, Any]] = field(default_factory=list)
    """The newest first."""
    error: str | None = None

    def node(self) -> dict[str, Any]:
        """It as GraphQL selects from it."""
        licence = self.described["license"]
        return {
            "nameWithOwner": self.described["full_name"],
            "stargazerCount": self.described["stargazers_count"],
            "forkCount": self.described["forks_count"],
            "isArchived": self.described["archived"],
            "isDisabled": self.described["disabled"],
            "pushedAt": self.described["pushed_at"],
            "licenseInfo": licence and {"spdxId": licence["spdx_id"]},
            "issues": _connection(ISSUES, [{}] * self.issues if isinstance(self.issues, int) else [], self.issues),
            "releases": _connection(RELEASES, self.releases),
        }


class GitHubServer(ForgeServer):
    """The stand-in: knows the repositories it is told of, and remembers what it was asked and by whom."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__()
        self.heaviest = MOST_NAMES
        self.names: list[list[str]] = []
        self._clock = clock
        self._known: dict[str, Known] = {}
        self._moved: dict[str, str] = {}
        self._left: dict[str, int] = {}
        self._accepted: set[str] | None = None

    @property
    def calls(self) -> int:
        return len(self.questions)

    def has(
        self,
        name: str,
        stars: int = 73_000,
        forks: int = 17_000,
        *,
        issues: int = 5,
        releases: Iterable[dict[str, Any]] = (),
        weeks: Iterable[dict[str, Any]] = (),
        **fields: Any,
    ) -> None:
        """Have this repository, described anew whatever its path replied; `fields` are REST's."""
        self.forget(f"/repos/{name}")
        number = 1000 + len(self._known)
        described = description(name, **({"id": number, "stargazers_count": stars, "forks_count": forks} | fields))
        self._known[name.lower()] = Known(described, issues, list(releases), list(weeks))

    def change(self, name: str, *, stars: int | None = None, forks: int | None = None, **fields: Any) -> None:
        """Change some of what is known: REST's fields, or `issues`, `releases` and `weeks`."""
        known = self._known[name.lower()]
        for own in ("issues", "releases", "weeks"):
            if own in fields:
                setattr(known, own, fields.pop(own))
        figures = {"stargazers_count": stars, "forks_count": forks}
        known.described |= {key: value for key, value in figures.items() if value is not None} | fields

    def rename(self, old: str, new: str) -> None:
        known = self._known.pop(old.lower())
        known.described |= {"full_name": new, "name": new.partition("/")[2]}
        self._known[new.lower()] = known
        self._moved[old.lower()] = new.lower()

    def remove(self, name: str) -> None:
        del self._known[name.lower()]

    def fails(self, name: str, error: str) -> None:
        """Let GraphQL say this type of error instead of the repository."""
        self._known.setdefault(name.lower(), Known(description(name))).error = error

    def accepts(self, *tokens: str) -> None:
        self._accepted = set(tokens)

    def grants(self, token: str, calls: int) -> None:
        self._left[token] = calls

    def answer(self, question: Question) -> Reply:
        token = question.token
        unknown = token and self._accepted is not None and token not in self._accepted
        if unknown or (question.path == GRAPHQL and not token):
            return says(401, {"message": "Bad credentials", "status": "401"})
        left = self._left.get(token, 5_000 if token else 60)
        self._left[token] = max(left - 1, 0)
        reset = self._clock().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        headers = {"X-RateLimit-Remaining": f"{self._left[token]}", "X-RateLimit-Reset": f"{int(reset.timestamp())}"}
        if question.path == GRAPHQL:
            return self._graphql(question, headers, reset, limited=left < 1)
        return _limited_rest(headers) if left < 1 else self._rest(question, headers)

    def _rest(self, question: Question, headers: Mapping[str, str]) -> Reply:
        asked = urlsplit(question.path)
        path = re.fullmatch(r"/(?:repos/([^/]+/[^/]+)|repositories/(\d+))(/stargazers/history)?", asked.path)
        if path is None:
            return _missing(headers)
        name, number, history = path.groups()
        if name and (new := self._moved.get(name.lower())) and new in self._known:
            return moved(
                f"{self.url}/repositories/{self._known[new].described['id']}{history or ''}{_query(asked.query)}"
            )
        known = self._known.get(name.lower()) if name else self._by_number(int(number))
        if known is None:
            return _missing(headers)
        return self._history(known, asked.query, headers) if history else _described(known.described, headers)

    def _history(self, known: Known, query: str, headers: Mapping[str, str]) -> Reply:
        wants = {key: int(value) for key, (value, *_) in parse_qs(query).items()}
        size, page = min(wants.get("per_page", 30), 30), wants.get("page", 1)
        weeks = known.weeks[(page - 1) * size : page * size]
        path = f"{self.url}/repositories/{known.described['id']}/stargazers/history?per_page={size}&page={page + 1}"
        link = {"Link": f'<{path}>; rel="next"'} if page * size < len(known.weeks) else {}
        return says(200, weeks, {**headers, **link})

    def _by_number(self, number: int) -> Known | None:
        return next((known for known in self._known.values() if known.described["id"] == number), None)

    def _graphql(self, question: Question, headers: Mapping[str, str], reset: datetime, *, limited: bool) -> Reply:
        if limited:
            error = {"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}
            return says(200, {"errors": [error]}, headers)
        try:
            body = json.loads(question.body)
            document = Document(body["query"], body["variables"])
            fields = document.flat(document.fields)
            names = [f"{one.arguments['owner']}/{one.arguments['name']}" for one in fields if one.name == "repository"]
            self.names.append(names)
            if len(names) > self.heaviest:
                return TOO_HEAVY
            left = {
                "cost": 1,
                "remaining": int(headers["X-RateLimit-Remaining"]),
                "resetAt": f"{reset:%Y-%m-%dT%H:%M:%SZ}",
            }
            return says(200, self._selected(document, left), headers)
        except GraphQLError as error:
            return says(200, {"errors": [{"message": str(error)}]}, headers)

    def _selected(self, document: Document, left: Mapping[str, Any]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        errors: list[dict[str, Any]] = []
        for one in document.flat(document.fields):
            if one.name == "rateLimit":
                data[one.alias] = document.select(one.fields, left, "RateLimit")
                continue
            name = f"{one.arguments['owner']}/{one.arguments['name']}".lower()
            known = self._known.get(self._moved.get(name, name))
            error = "NOT_FOUND" if known is None else known.error
            if known is None or error is not None:
                data[one.alias] = None
                errors.append(_error(error or "", one.alias, name))
            else:
                data[one.alias] = document.select(one.fields, known.node(), "Repository")
        return {"data": data} | ({"errors": errors} if errors else {})


def _error(kind: str, alias: str, name: str) -> dict[str, Any]:
    if not kind:
        return {"message": "Something went wrong while executing your query.", "path": [alias]}
    return {"type": kind, "path": [alias], "message": f"Could not resolve to a Repository with the name '{name}'."}


def _described(described: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Reply:
    content = json.dumps(described).encode()
    etag = f'W/"{sha256(content).hexdigest()}"'

    def reply(handler: Handler) -> None:
        if handler.headers["If-None-Match"] == etag:
            handler.start(304, {"ETag": etag, **(headers or {})})
        else:
            says(200, content, {"ETag": etag, **(headers or {})})(handler)

    return reply


def _missing(headers: Mapping[str, str]) -> Reply:
    return says(404, {"message": "Not Found", "status": "404"}, headers)


def _limited_rest(headers: Mapping[str, str]) -> Reply:
    return says(403, {"message": "API rate limit exceeded for 127.0.0.1."}, headers)


def _query(query: str) -> str:
    return f"?{query}" if query else ""


def _connection(known: set[str], nodes: list[Any], total: Any = None) -> Callable[..., dict[str, Any]]:
    def select(**arguments: Any) -> dict[str, Any]:
        if unknown := set(arguments) - known:
            raise GraphQLError(f"Field doesn't accept argument '{min(unknown)}'")
        first = arguments.get("first", len(nodes))
        return {"totalCount": len(nodes) if total is None else total, "nodes": nodes[:first]}

    return select
