"""Whether what was said of one version still speaks of the current one. Pure."""

import re

# Such as “3.1.4”, “v2” and “version 2.x”. Of others, such as “r12”, nobody knows how they run.
_NUMBERED = re.compile(r"\s*(?:v|version)?\.?\s*([0-9]{1,6})(?![0-9])", re.IGNORECASE)


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
