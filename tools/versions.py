"""What versions and the tags of releases say: which line they belong to, and what is old or new. Pure."""

import re
from datetime import date

# Such as “3.1.4”, “v2” and “version 2.x”. Of others, such as “r12”, nobody knows how they run.
_NUMBERED = re.compile(r"\s*(?:v|version)?\.?\s*([0-9]{1,6})(?![0-9])", re.IGNORECASE)
_MINOR = re.compile(r"\D*[0-9]+(?:[._]([0-9]+))?")
# What stands before the number of a tag, without or with the project's name.
_BEFORE_NUMBER = re.compile(r"^(?:(?:release|rel)[-_/@])?v?(?=[0-9])", re.IGNORECASE)
_AFTER_NAME = re.compile(r"[-_/@]v?(?=[0-9])", re.IGNORECASE)
# No version is called so, and no project came to its 1,900th major one: whoever counts like this counts years.
_FIRST_YEAR = 1_900
# For so many years after its year a line that is named after it may still get releases.
_KEPT_FOR = 3
_EARLY = re.compile(
    r"(?<![a-z])(?:(?:alpha|beta|rc|cr|dev|pre|preview|prerelease|canary|nightly|next|snapshot|milestone|insiders?"
    r"|experimental|unstable|ea)(?![a-z])|[abcm](?=[.-]?[0-9]))",
    re.IGNORECASE,
)


def major(version: str) -> int | None:
    """The number that a version begins with; None where it begins with none."""
    found = _NUMBERED.match(version)
    return int(found[1]) if found else None


def outdated(claimed: str, current: str) -> str:
    """What to say of a claim about a version whose major number lies behind the current one's; else nothing.

    Where either is unknown there is nothing to say.
    """
    then, now = major(claimed), major(current)
    if then is None or now is None or then >= now:
        return ""
    return f"about version {then}; {now} is current"


def of_tag(tag: str, repository: str) -> str:
    """Return the version that a tag names, without what projects like to write before it: v, release-, their name."""
    name = repository.rpartition("/")[2].lower()
    rest = tag[len(name) :] if name and tag.lower().startswith(name) else ""
    found = _AFTER_NAME.match(rest)
    return rest[found.end() :] if found else _BEFORE_NUMBER.sub("", tag)


def is_early(version: str) -> bool:
    """Whether it calls itself an alpha, beta, candidate or the like, whatever its host says of it."""
    return _EARLY.search(version) is not None


def begins_line(version: str) -> bool:
    """Whether it can be the first of its major line: 4, 4.0 or 4.0.3, and not 4.1."""
    found = _MINOR.match(version)
    return not (found and found[1] and int(found[1]))


def follows_calendar(number: int, released: date, others: dict[int, date]) -> bool:
    """Whether a major number is a year (2026, or 26 in 2026) rather than a promise that something broke.

    `others` are majors of the same project, each with the day of a release. One that stands for a year long past says
    that the project counts otherwise and met this year by chance.
    """
    if number >= _FIRST_YEAR:
        return True
    return number == released.year % 100 and all(
        0 <= day.year % 100 - other <= _KEPT_FOR for other, day in others.items()
    )
