"""The calls that one question to a host takes: whose token, what was refused, how many, and what is left."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tools.forges import reading
from tools.forges.answers import Answer, Asked, Gone, Nonsense, RateLimited, Reply, Stop, Unauthorized, Unreachable
from tools.forges.limits import Granted, believed, granted, limited_until
from tools.forges.tokens import Tokens
from tools.forges.wire import Response, Wire

type Headers = Mapping[str, str]


def utc_now() -> datetime:
    """Return the moment that clients go by."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Calls:
    """Calls to one host: made one after the other, each with the first token that the host still wants to hear."""

    wire: Wire
    tokens: Tokens
    headers: Callable[[str], Headers]
    """Those of every call, with the token where there is one."""
    clock: Callable[[], datetime]
    made: int = 0
    granted: Granted = field(default_factory=Granted)

    @property
    def label(self) -> str:
        """What people call the host."""
        return self.wire.label

    @property
    def impossible(self) -> Gone:
        """What is said of a name that nothing at this host can have; it is not asked."""
        return Gone(f"No repository on {self.label} can have this name.")

    @property
    def gone(self) -> Gone:
        """What is said of a name that the host does not know."""
        return Gone(f"{self.label} has no repository of this name, or may not show it.")

    def get(self, path: str, more: Headers | None = None) -> Response | Stop:
        """Fetch what is at the path."""
        return self.in_turn(lambda token: self.checked(self.wire.get(path, {**self.headers(token), **(more or {})})))

    def each(self, asked: Iterable[Asked], one: Callable[[Asked], Answer | Stop]) -> Reply:
        """Ask with `one` about each name until the host wants no more."""
        answers: dict[str, Answer] = {}
        for each in asked:
            answer = one(each)
            if isinstance(answer, RateLimited | Unauthorized | Unreachable):
                return self.reply(answers, answer)
            answers[each.name] = answer
        return self.reply(answers)

    def reply(self, answers: Mapping[str, Answer], stop: Stop | None = None) -> Reply:
        """Return the answers with what they cost."""
        return Reply(answers, stop, self.made, self.granted.left, self.granted.resets_at)

    def in_turn[T](self, ask: Callable[[str], T | Stop]) -> T | Stop:
        """Ask with the first token that is awake; one that is used up or refused gives way to the next."""
        for token in self.tokens.awake(self.clock()):
            self.made += 1
            answer = ask(token)
            if isinstance(answer, RateLimited | Unauthorized):
                self.tokens.rest(token, answer, self.clock())
                continue
            if self.granted.left == 0 and self.granted.resets_at:
                self.tokens.rest(token, self._limited(believed(self.granted.resets_at, self.clock())), self.clock())
            return answer
        return self.tokens.why_none(self.clock())

    def checked(self, response: Response | Unreachable) -> Response | Stop:
        """Tell what the host says about the asker from what it says of repositories."""
        if isinstance(response, Unreachable):
            return response
        self.granted = granted(response.headers)
        if response.status == 401:
            return Unauthorized(f"{self.label} does not accept the token.")
        if response.status in (403, 429) and not _blocked(response):
            return self.limited(response)
        return response

    def limited(self, response: Response) -> RateLimited:
        """Return until when the host wants to be left alone, as it says itself."""
        return self._limited(limited_until(response.headers, self.clock()))

    def said(self, response: Response) -> Any | Gone | Nonsense | Unreachable:
        """Return the JSON of the answer, or why it says nothing of the repository."""
        if response.status in (404, 410, 451) or _blocked(response):
            return self.gone
        return reading.decoded(response.body, self.label) if response.status == 200 else self.unexpected(response)

    def unexpected(self, response: Response) -> Unreachable:
        """Return what is said of a status that promises nothing."""
        return Unreachable(f"{self.label} answered {response.status}.")

    def _limited(self, until: datetime) -> RateLimited:
        return RateLimited(f"{self.label} wants to be asked less often.", until)


def _blocked(response: Response) -> bool:
    """Whether this one repository was closed, which GitHub tells with the status of a limit."""
    said = reading.decoded(response.body, "") if response.status == 403 else None
    return isinstance(said, dict) and "block" in said
