"""GitHub's GraphQL: names in, one question; its answer in, what was seen: pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tools.forges import reading
from tools.forges.answers import Answer, Gone, Nonsense, Released, Seen, Unreachable
from tools.forges.limits import Granted

MOST = 100
FIELDS = """fragment Seen on Repository {
  nameWithOwner stargazerCount forkCount isArchived isDisabled pushedAt
  licenseInfo { spdxId }
  issues(states: OPEN) { totalCount }
  releases(first: 6, orderBy: {field: CREATED_AT, direction: DESC}) {
    nodes { tagName publishedAt isPrerelease isDraft }
  }
}"""
UNRELATED = Unreachable("The answer does not answer a GraphQL question, so it is not GitHub's.")
GONE = Gone("GitHub has no repository of this name, or may not show it.")
# What GitHub says instead of an answer when a question was more work than it does at once.
LIMIT_TYPES = {"RATE_LIMITED", "RATE_LIMIT"}
HEAVY_TYPES = {"RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED", "TIMEOUT", ""}


@dataclass(frozen=True, slots=True)
class Batch:
    """What one answer says; names that are not among `answers` want to be asked again, fewer at a time."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    granted: Granted = field(default_factory=Granted)
    limited: bool = False
    """Whether the answer is that GitHub was asked too much, told with a status that promises more."""


def question(names: Sequence[str]) -> bytes:
    """Return the body that asks about these repositories; the names travel beside the question, never within it."""
    declared: list[str] = []
    asked: list[str] = []
    variables: dict[str, str] = {}
    for number, full_name in enumerate(names):
        owner, _, name = full_name.partition("/")
        variables |= {f"o{number}": owner, f"n{number}": name}
        declared.append(f"$o{number}: String!, $n{number}: String!")
        asked.append(f"r{number}: repository(owner: $o{number}, name: $n{number}) {{ ...Seen }}")
    query = f"query({', '.join(declared)}) {{\n{'\n'.join(asked)}\nrateLimit {{ cost remaining resetAt }}\n}}\n{FIELDS}"
    return json.dumps({"query": query, "variables": variables}).encode()


def batch(body: Any, names: Sequence[str], now: datetime) -> Batch | Unreachable:
    """Read the answer to the question about these names."""
    if not isinstance(body, dict):
        return UNRELATED
    errors = _errors(body)
    if any(_limits(error) for error in (body, *errors)):
        return Batch(limited=True)
    data = body.get("data")
    if not isinstance(data, dict):
        # Without data GitHub did not begin; an error says why, and a smaller question may do.
        return Batch() if errors else UNRELATED
    about = {_alias(error): str(error.get("type", "")) for error in errors}
    answers = {
        name: answer
        for number, name in enumerate(names)
        if (answer := _answer(data, f"r{number}", about, alone=len(names) == 1, now=now))
    }
    return Batch(answers, _granted(data, now))


def _answer(
    data: Mapping[str, Any], alias: str, about: Mapping[str, str], *, alone: bool, now: datetime
) -> Answer | None:
    """What became of one name, or None where a smaller question may tell."""
    node, error = data.get(alias), about.get(alias)
    if error == "NOT_FOUND":
        return GONE
    if isinstance(node, dict):
        # An error beside figures took some of them away: alone it would be a repository's own.
        return seen(node, now) if error is None or alone else None
    if node is not None:
        return Nonsense("The answer does not describe a repository.")
    return None if error is None or error in HEAVY_TYPES else Nonsense("GitHub does not show this repository to us.")


def seen(node: Mapping[str, Any], now: datetime) -> Seen | Nonsense:
    """Read a repository's description."""
    try:
        return Seen(
            name=reading.name(node, "nameWithOwner"),
            stars=reading.count(node, "stargazerCount"),
            forks=reading.count(node, "forkCount"),
            archived=reading.flag(node, "isArchived"),
            pushed_on=reading.moment(node, "pushedAt", now).date(),
            disabled=reading.flag(node, "isDisabled"),
            licence=reading.licence(reading.within(node, "licenseInfo").get("spdxId")),
            open_issues=reading.count(reading.within(node, "issues"), "totalCount") if node.get("issues") else None,
            releases=_releases(reading.within(node, "releases").get("nodes"), now),
        )
    except ValueError as error:
        return Nonsense(str(error))


def _releases(nodes: object, now: datetime) -> tuple[Released, ...]:
    told = [node for node in nodes if isinstance(node, dict)] if isinstance(nodes, list) else []
    stable = [node for node in told if not reading.flag(node, "isDraft") and not reading.flag(node, "isPrerelease")]
    return tuple(
        release for node in stable if (release := reading.released(node, "tagName", "publishedAt", now)) is not None
    )


def _errors(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    errors = body.get("errors")
    return [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []


def _limits(said: Mapping[str, Any]) -> bool:
    """Whether a sentence of GitHub's is about a limit: the secondary ones have no type."""
    return said.get("type") in LIMIT_TYPES or "rate limit" in str(said.get("message", "")).lower()


def _alias(error: Mapping[str, Any]) -> str:
    path = error.get("path")
    return str(path[0]) if isinstance(path, list) and path else ""


def _granted(data: Mapping[str, Any], now: datetime) -> Granted:
    limit = data.get("rateLimit")
    if not isinstance(limit, dict):
        return Granted()
    try:
        resets_at = datetime.fromisoformat(str(limit.get("resetAt")))
        return Granted(reading.count(limit, "remaining"), resets_at if resets_at.tzinfo else None)
    except ValueError:
        return Granted()
