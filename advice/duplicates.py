"""Whether a text was sent before."""

import re
from hashlib import sha256


def fingerprint(text: str) -> str:
    """A digest of 64 digits, equal for texts that differ in case, spaces and punctuation alone."""
    return sha256(" ".join(re.findall(r"\w+", text.casefold())).encode()).hexdigest()
