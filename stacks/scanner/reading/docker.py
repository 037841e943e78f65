"""Dockerfiles and Containerfiles: the images they start from and copy from, what they install and what they run."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, UnreadableError
from stacks.scanner.reading.commands import command_clues
from stacks.scanner.reading.images import image_clues, substituted
from stacks.scanner.reading.shell import Command, commands

MOST_INSTRUCTIONS = 5_000
"""Instructions of one file that are read; people write a tenth of that."""
MOST_LINES = 50_000
LONGEST_VALUE = 1_000
"""Characters that the value of an argument may have."""

_FROM_OPTION = re.compile(r"--from=(\S+)")
_MOUNT_FROM = re.compile(r"--mount=\S*?\bfrom=([^,\s]+)")
_HERE = re.compile(r"<<-?(['\"]?)([A-Za-z_]\w*)\1")
_SHELL = re.compile(r"(?:(?:/bin/)?(?:ba)?sh(?: -\w+)?)?")
_SPARE = re.compile(r"(?:^|[-_.])(?:build|builder|ci|dev|development|lint|test|tests|testing)(?:$|[-_.\d])")


@dataclass(frozen=True, slots=True)
class _Instruction:
    line: int
    word: str
    rest: str
    body: str = ""
    """What its here-documents hold."""


@dataclass(slots=True)
class _Stage:
    """From one FROM to the next."""

    line: int
    image: str
    name: str
    instructions: list[_Instruction] = field(default_factory=list)


def read_dockerfile(manifest: Manifest) -> Iterator[Clue]:
    """Images are declared, what a layer installs or runs is configured; builders' images serve development only."""
    stages, arguments = _stages(manifest.text)
    names = {stage.name for stage in stages if stage.name}
    kept = _kept(stages)
    before = {""}
    for number, stage in enumerate(stages):
        spare = number not in kept
        if stage.image.lower() not in before:
            yield from image_clues(stage.image, stage.line, development=spare)
        before.add(stage.name)
        for instruction in stage.instructions:
            yield from _instruction_clues(instruction, names, arguments, spare=spare)


def _stages(text: str) -> tuple[list[_Stage], Mapping[str, str]]:
    """The stages, with the defaults of the arguments that stand before the first of them filled in."""
    stages: list[_Stage] = []
    arguments: dict[str, str] = {}
    for instruction in _instructions(text):
        if instruction.word == "FROM":
            stages.append(_stage(instruction, arguments))
        elif stages:
            stages[-1].instructions.append(instruction)
        elif instruction.word == "ARG":
            _take_defaults(instruction.rest, arguments)
    return stages, arguments


def _stage(instruction: _Instruction, arguments: Mapping[str, str]) -> _Stage:
    words = [word for word in instruction.rest.split() if not word.startswith("--")]
    name = words[2].lower() if len(words) > 2 and words[1].upper() == "AS" else ""
    return _Stage(instruction.line, substituted(words[0][:LONGEST_VALUE], arguments) if words else "", name)


def _take_defaults(rest: str, arguments: dict[str, str]) -> None:
    for word in rest.split():
        name, given, default = word.partition("=")
        if given:
            arguments[name] = substituted(default[:LONGEST_VALUE].strip("'\""), arguments)[:LONGEST_VALUE]


def _kept(stages: list[_Stage]) -> set[int]:
    """The stages that end up in an image to run: outputs, and what they start from."""
    places = {stage.name: number for number, stage in enumerate(stages) if stage.name}
    parents = {number: places[image] for number, stage in enumerate(stages) if (image := stage.image.lower()) in places}
    sources = {places.get(name, _number(name)) for stage in stages for name in _copied_from(stage)}
    used = sources | set(parents.values())
    last = len(stages) - 1
    kept = {number for number, stage in enumerate(stages) if number not in used and not _SPARE.search(stage.name)}
    kept.add(last)
    for number in range(last, -1, -1):
        if number in kept and number in parents and parents[number] < number:
            kept.add(parents[number])
    return kept


def _copied_from(stage: _Stage) -> Iterator[str]:
    for instruction in stage.instructions:
        yield from (name.lower() for name in _origins(instruction))


def _number(name: str) -> int:
    return int(name) if name.isdecimal() and len(name) < 5 else -1


