"""Scala: sbt's and Mill's builds."""

from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Clue, Manifest, Reader
from stacks.scanner.lexing import SCALA, Kind, Token
from stacks.scanner.packages import package, tool
from stacks.scanner.reading.gradle import artifact

PLUGINS = {
    "PlayScala": "play-framework",
    "PlayJava": "play-framework",
    "PlayService": "play-framework",
    "PlayMinimalJava": "play-framework",
}
"""What `enablePlugins` may name."""
RUNNING = ("org.playframework", "com.typesafe.play")
"""Groups of plugins that decide what runs."""
BUILDING = frozenset(("addSbtPlugin", "addCompilerPlugin", "compilerPlugin"))


def read_sbt(manifest: Manifest) -> Iterator[Clue]:
    """Yield the modules, `"group" %% "artifact" % "version" % Test`, and Play's plugins of a build of sbt."""
    tokens = [token for token in SCALA.tokens(manifest.text) if token.kind is not Kind.NEWLINE]
    for at, token in enumerate(tokens):
        if token.kind is Kind.WORD and token.text in PLUGINS:
            yield tool(PLUGINS[token.text], token.line)
        elif token.kind is Kind.STRING:
            yield from _module(tokens, at)


def _module(tokens: list[Token], at: int) -> Iterator[Clue]:
    group = tokens[at]
    parts: list[Token] = []
    end = at + 1
    while end < len(tokens) and len(parts) < 3 and tokens[end].is_mark("%"):  # artifact, version, scope
        while end < len(tokens) and tokens[end].is_mark("%"):
            end += 1
        parts.extend(tokens[end : end + 1])
        end += 1
    if not parts or parts[0].kind is not Kind.STRING or tokens[at - 1].is_mark("%"):
        return
    before = next((token.text for token in reversed(tokens[max(0, at - 2) : at]) if token.kind is Kind.WORD), "")
    built = before in BUILDING and not group.text.startswith(RUNNING)
    tested = any("test" in part.text.lower() for part in parts[2:])
    version = parts[1].text if len(parts) > 1 and parts[1].kind is Kind.STRING else ""
    name = f"{group.text}/{parts[0].text}"
    yield from package("maven", name, group.line, development=built or tested, version=version)


def read_mill(manifest: Manifest) -> Iterator[Clue]:
    """Yield the modules, `ivy"group::artifact:version"`, of a build of Mill, and its language."""
    before = Token(Kind.NEWLINE, "", 0)
    for token in SCALA.tokens(manifest.text):
        if token.is_word("ScalaModule", "SbtModule", "CrossScalaModule") and not before.is_mark("."):
            yield tool("scala", token.line)
        if token.kind is Kind.STRING and before.is_word("ivy", "mvn"):
            yield from artifact(token.text.replace(":::", ":").replace("::", ":"), token.line)
        before = token


READERS: Mapping[str, Reader] = {
    "*.sbt": read_sbt,
    "project/*.scala": read_sbt,
    "build.sc": read_mill,
    "build.mill": read_mill,
}
