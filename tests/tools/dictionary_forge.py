"""A host that knows what it is told: a `Forge` without a socket, for tests of what is done with answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from tools.forges.answers import Answer, Asked, Gone, Reply, Seen, Stop

GONE = Gone("There is no such repository.")


def seen(name: str, stars: int = 73_000, forks: int = 17_000, **fields: Any) -> Seen:
    """A repository as any host may show it."""
    return Seen(name, stars, forks, **{"archived": False, "pushed_on": date(2026, 11, 20), **fields})


@dataclass
class DictionaryForge:
    """Answers what it was told for a name; stops where a name stands for a reason to stop."""

    answers: dict[str, Answer | Stop] = field(default_factory=dict)
    host: str = "github"
    most: int = 100
    left: int | None = None
    resets_at: datetime | None = None
    questions: list[list[str]] = field(default_factory=list)
    etags: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> list[str]:
        """All names that were asked about, in order."""
        return [name for question in self.questions for name in question]

    def has(self, name: str, **fields: Any) -> None:
        """Know a repository under this name."""
        self.answers[name] = seen(**{"name": name, **fields})

    def ask(self, asked: Sequence[Asked]) -> Reply:
        assert 0 < len(asked) <= self.most, "what the host allows"
        self.questions.append([question.name for question in asked])
        self.etags |= {question.name: question.etag for question in asked}
        answers: dict[str, Answer] = {}
        for name in self.questions[-1]:
            answer = self.answers.get(name, GONE)
            if isinstance(answer, Stop.__value__):
                return self._reply(answers, answer)
            answers[name] = cast("Answer", answer)
        return self._reply(answers, None)

    def _reply(self, answers: Mapping[str, Answer], stop: Stop | None) -> Reply:
        return Reply(answers, stop, left=self.left, resets_at=self.resets_at)
