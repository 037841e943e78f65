"""YAML files into plain documents, checked against a JSON Schema; whatever is wrong is told with file and line."""

import hashlib
import json
import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

type Document = dict[str, Any]
MAX_BYTES = 1_000_000
MAX_DEPTH = 20
# Control characters (line breaks among them), invisible ones, and those that turn the direction of the text.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]")


class Refused(Exception):  # noqa: N818  # a file is refused: that is the house's word for it
    """A file that cannot be taken, with the line (from 1) and the reason in a sentence."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class _Loader(yaml.CSafeLoader):
    """YAML 1.2's idea of plain words: booleans are true and false, numbers are decimal, and dates stay text."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}$"), list("-0123456789")
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@dataclass(frozen=True)
class CatalogueText:
    """One file as it lies on disk: its path in the catalogue, its text, and the digest of its bytes."""

    path: str
    text: str
    digest: str = field(repr=False)

    @classmethod
    def read(cls, root: Path, file: Path) -> "CatalogueText":
        """Read one file; raise Refused if it is too large, unreadable or not UTF-8."""
        path = file.relative_to(root).as_posix()
        try:
            data = file.read_bytes()
            if len(data) > MAX_BYTES:
                raise Refused(path, 1, f"the file is larger than {MAX_BYTES:,} bytes")
            return cls(path, data.decode(), hashlib.sha256(data).hexdigest())
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise Refused(path, line, "the file is not UTF-8 text") from error
        except OSError as error:
            raise Refused(path, 1, f"the file cannot be read: {error.strerror}") from error


@cache
def _validator(schema: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema.read_text()), format_checker=Draft202012Validator.FORMAT_CHECKER)


def document(source: CatalogueText, schema: Path) -> Document:
    """Parse and check one file; raise Refused at the first thing that is wrong."""
    node = _compose(source)
    value = _construct(source, node)
    error = best_match(_validator(schema).iter_errors(value))
    if error is not None:
        raise Refused(source.path, line_of(node, error.absolute_path), _sentence(error))
    assert isinstance(value, dict)
    return value


def position(source: CatalogueText, steps: Iterable[Hashable]) -> int:
    """The line (from 1) at which the value reached by `steps` stands in the file."""
    return line_of(_compose(source), steps)


def _compose(source: CatalogueText) -> yaml.Node:
    try:
        _refuse_strange(source)
        node = yaml.compose(source.text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise Refused(source.path, mark.line + 1 if mark else 1, f"the file is not YAML: {problem}") from error
    if node is None:
        raise Refused(source.path, 1, "the file is empty")
    return node


def _refuse_strange(source: CatalogueText) -> None:
    """Refuse depth, anchors and tags before anything is built of them: libyaml builds by recursion, and would crash."""
    depth = 0
    for event in yaml.parse(source.text, _Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise Refused(source.path, line, f"the file is nested deeper than {MAX_DEPTH} levels")
        if getattr(event, "anchor", None):
            raise Refused(source.path, line, "anchors and aliases are not used here")
        if getattr(event, "tag", None):
            raise Refused(source.path, line, "tags are not used here")
        if isinstance(event, yaml.ScalarEvent) and UNSEEN.search(event.value):
            raise Refused(source.path, line, "a text holds a character that cannot be seen, or a line break")


def _construct(source: CatalogueText, node: yaml.Node) -> Any:
    _refuse_doubles(source, node)
    loader = _Loader("")
    try:
        return loader.construct_document(node)
    except (yaml.YAMLError, ValueError) as error:
        raise Refused(source.path, node.start_mark.line + 1, f"the file cannot be read as data: {error}") from error
    finally:
        loader.dispose()


def _refuse_doubles(source: CatalogueText, node: yaml.Node) -> None:
    """YAML lets a later key silently replace an earlier one; here that is a mistake."""
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, yaml.SequenceNode):
            pending.extend(current.value)
        elif isinstance(current, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in current.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise Refused(source.path, key.start_mark.line + 1, "a key must be a plain word")
                if key.value in keys:
                    raise Refused(source.path, key.start_mark.line + 1, f"“{key.value}” stands here a second time")
                keys.add(key.value)
                pending.append(value)


def line_of(node: yaml.Node, steps: Iterable[Hashable]) -> int:
    """Follow keys and indices from a node as far as they lead; the line (from 1) where that ends."""
    line = node.start_mark.line
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = (node.value[step], node.value[step])
        else:
            found = None
        if found is None:
            break
        line, node = found[0].start_mark.line, found[1]
    return int(line) + 1


def _sentence(error: ValidationError) -> str:
    where = ".".join(str(step) for step in error.absolute_path)
    what = error.schema.get("description") if isinstance(error.schema, dict) else None
    message = f"{error.message} ({what})" if what else error.message
    return f"{where}: {message}" if where else message
