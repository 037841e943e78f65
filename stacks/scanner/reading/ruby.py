"""Ruby: Gemfile, gems.rb, their locks, and gemspecs."""

from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from stacks.scanner.clues import Clue, Manifest, Reader
from stacks.scanner.lexing import RUBY, Kind, Token
from stacks.scanner.packages import locked, own, package
from stacks.scanner.sentences import sentences

BLOCKS = ("if", "unless", "case", "begin", "def", "while", "until", "class", "module", "for")
DEVELOPMENT = frozenset(
    (
        *("development", "test", "tests", "dev", "ci", "lint", "linting", "linters", "rubocop", "docs", "doc"),
        *("documentation", "debug", "tools", "tooling", "benchmark", "benchmarks", "profile", "local", "deploy"),
        *("deployment", "release", "guard", "cucumber", "rspec", "integration", "e2e", "quality", "metrics", "irb"),
    )
)
"""Names by which groups of gems are known that no running program loads."""
NEEDS = {"add_dependency": False, "add_runtime_dependency": False, "add_development_dependency": True}
"""How a gemspec says what it needs, and whether for development only."""


def read_gemfile(manifest: Manifest) -> Iterator[Clue]:
    """Yield the gems that a Gemfile asks for, except those in folders of the project."""
    blocks: list[tuple[bool, bool]] = [(False, False)]
    for sentence in sentences(RUBY.tokens(manifest.text)):
        first = sentence[0]
        if first.is_word("__END__"):
            return
        if first.is_word("gem") and not blocks[-1][1]:
            yield from _gem(sentence, development=blocks[-1][0])
        elif first.is_word("end") and len(blocks) > 1:
            blocks.pop()
        if opens(sentence):
            blocks.append(_block(sentence, *blocks[-1]))


def _block(sentence: list[Token], development: bool, inside: bool) -> tuple[bool, bool]:  # noqa: FBT001  # a block's two
    """Whether what stands in a block is for development, and whether it stands in a folder of the project."""
    if sentence[0].is_word("group"):
        return development or _is_for_development(_symbols(sentence)), inside
    return development, inside or sentence[0].is_word("path")


def opens(sentence: list[Token]) -> bool:
    """Whether a line of Ruby begins a block that an `end` will close."""
    if sentence[-1].is_word("end"):
        return False
    begins = sentence[0].is_word(*BLOCKS) or any(
        token.is_word("if", "unless", "case", "begin") and sentence[at - 1].is_mark("=")
        for at, token in enumerate(sentence[1:], 1)
    )
    return begins or any(token.is_word("do") for token in sentence)


def _gem(sentence: list[Token], *, development: bool) -> Iterator[Clue]:
    words = sentence[2:] if sentence[1:] and sentence[1].is_mark("(") else sentence[1:]
    options = _options(sentence)
    if not words or words[0].kind is not Kind.STRING or "path" in options:
        return
    groups = options.get("group") or options.get("groups") or []
    has_version = len(words) > 2 and words[1].is_mark(",") and words[2].kind is Kind.STRING  # its place
    yield from package(
        "gem",
        words[0].text,
        words[0].line,
        development=development or _is_for_development(groups),
        version=words[2].text if has_version else "",
    )


def _options(sentence: list[Token]) -> dict[str, list[str]]:
    """The words and strings under each key, written `key: value` or `:key => value`."""
    options: dict[str, list[str]] = {}
    values: list[str] = []
    for at, token in enumerate(sentence):
        after = sentence[at + 1 : at + 3]
        arrow = len(after) == 2 and after[0].is_mark("=") and after[1].is_mark(">")  # both signs of =>
        colon = bool(after) and after[0].is_mark(":")
        if token.kind is Kind.WORD and (arrow or colon):
            values = options.setdefault(token.text, [])
        elif token.kind in {Kind.WORD, Kind.STRING}:
            values.append(token.text)
    return options


def _symbols(sentence: Iterable[Token]) -> list[str]:
    return [
        token.text
        for token in sentence
        if token.kind in {Kind.WORD, Kind.STRING} and not token.is_word("group", "do", "optional", "true", "false")
    ]


def _is_for_development(groups: list[str]) -> bool:
    return bool(groups) and all(group.lower() in DEVELOPMENT for group in groups)


def read_gemspec(manifest: Manifest) -> Iterator[Clue]:
    """Yield the gems that a gemspec says its gem needs."""
    for sentence in sentences(RUBY.tokens(manifest.text)):
        needs = [NEEDS.get(token.text.rpartition(".")[2]) for token in sentence if token.kind is Kind.WORD]
        development = next((need for need in needs if need is not None), None)
        name = next((token for token in sentence if token.kind is Kind.STRING), None)
        if name and sentence[0].text.endswith(".name"):
            yield from own("gem", name.text, name.line)
        if name and development is not None:
            yield from package("gem", name.text, name.line, development=development)


def read_lock(manifest: Manifest) -> Iterator[Clue]:
    """Yield the gems of a Gemfile.lock; direct are those under DEPENDENCIES and what gems of the project need."""
    own, direct = set[str](), set[str]()
    pinned: dict[str, tuple[int, str]] = {}
    section = ""
    for number, line in enumerate(StringIO(manifest.text), 1):
        if line == "\n":
            continue
        name, _, version = line.strip().partition(" ")
        depth = len(line) - len(line.lstrip(" "))
        if not depth:
            section = line.strip()
        elif section == "DEPENDENCIES" or (section == "PATH" and depth == 6):  # what a gem needs
            direct.add(name.rstrip("!"))
        elif depth == 4:  # a gem's own line
            pinned.setdefault(name, (number, version))
            own.update({name} if section == "PATH" else ())
    for name, (number, version) in pinned.items():
        if name not in own:
            yield from locked("gem", name, number, direct=name in direct, version=version.strip("()"))


READERS: Mapping[str, Reader] = {
    "Gemfile": read_gemfile,
    "gems.rb": read_gemfile,
    "*.gemspec": read_gemspec,
    "Gemfile.lock": read_lock,
    "gems.locked": read_lock,
}
