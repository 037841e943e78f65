"""What a reader says of a small text, as lines that are easy to compare."""

from importlib import import_module

from stacks.scanner.clues import Clue, Manifest, UnreadableError
from stacks.scanner.reading import Registry


def told(module: str, path: str, text: str) -> list[str]:
    """The clues of a module's readers of this path, such as `docker postgres:16 in 3, declared, development`."""
    readers = import_module(f"stacks.scanner.reading.{module}").READERS
    registry = Registry((glob, module) for glob in readers)
    said: list[str] = []
    for reader in registry.readers(registry.rows(path)):
        try:
            said.extend(spoken(clue) for clue in reader(Manifest(path, text)))
        except UnreadableError as error:
            said.append(str(error))
    return said


def spoken(clue: Clue) -> str:
    """A clue as a line."""
    value = f"{clue.value}@{clue.version}" if clue.version else clue.value
    marks = (clue.certainty.name.lower(), *["transitive"] * (not clue.direct), *["development"] * clue.development)
    return f"{clue.sort} {value} in {clue.line}, {', '.join(marks)}"
