"""Go: `go.mod`, `go.sum` and `go.work`."""

from collections.abc import Iterator, Mapping
from io import StringIO

from stacks.scanner.clues import Clue, Manifest, Reader
from stacks.scanner.lexing import written_by_hand
from stacks.scanner.packages import locked, own, package

PARTS = 20
"""Of a package's path that may name its module."""


def read_mod(manifest: Manifest) -> Iterator[Clue]:
    """Yield the modules that a `go.mod` requires, except those that it replaces by a folder."""
    directives = list(_directives(written_by_hand(manifest.text)))
    local = {words[0] for _, verb, words, _ in directives if verb == "replace" and _leads_to_a_folder(words)}
    tools = {part for _, verb, words, _ in directives if verb == "tool" for part in _parents(words[0])}
    for line, verb, words, comment in directives:
        if verb == "module" and words:
            yield from own("golang", words[0], line)
        if verb == "require" and words[0] not in local:
            named = words[0] in tools
            yield from package(
                "golang",
                words[0],
                line,
                direct=named or not comment.startswith("indirect"),
                development=named,
                version=words[1] if len(words) > 1 else "",
            )


def _directives(text: str) -> Iterator[tuple[int, str, list[str], str]]:
    """Yield line, verb, words and comment of each directive, with blocks taken apart."""
    block = ""
    for number, line in enumerate(text.split("\n"), 1):
        code, _, comment = line.partition("//")
        words = code.replace('"', " ").replace("`", " ").split()
        if words == [")"]:
            block = ""
        elif words and words[-1] == "(":
            block = words[0]
        elif words and (block or len(words) > 1):
            yield number, block or words[0], words if block else words[1:], comment.strip()


def _parents(path: str) -> Iterator[str]:
    """A package of a module and the paths that may be that module's."""
    parts = path.split("/")[:PARTS]
    yield from ("/".join(parts[:end]) for end in range(1, len(parts) + 1))


def _leads_to_a_folder(words: list[str]) -> bool:
    """Whether a replacement such as `a => ../b` is a folder of the project, and no other module."""
    return "=>" in words[:-1] and words[words.index("=>") + 1].startswith((".", "/"))


def read_sum(manifest: Manifest) -> Iterator[Clue]:
    """Yield the modules that a `go.sum` has seen, once each; what is only needed for its `go.mod` is left out."""
    seen = set()
    for number, line in enumerate(StringIO(manifest.text), 1):
        words = line.split(" ", 2)
        if len(words) == 3 and not words[1].endswith("/go.mod") and words[0] not in seen:  # a line's
            seen.add(words[0])
            yield from locked("golang", words[0], number, version=words[1])


READERS: Mapping[str, Reader] = {"go.mod": read_mod, "go.sum": read_sum}
