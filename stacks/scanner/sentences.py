"""Tokens of a program that belong together: sentences, and clauses with the blocks they stand in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stacks.scanner.clues import UnreadableError
from stacks.scanner.lexing import Kind, Token

LONGEST = 2_000
"""Tokens of one sentence; more are cut into several, so that a bracket left open swallows no more than that."""
DEEPEST = 60
"""Blocks within blocks."""
NO_NAMES = frozenset(("val", "def", "on", "named", "register", "create", "getByName"))
"""Words before the name of a block."""


def sentences(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each statement: to the end of the line, or further while a bracket or a comma is open."""
    sentence: list[Token] = []
    depth = 0
    for token in tokens:
        if token.kind is not Kind.NEWLINE and not token.is_mark(";"):
            sentence.append(token)
            depth = max(0, depth + token.is_mark("([{") - token.is_mark(")]}"))
        elif sentence and (len(sentence) > LONGEST or not (depth or sentence[-1].is_mark(",\\"))):
            yield sentence
            sentence, depth = [], 0
    if sentence:
        yield sentence


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two ends of line or curly brackets, and the names of the blocks around it."""

    path: tuple[str, ...]
    tokens: list[Token]

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.tokens[0].line

    @property
    def first(self) -> str:
        """Its first token if that is a word, else nothing."""
        return self.tokens[0].text if self.tokens[0].kind is Kind.WORD else ""

    @property
    def block(self) -> str:
        """The name of the innermost block, without what comes before its last dot."""
        return self.path[-1].rpartition(".")[2] if self.path else ""

    @property
    def strings(self) -> list[Token]:
        """Its strings."""
        return [token for token in self.tokens if token.kind is Kind.STRING]

    def has(self, *words: str) -> bool:
        """Whether one of these words stands in it."""
        return any(token.is_word(*words) for token in self.tokens)

    def value(self, key: str) -> Token | None:
        """The string after `key:` or `key =`."""
        return self._string_after(key, ":=")

    def argument(self, function: str) -> Token | None:
        """The string after `function(`."""
        return self._string_after(function, "(")

    def _string_after(self, word: str, marks: str) -> Token | None:
        for at, token in enumerate(self.tokens[:-2]):
            if token.is_word(word) and self.tokens[at + 1].is_mark(marks):
                return self.tokens[at + 2] if self.tokens[at + 2].kind is Kind.STRING else None
        return None


def clauses(tokens: Iterable[Token]) -> Iterator[Clause]:
    """Yield the clauses of a language with curly brackets; raise UnreadableError where blocks stand too deep."""
    path: tuple[str, ...] = ()
    depths, held = [0], list[Token]()
    for token in tokens:
        if token.is_mark("{};") or (token.kind is Kind.NEWLINE and not _goes_on(held, depths[-1])):
            if held:
                yield Clause(path, held)
            path = _moved(path, depths, token, held)
            held = []
        elif token.kind is not Kind.NEWLINE:
            held.append(token)
            depths[-1] = max(0, depths[-1] + token.is_mark("([") - token.is_mark(")]"))
    if held:
        yield Clause(path, held)


def _moved(path: tuple[str, ...], depths: list[int], token: Token, held: list[Token]) -> tuple[str, ...]:
    """The blocks around what follows a clause's end; for each, `depths` counts the brackets open in it."""
    if token.is_mark("{"):
        if len(path) >= DEEPEST:
            raise UnreadableError("Its blocks are nested too deeply.")
        depths.append(0)
        return (*path, next((token.text for token in held if _names_a_block(token)), ""))
    if token.is_mark("}") and path:
        depths.pop()
        return path[:-1]
    return path


def _names_a_block(token: Token) -> bool:
    return token.kind is not Kind.MARK and token.text not in NO_NAMES


def _goes_on(held: list[Token], depth: int) -> bool:
    return bool(held) and len(held) <= LONGEST and (depth > 0 or held[-1].is_mark(",="))
