"""Ecosystems of which a reader fills less than a page."""

from collections.abc import Mapping

from stacks.scanner.clues import Reader
from stacks.scanner.reading import functional, native, scripting

READERS: Mapping[str, Reader] = {**native.READERS, **functional.READERS, **scripting.READERS}
