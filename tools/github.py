"""The only code that speaks to GitHub: repositories' names in, what was seen or why nothing was out.

With a token a hundred names cost one GraphQL question; without one each name costs a REST call, or nothing where an
ETag says that all is as it was. It knows no model and no setting; see `tools.forges` for what may become of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tools.forges import graphql, reading
from tools.forges.answers import (
    Answer,
    Asked,
    Failure,
    Gone,
    Nonsense,
    Reply,
    Seen,
    StarsOn,
    Stop,
    Unchanged,
    Unreachable,
)
from tools.forges.calls import Calls, utc_now
from tools.forges.halving import Halving
from tools.forges.star_history import PAGES, History, history_path
from tools.forges.tokens import OwnRests, Rests, Tokens
from tools.forges.wire import Response, Wire

LABEL = "GitHub"
HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
# The version that the star history came with.
HISTORY_HEADERS = {"X-GitHub-Api-Version": "2026-03-10"}
# What GitHub answers to a question that takes it too long, and when it is ill.
TOO_MUCH = {500, 502, 504}


@dataclass(frozen=True, slots=True)
class GitHub:
    """GitHub's API at `url`, REST and GraphQL; `total_seconds` is the most that one call may take, redirects and all.

    `rests` keeps until when each token is left alone: with Django's cache all processes keep to it.
    """

    url: str
    tokens: Sequence[str] = field(default=(), repr=False)
    connect_seconds: float = 5
    total_seconds: float = 20
    clock: Callable[[], datetime] = field(default=utc_now, repr=False)
    rests: Rests = field(default_factory=OwnRests, repr=False)

    def __post_init__(self) -> None:
        if isinstance(self.tokens, str):
            raise TypeError("GitHub takes a sequence of tokens, not one alone: its letters would be sent as tokens.")

    @property
    def host(self) -> str:
        """Its value in `tools.models.Host`."""
        return "github"

    @property
    def most(self) -> int:
        """A hundred names a question where there is a token."""
        return graphql.MOST if self.tokens else 1

    def ask(self, asked: Sequence[Asked]) -> Reply:
        """Ask about these repositories in as few questions as GitHub can answer, one after the other."""
        calls = self._calls()
        return _ask_many(calls, asked) if self.tokens else calls.each(asked, lambda one: _ask_one(calls, one))

    def history(self, name: str) -> Sequence[StarsOn] | Failure:
        """Return how many of today's stars there were when each day ended that brought some, the oldest first.

        One call for thirty weeks, from the newest back to the repository's first: stars taken back are not among them.
        """
        calls, history = self._calls(), History(self.clock())
        if not reading.is_repository_name(name):
            return calls.impossible
        for page in range(1, PAGES + 1):
            response = calls.get(history_path(name, page), HISTORY_HEADERS)
            if isinstance(response, Failure):
                return response
            said: Any = calls.said(response)
            if failure := said if isinstance(said, Failure) else history.add(said):
                return failure
            if 'rel="next"' not in response.headers.get("Link", ""):
                return history.days()
        return Nonsense("The star history has no end.")

    def _calls(self) -> Calls:
        wire = Wire(LABEL, self.url, self.connect_seconds, self.total_seconds)
        return Calls(wire, Tokens(LABEL, self.url, self.tokens, self.rests), _headers, self.clock)


def _ask_one(calls: Calls, asked: Asked) -> Answer | Stop:
    if not reading.is_repository_name(asked.name):
        return calls.impossible
    response = calls.get(f"/repos/{asked.name}", {"If-None-Match": asked.etag} if asked.etag else {})
    if isinstance(response, Failure):
        return response
    if response.status == 304 and asked.etag:
        return Unchanged()
    said: Any = calls.said(response)
    return said if isinstance(said, Gone | Nonsense | Unreachable) else seen(said, response.etag, calls.clock())


def seen(said: Any, etag: str, now: datetime) -> Seen | Nonsense:
    """Read what REST describes; the issues it counts are pull requests too, so that they are not told."""
    if not isinstance(said, dict):
        return Nonsense("The answer does not describe a repository.")
    try:
        return Seen(
            name=reading.name(said, "full_name"),
            stars=reading.count(said, "stargazers_count"),
            forks=reading.count(said, "forks_count"),
            archived=reading.flag(said, "archived"),
            pushed_on=reading.moment(said, "pushed_at", now).date(),
            disabled=reading.flag(said, "disabled") if "disabled" in said else False,
            licence=reading.licence(reading.within(said, "license").get("spdx_id")),
            etag=etag,
        )
    except ValueError as error:
        return Nonsense(str(error))


def _ask_many(calls: Calls, asked: Sequence[Asked]) -> Reply:
    """Ask in batches, and in ever smaller ones where GitHub refuses a batch or answers only a part of it."""
    names = dict.fromkeys(one.name for one in asked)
    possible = [name for name in names if reading.is_repository_name(name)]
    halving = Halving(possible, graphql.MOST, LABEL)
    while batch := halving.next():
        halving.take(batch, _ask_batch(calls, batch))
    impossible: dict[str, Answer] = dict.fromkeys(names.keys() - set(possible), calls.impossible)
    return calls.reply(impossible | halving.answers, halving.stop)


def _ask_batch(calls: Calls, names: Sequence[str]) -> Mapping[str, Answer] | Stop:
    """Ask one GraphQL question; the names that the answer leaves out were too much for GitHub."""
    body = graphql.question(names)

    def ask(token: str) -> Mapping[str, Answer] | Stop:
        response = calls.checked(calls.wire.post("/graphql", _headers(token), body))
        return _read_batch(calls, response, names) if isinstance(response, Response) else response

    return calls.in_turn(ask)


def _read_batch(calls: Calls, response: Response, names: Sequence[str]) -> Mapping[str, Answer] | Stop:
    if response.status != 200:
        return {} if response.status in TOO_MUCH else calls.unexpected(response)
    said = reading.decoded(response.body, LABEL)
    if isinstance(said, Nonsense):
        return {}
    batch = said if isinstance(said, Unreachable) else graphql.batch(said, names, calls.clock())
    if isinstance(batch, Unreachable):
        return batch
    if batch.limited:
        return calls.limited(response)
    if batch.granted.left is not None:
        calls.granted = batch.granted
    return batch.answers


def _headers(token: str) -> Mapping[str, str]:
    return HEADERS | ({"Authorization": f"Bearer {token}"} if token else {})
