"""Slugs: the names of tools, categories and attributes in addresses and files."""

import re

from django.core.validators import RegexValidator

MAX_LENGTH = 60
PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
# A comparison's address joins slugs by "-vs-", so a tool's slug may not hold that word itself.
TOOL_PATTERN = r"(?!(?:.*-)?vs(?:-|$))" + PATTERN

is_slug = RegexValidator(rf"^{PATTERN}$", "Use lower-case letters and digits, joined by single hyphens.")
is_tool_slug = RegexValidator(
    rf"^{TOOL_PATTERN}$",
    "Use lower-case letters and digits, joined by single hyphens, without the word “vs”.",
)


def is_valid_tool_slug(text: str) -> bool:
    """Whether `text` could name a tool; says nothing of whether there is one."""
    return len(text) <= MAX_LENGTH and re.fullmatch(TOOL_PATTERN, text) is not None