def _origins(instruction: _Instruction) -> list[str]:
    """The stages or images that an instruction copies or mounts from."""
    if instruction.word in {"COPY", "ADD"}:
        return _FROM_OPTION.findall(_options(instruction.rest))
    if instruction.word == "RUN":
        return _MOUNT_FROM.findall(_options(instruction.rest))
    return []


def _options(rest: str) -> str:
    return " ".join(word for word in rest[:2_000].split() if word.startswith("--"))


def _instruction_clues(
    instruction: _Instruction, stages: set[str], arguments: Mapping[str, str], *, spare: bool
) -> Iterator[Clue]:
    for origin in _origins(instruction):
        if origin.lower() not in stages and _number(origin) < 0:
            yield from image_clues(substituted(origin, arguments), instruction.line, development=True)
    if instruction.word in {"RUN", "CMD", "ENTRYPOINT"}:
        yield from command_clues(_commands(instruction), certainty=Certainty.CONFIGURED, development=spare)


def _commands(instruction: _Instruction) -> Iterator[Command]:
    words = instruction.rest.lstrip(" \t\n")
    while words.startswith("--"):
        words = words.partition(" ")[2].lstrip()
    if words.startswith("["):
        yield from _exec_form(words, instruction.line)
        return
    if instruction.body and _SHELL.fullmatch(_HERE.sub("", words).strip()):
        yield from commands(instruction.body, instruction.line + 1)
    else:
        yield from commands(words, instruction.line)


def _exec_form(words: str, line: int) -> Iterator[Command]:
    try:
        parts = json.loads(words[:10_000])
    except (ValueError, RecursionError):
        return
    named = [part for part in parts if isinstance(part, str)] if isinstance(parts, list) else []
    if len(named) > 2 and named[0].rpartition("/")[2] in {"sh", "bash"} and named[1] in {"-c", "-lc", "-ec"}:
        yield from commands(named[2], line)
    elif named and named[0]:
        yield Command(line, tuple(named))


def _instructions(text: str) -> Iterator[_Instruction]:
    """Logical lines: continued ones joined with their line breaks kept, comments left out."""
    lines = text.split("\n", MOST_LINES)[:MOST_LINES]
    escape = "`" if re.match(r"(?:#.*\n)*?#[ \t]*escape[ \t]*=[ \t]*`", text[:500], re.IGNORECASE) else "\\"
    at = found = 0
    while at < len(lines):
        start = at
        joined, at = _logical_line(lines, at, escape)
        word, rest = _first_word(joined)
        if word.upper() == "ONBUILD":
            word, rest = _first_word(rest)
        body, at = _bodies(rest, lines, at) if word.upper() in {"RUN", "COPY", "ADD"} else ("", at)
        if word:
            found += 1
            yield _Instruction(start + 1, word.upper(), rest, body)
        if found == MOST_INSTRUCTIONS:
            raise UnreadableError(f"Only the first {MOST_INSTRUCTIONS:,} instructions were read.")


def _first_word(line: str) -> tuple[str, str]:
    word, rest = (*line.split(maxsplit=1), "", "")[:2]
    return word, rest


def _logical_line(lines: list[str], at: int, escape: str) -> tuple[str, int]:
    parts: list[str] = []
    while at < len(lines):
        line = lines[at].rstrip()
        at += 1
        if line.lstrip().startswith("#") or (parts and not line):
            parts += [""] if parts else []
            if parts:
                continue
            return "", at
        if not line.endswith(escape):
            parts.append(line)
            break
        parts.append(line[:-1])
    return " \\\n".join(parts) if len(parts) > 1 else "".join(parts), at


def _bodies(rest: str, lines: list[str], at: int) -> tuple[str, int]:
    """What the here-documents of a line hold, and where they are over."""
    held: list[str] = []
    for _, mark in _HERE.findall(rest[:2_000]):
        while at < len(lines) and lines[at].strip() != mark:
            held.append(lines[at])
            at += 1
        at += 1
    return "\n".join(held), at


READERS: Mapping[str, Reader] = {
    "Dockerfile": read_dockerfile,
    "Dockerfile.*": read_dockerfile,
    "Dockerfile-*": read_dockerfile,
    "*.Dockerfile": read_dockerfile,
    "*.dockerfile": read_dockerfile,
    "Containerfile": read_dockerfile,
    "Containerfile.*": read_dockerfile,
}
