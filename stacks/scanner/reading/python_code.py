"""Python that says what it needs as code: setup.py and noxfile.py. It is parsed and never run."""

import ast
import warnings
from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Clue, Manifest, Reader, Sort, UnreadableError
from stacks.scanner.naming import pypi
from stacks.scanner.reading.python import for_development
from stacks.scanner.requirements import required

LENGTH = 200_000
"""Characters of code; a tree of it takes a hundred times as much memory."""
DEEP = 100
"""How many lists may stand in one another or be added up."""
LISTS = {"install_requires": False, "setup_requires": True, "tests_require": True}
"""Arguments of setup() that list requirements, and whether for development only."""


def read_setup(manifest: Manifest) -> Iterator[Clue]:
    """Yield what a setup.py passes to setup() as plain lists, or by the name of one."""
    tree = _tree(manifest.text)
    names = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node.func) == "setup":
            for keyword in node.keywords:
                yield from _argument(keyword, names)


def _tree(text: str) -> ast.Module:
    if len(text) > LENGTH:
        raise UnreadableError("It is too long for a script that says what it needs.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UnreadableError("It is not Python of today.") from None


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _argument(keyword: ast.keyword, names: Mapping[str, ast.expr]) -> Iterator[Clue]:
    if keyword.arg == "name" and isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str):
        yield Clue(Sort.OWN, f"pkg:pypi/{pypi(keyword.value.value)}", keyword.value.lineno)
    elif keyword.arg in LISTS:
        yield from _listed(keyword.value, names, development=LISTS[keyword.arg])
    elif keyword.arg == "extras_require":
        extras = _behind(keyword.value, names)
        if isinstance(extras, ast.Dict):
            for key, value in zip(extras.keys, extras.values, strict=True):
                group = str(key.value) if isinstance(key, ast.Constant) else ""
                yield from _listed(value, names, development=for_development(group))


def _behind(value: ast.expr, names: Mapping[str, ast.expr]) -> ast.expr:
    return names.get(value.id, value) if isinstance(value, ast.Name) else value


def _listed(value: ast.expr, names: Mapping[str, ast.expr], *, development: bool) -> Iterator[Clue]:
    for constant in _constants(value, dict(names), DEEP):
        for number, text in enumerate(str(constant.value).split("\n")):
            yield from required(text, constant.lineno + number, development=development)


def _constants(value: ast.expr, names: dict[str, ast.expr], deep: int) -> Iterator[ast.Constant]:
    """The strings of a list, of lists added up, and of lists that have names; each name is followed once."""
    if isinstance(value, ast.Name):
        value = names.pop(value.id, value)
    parts: list[ast.expr] = []
    match value:
        case ast.Constant(value=str()):
            yield value
        case ast.BinOp():
            parts = [value.left, value.right]
        case ast.List() | ast.Tuple() | ast.Set():
            parts = value.elts
        case ast.Starred():
            parts = [value.value]
        case _:
            pass
    for part in parts if deep else ():
        yield from _constants(part, names, deep - 1)


def read_nox(manifest: Manifest) -> Iterator[Clue]:
    """Yield what the sessions of a noxfile.py install."""
    for node in ast.walk(_tree(manifest.text)):
        if isinstance(node, ast.Call) and _called(node.func) in ("install", "conda_install"):
            for item in node.args:
                if isinstance(item, ast.Constant) and isinstance(item.value, str) and item.value[:1] not in "-.":
                    yield from required(item.value, item.lineno, development=True)


READERS: Mapping[str, Reader] = {"setup.py": read_setup, "noxfile.py": read_nox}
