"""The only code that speaks to GitHub: repositories' names in, what was seen or why nothing was out.

With a token a hundred names cost one GraphQL question; without one each name costs a REST call, or nothing where an
ETag says that all is as it was. It knows no model and no setting; see `tools.forges` for what may become of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tools.forges import graphql, reading
from tools.forges.answers import (
    Answer,
    Asked,
    Failure,
    Gone,
    Nonsense,
    RateLimited,
    Reply,
    Seen,
    StarsOn,
    Stop,
    Unauthorized,
    Unchanged,
    Unreachable,
)
from tools.forges.halving import Halving
from tools.forges.limits import Granted, granted, limited_until
from tools.forges.star_history import PAGES, History, history_path
from tools.forges.tokens import OwnRests, Rests, Tokens
from tools.forges.wire import Response, Wire

LABEL = "GitHub"
HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
# The version that the star history came with.
HISTORY_HEADERS = {"X-GitHub-Api-Version": "2026-03-10"}
IMPOSSIBLE = Gone("No repository on GitHub can have this name.")
LESS_OFTEN = "GitHub wants to be asked less often."
# What GitHub answers to a question that takes it too long, and when it is ill.
TOO_MUCH = {500, 502, 504}


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class GitHub:
    """GitHub's API at `url`, REST and GraphQL; `total_seconds` is the most that one call may take, redirects and all.

    `rests` keeps until when each token is left alone: with Django's cache all processes keep to it.
    """

    url: str
    tokens: Sequence[str] = field(default=(), repr=False)
    connect_seconds: float = 5
    total_seconds: float = 20
    clock: Callable[[], datetime] = field(default=_utc_now, repr=False)
    rests: Rests = field(default_factory=OwnRests, repr=False)

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
        possible = {one.name: one.etag for one in asked if reading.is_repository_name(one.name)}
        impossible = {one.name: IMPOSSIBLE for one in asked if one.name not in possible}
        calls = _Calls(self)
        answers, stop = calls.ask_many(list(possible)) if self.tokens else calls.ask_each(possible)
        return Reply(impossible | answers, stop, calls.made, calls.granted.left, calls.granted.resets_at)

    def history(self, name: str) -> Sequence[StarsOn] | Failure:
        """Return how many of today's stars there were when each day ended that brought some, the oldest first.

        One call for thirty weeks, from the newest back to the repository's first: stars taken back are not among them.
        """
        if not reading.is_repository_name(name):
            return IMPOSSIBLE
        return _Calls(self).history(name)


class _Calls:
    """The calls that one question takes: how many they were, and what is left."""

    def __init__(self, github: GitHub) -> None:
        self.made = 0
        self.granted = Granted()
        self._clock = github.clock
        self._wire = Wire(LABEL, github.url, github.connect_seconds, github.total_seconds)
        self._tokens = Tokens(LABEL, github.url, github.tokens, github.rests)

    def ask_many(self, names: Sequence[str]) -> tuple[dict[str, Answer], Stop | None]:
        """Ask in batches, and in ever smaller ones where GitHub refuses a batch or answers only a part of it."""
        halving = Halving(names, graphql.MOST, LABEL)
        while batch := halving.next():
            halving.take(batch, self._batch(batch))
        return halving.answers, halving.stop

    def ask_each(self, etags: Mapping[str, str]) -> tuple[dict[str, Answer], Stop | None]:
        """Ask for one after the other until GitHub wants no more."""
        answers: dict[str, Answer] = {}
        for name, etag in etags.items():
            answer = self._one(name, etag)
            if isinstance(answer, RateLimited | Unauthorized | Unreachable):
                return answers, answer
            answers[name] = answer
        return answers, None

    def history(self, name: str) -> Sequence[StarsOn] | Failure:
        """Read the pages of a star history, the newest first."""
        history = History(self._clock())
        for page in range(1, PAGES + 1):
            response = self._get(history_path(name, page), HISTORY_HEADERS)
            if isinstance(response, Failure):
                return response
            said = _said(response)
            failure = said if isinstance(said, Failure) else history.add(said)
            if failure:
                return failure
            if 'rel="next"' not in response.headers.get("Link", ""):
                return history.days()
        return Nonsense("The star history has no end.")

    def _one(self, name: str, etag: str) -> Answer | Stop:
        response = self._get(f"/repos/{name}", {"If-None-Match": etag} if etag else {})
        if isinstance(response, Failure):
            return response
        if response.status == 304 and etag:
            return Unchanged()
        said: Any | Failure = _said(response)
        if isinstance(said, Gone | Nonsense | Unreachable):
            return said
        return seen(said, response.etag, self._clock())

    def _get(self, path: str, more: Mapping[str, str]) -> Response | Stop:
        return self._in_turn(lambda token: self._checked(self._wire.get(path, {**_headers(token), **more})))

    def _batch(self, names: Sequence[str]) -> Mapping[str, Answer] | Stop:
        """Ask one GraphQL question; the names it says nothing of were too much for GitHub."""
        body = graphql.question(names)

        def ask(token: str) -> Mapping[str, Answer] | Stop:
            response = self._checked(self._wire.post("/graphql", _headers(token), body))
            return self._read(response, names) if isinstance(response, Response) else response

        return self._in_turn(ask)

    def _read(self, response: Response, names: Sequence[str]) -> Mapping[str, Answer] | Stop:
        if response.status in TOO_MUCH:
            return {}
        if response.status != 200:
            return _unexpected(response)
        said = reading.decoded(response.body, LABEL)
        if isinstance(said, Nonsense):
            return {}
        batch = said if isinstance(said, Unreachable) else graphql.batch(said, names, self._clock())
        if isinstance(batch, Unreachable):
            return batch
        if batch.limited:
            return self._limited(response)
        if batch.granted.left is not None:
            self.granted = batch.granted
        return batch.answers

    def _in_turn[T](self, ask: Callable[[str], T | Stop]) -> T | Stop:
        """Ask with the first token that GitHub still wants to hear; one that it does not gives way to the next."""
        for token in self._tokens.awake(self._clock()):
            self.made += 1
            answer = ask(token)
            if isinstance(answer, RateLimited | Unauthorized):
                self._tokens.rest(token, answer, self._clock())
                continue
            if self.granted.resets_at and self.granted.left == 0:
                self._tokens.rest(token, RateLimited(LESS_OFTEN, self.granted.resets_at), self._clock())
            return answer
        return self._tokens.why_none(self._clock())

    def _checked(self, response: Response | Unreachable) -> Response | Stop:
        """Tell what GitHub says about the asker from what it says of repositories."""
        if isinstance(response, Unreachable):
            return response
        self.granted = granted(response.headers)
        if response.status == 401:
            return Unauthorized("GitHub does not accept the token.")
        if response.status in (403, 429) and not _blocked(response):
            return self._limited(response)
        return response

    def _limited(self, response: Response) -> RateLimited:
        return RateLimited(LESS_OFTEN, limited_until(response.headers, self._clock()))


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


def _headers(token: str) -> dict[str, str]:
    return HEADERS | ({"Authorization": f"Bearer {token}"} if token else {})


def _said(response: Response) -> Any | Gone | Nonsense | Unreachable:
    """What the answer of REST says, or why it says nothing of the repository."""
    if response.status in (404, 451) or _blocked(response):
        return graphql.GONE
    return reading.decoded(response.body, LABEL) if response.status == 200 else _unexpected(response)


def _blocked(response: Response) -> bool:
    """Whether GitHub closed this one repository, which it tells with the status of a limit."""
    said = reading.decoded(response.body, LABEL) if response.status == 403 else None
    return isinstance(said, dict) and "block" in said


def _unexpected(response: Response) -> Unreachable:
    return Unreachable(f"GitHub answered {response.status}.")
