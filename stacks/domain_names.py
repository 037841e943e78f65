"""Names of domains: which texts are any, and what is put where to prove that one is yours. Pure."""

import re

LONGEST = 253
_LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
# The last part of a number would be an address of a machine.
_NAME = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z])(?:{_LABEL})")
RECORD = "_whystack"
FILE = "/.well-known/whystack.txt"


def domain_name(text: str) -> str | None:
    """The domain in lower-case ASCII, as the name service has it; None for what is no public domain's name."""
    try:
        name = text.strip().rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        return None
    return name if len(name) <= LONGEST and _NAME.fullmatch(name) else None


def proof(token: str) -> str:
    """What stands in the record or the file."""
    return f"whystack-verify={token}"


def proves(text: str, token: str) -> bool:
    """Whether a record, or a line of the file, says just that."""
    return proof(token) in (line.strip() for line in text.splitlines())
