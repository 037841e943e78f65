"""What votes rest on, told in a line: contexts with their numbers in, words out. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tools.versions import major

TEAMS = {
    "1": "working alone",
    "2-10": "in teams of 2 to 10",
    "11-50": "in teams of 11 to 50",
    "51-250": "in teams of 51 to 250",
    "251+": "in teams of more than 250",
}
SCALES = {
    "trial": "from a trial or a prototype",
    "small": "with up to a thousand users a day",
    "medium": "with up to a hundred thousand users a day",
    "large": "with more than a hundred thousand users a day",
}
# Months of use, the longest first, and how they are told.
USES = ((24, "after two years or longer"), (12, "after a year or longer"), (1, "after less than a year"))


@dataclass(frozen=True, slots=True)
class Context:
    """What `votes` votes say of themselves; what they do not say is empty."""

    version: str = ""
    team_size: str = ""
    scale: str = ""
    months: int | None = None
    votes: int = 1


def tally(contexts: Iterable[Context]) -> Sequence[str]:
    """The commonest answer to each question with the number of votes that gave it: “5 in teams of 2 to 10”.

    Of equals the first of the lists above, of versions the newest. Nothing is said of what nobody answered.
    """
    known = list(contexts)
    told = (
        _commonest(((one.votes, one.team_size) for one in known), TEAMS),
        _commonest(((one.votes, _use(one.months)) for one in known), {words: words for _, words in USES}),
        _commonest(((one.votes, one.scale) for one in known), SCALES),
        _newest_version(known),
    )
    return [words for words in told if words]


def count(contexts: Iterable[Context]) -> int:
    """How many votes these are."""
    return sum(one.votes for one in contexts)


def _use(months: int | None) -> str:
    return next((words for least, words in USES if months is not None and months >= least), "")


def _commonest(answers: Iterable[tuple[int, str]], words: dict[str, str]) -> str:
    counts: Counter[str] = Counter()
    for votes, answer in answers:
        counts[answer] += votes
    told = max(words, key=lambda answer: counts[answer])
    return f"{counts[told]} {words[told]}" if counts[told] else ""


def _newest_version(contexts: Iterable[Context]) -> str:
    numbered = [(one.votes, number) for one in contexts if (number := major(one.version)) is not None]
    words = {
        str(number): f"with version {number}" for number in sorted({number for _, number in numbered}, reverse=True)
    }
    return _commonest(((votes, str(number)) for votes, number in numbered), words) if words else ""
