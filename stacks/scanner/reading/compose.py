"""Compose files: the images of services, what they run and what they are told to connect to."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.parsing import read_yaml
from stacks.scanner.reading.commands import command_clues
from stacks.scanner.reading.images import image_clues, substituted
from stacks.scanner.reading.settings import setting_clues
from stacks.scanner.reading.shell import Command, commands
from stacks.scanner.reading.trees import at, first_line, key_line, line, one_or_many, rows, table, text

_SPARE = re.compile(r"(?:^|[-_.])(?:ci|dev|development|e2e|test|tests|testing)(?:[-_.]|$)")


def read_compose(manifest: Manifest) -> Iterator[Clue]:
    """Images are declared; a service that is only built, or commented out, says nothing."""
    spare = bool(_SPARE.search(manifest.name))
    for document in read_yaml(manifest.text):
        if "services" in table(document):
            number = key_line(table(document), "services")
            yield Clue(Sort.TOOL, "docker-compose", number, Certainty.CONFIGURED, development=spare)
        found: dict[tuple[Sort, str], Clue] = {}
        for service in table(table(document).get("services", _old_services(document))).values():
            for clue in _service_clues(table(service), spare=spare or _for_tests(service)):
                found.setdefault((clue.sort, clue.value), clue)
        yield from found.values()
        for network in table(at(document, "networks")).values():
            if at(network, "driver") == "overlay":
                yield Clue(Sort.TOOL, "docker-swarm", line(at(network, "driver")), Certainty.CONFIGURED)


def _old_services(document: Any) -> Any:
    """Files of version 1 had no `services`."""
    return {name: service for name, service in table(document).items() if at(service, "image") or at(service, "build")}


def _for_tests(service: Any) -> bool:
    profiles = rows(at(service, "profiles"))
    return bool(profiles) and all(_SPARE.search(text(profile)) for profile in profiles)


def _service_clues(service: Mapping[str, Any], *, spare: bool) -> Iterator[Clue]:
    if "build" not in service:
        image = text(service.get("image"))
        yield from image_clues(substituted(image, {}), line(image), development=spare)
    for origin in table(at(service, "build", "args")).values():
        yield from _argument_clues(origin, spare=spare)
    for word in ("command", "entrypoint"):
        yield from command_clues(_commands(service.get(word)), certainty=Certainty.CONFIGURED, development=spare)
    yield from setting_clues(_environment(service.get("environment")), development=spare)


def _argument_clues(value: Any, *, spare: bool) -> Iterator[Clue]:
    """Arguments such as `BASE_IMAGE: python:3.12` name an image only if they have a tag."""
    if re.fullmatch(r"[a-z][a-z0-9/._-]*:[\w.-]+", text(value)) and "//" not in value:
        yield from image_clues(value, line(value), certainty=Certainty.MENTIONED, development=spare)


def _commands(value: Any) -> Iterator[Command]:
    if isinstance(value, list):
        words = tuple(text(word) for word in value)
        if len(words) > 2 and words[1] in {"-c", "-lc", "-ec"}:
            yield from commands(words[2], first_line(value[2]))
        elif words and words[0]:
            yield Command(line(value[0]), words)
    elif text(value):
        yield from commands(value, first_line(value))


def _environment(value: Any) -> Iterator[tuple[str, str, int]]:
    """(name, value, line) of a service's variables, in either spelling."""
    if isinstance(value, dict):
        for name, given in value.items():
            yield name, substituted(text(given), {}), line(name)
    for entry in one_or_many(value):
        name, _, given = text(entry).partition("=")
        yield name, substituted(given, {}), line(entry)


READERS: Mapping[str, Reader] = {
    f"{name}{ending}": read_compose
    for name in ("docker-compose", "docker-compose.*", "docker-compose-*", "compose", "compose.*", "*.compose")
    for ending in (".yml", ".yaml")
}
