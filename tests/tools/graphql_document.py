"""As much of GraphQL as one question needs: the document and its variables in, the answer's data out.

A field that the objects do not have is an error here as it is at GitHub, so that a misspelt question is found out.
"""

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TOKENS = re.compile(r"\.\.\.|[A-Za-z_]\w*|-?\d+|\"[^\"]*\"|[{}()\[\]:$!]")
type Arguments = dict[str, Any]


class GraphQLError(Exception):
    """Why a document cannot be answered, as GitHub words it."""


@dataclass(frozen=True)
class Field:
    alias: str
    name: str
    arguments: Arguments
    fields: "list[Field | str]"
    """A string is the name of a fragment."""


class Document:
    """A query with its fragments, read."""

    def __init__(self, text: str, variables: Mapping[str, Any]) -> None:
        self._tokens = deque(TOKENS.findall(text))
        self._variables = variables
        self._declared: set[str] = set()
        self.fragments: dict[str, list[Field | str]] = {}
        self.fields: list[Field | str] = []
        while self._tokens:
            self._definition()

    def select(self, fields: list[Field | str], values: Mapping[str, Any], kind: str) -> dict[str, Any]:
        """Return what the fields select of the values."""
        chosen: dict[str, Any] = {}
        for field in self.flat(fields):
            if field.name not in values:
                raise GraphQLError(f"Field '{field.name}' doesn't exist on type '{kind}'")
            chosen[field.alias] = self._value(field, values[field.name])
        return chosen

    def flat(self, fields: list[Field | str]) -> list[Field]:
        """Return the fields with the fragments' fields in place of their names."""
        flat: list[Field] = []
        for field in fields:
            flat += self.flat(self.fragments[field]) if isinstance(field, str) else [field]
        return flat

    def _value(self, field: Field, value: Any) -> Any:
        if callable(value):
            value = value(**field.arguments)
        if isinstance(value, list):
            return [self._value(field, one) for one in value]
        return self.select(field.fields, value, field.name) if isinstance(value, dict) else value

    def _definition(self) -> None:
        match self._take():
            case "query":
                if self._next("("):
                    self._declarations()
                self.fields = self._selection()
            case "fragment":
                name, _, _ = self._take(), self._take("on"), self._take()
                self.fragments[name] = self._selection()
            case other:
                raise GraphQLError(f"Parse error on {other!r}")

    def _declarations(self) -> None:
        self._take("(")
        while not self._next(")"):
            self._take("$")
            self._declared.add(self._take())
            self._take(":"), self._take("String"), self._take("!")
        self._take(")")

    def _selection(self) -> list[Field | str]:
        fields: list[Field | str] = []
        self._take("{")
        while not self._next("}"):
            fields.append(self._field())
        self._take("}")
        return fields

    def _field(self) -> Field | str:
        name = self._take()
        if name == "...":
            return self._take()
        alias = name
        if self._next(":"):
            self._take(":")
            name = self._take()
        arguments = self._arguments("(", ")") if self._next("(") else {}
        return Field(alias, name, arguments, self._selection() if self._next("{") else [])

    def _arguments(self, begin: str, end: str) -> Arguments:
        arguments: Arguments = {}
        self._take(begin)
        while not self._next(end):
            name, _ = self._take(), self._take(":")
            arguments[name] = self._argument()
        self._take(end)
        return arguments

    def _argument(self) -> Any:
        if self._next("{"):
            return self._arguments("{", "}")
        value = self._take()
        if value != "$":
            return int(value) if value.isdigit() else value.strip('"')
        name = self._take()
        if name not in self._declared or not isinstance(self._variables.get(name), str):
            raise GraphQLError(f"Variable ${name} of type String! was provided invalid value")
        return self._variables[name]

    def _next(self, token: str) -> bool:
        return bool(self._tokens) and self._tokens[0] == token

    def _take(self, token: str = "") -> str:
        if not self._tokens or (token and self._tokens[0] != token):
            raise GraphQLError(f"Parse error, expected {token!r}")
        taken: str = self._tokens.popleft()
        return taken
