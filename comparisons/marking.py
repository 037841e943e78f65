"""Where a sentence first names each compared tool, so that a page can tell them apart at a glance. Pure."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple


class Part(NamedTuple):
    """A stretch of a sentence; `place` is the place from one of the tool it names, 0 where it names none."""

    text: str
    place: int


def parts(text: str, names: Sequence[str]) -> Sequence[Part]:
    """The sentence in stretches which, put together again, are the sentence."""
    return tuple(_parts(text, tuple(names)))


def _parts(text: str, names: tuple[str, ...]) -> Iterator[Part]:
    end, left = 0, set(names)
    for found in _pattern(names).finditer(text):
        if found[0] not in left:
            continue
        left.remove(found[0])
        if found.start() > end:
            yield Part(text[end : found.start()], 0)
        yield Part(found[0], names.index(found[0]) + 1)
        end = found.end()
    if end < len(text):
        yield Part(text[end:], 0)


@lru_cache(maxsize=512)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """The names as words of their own: not "Go" in "Google", "C" in "C++" or "React" in "React Native"."""
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w.+#-])(?:{alternatives})(?![\w+#]|[.-]\w| [A-Z])")
