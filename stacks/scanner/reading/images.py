"""Names of container images, as people write them and as the catalogue does."""

import re
from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Certainty, Clue, Sort

_HUB = ("docker.io/", "index.docker.io/", "registry-1.docker.io/", "registry.hub.docker.com/", "mirror.gcr.io/")
_OFFICIAL = ("library/", "public.ecr.aws/docker/library/")
_MIRRORS = frozenset(
    ("cache", "docker-hub", "docker-proxy", "docker.io", "dockerhub", "library", "mirror", "mirrors", "proxy")
)
"""Folders of a registry of one's own that hold what the hub holds."""
_PROXIES = ("CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX", "CI_DEPENDENCY_PROXY_DIRECT_GROUP_IMAGE_PREFIX")
_IMAGE = re.compile(r"(?:[a-zA-Z0-9][\w.-]*(?::\d{1,5})?/)?[a-z0-9][a-z0-9_.-]*(?:/[a-z0-9][a-z0-9_.-]*)*", re.ASCII)
_VARIABLE = re.compile(
    r"\$(?:(?P<plain>[A-Za-z_]\w*)|\{(?P<name>[A-Za-z_]\w*)(?:(?P<how>:?[-+?])(?P<other>[^{}$]*))?\})", re.ASCII
)
LONGEST = 300
"""Characters that a reference to an image may have."""


def substituted(text: str, values: Mapping[str, str]) -> str:
    """The text with `$NAME`, `${NAME}` and `${NAME:-default}` filled in; what nobody knows stays as it is."""

    def value(found: re.Match[str]) -> str:
        known = values.get(found["plain"] or found["name"])
        if (found["how"] or "").endswith("+"):
            return found["other"] if known else ""
        if known:
            return known
        return found["other"] if (found["how"] or "").endswith("-") else found[0]

    return _VARIABLE.sub(value, text)


def image_name(reference: str) -> str | None:
    """The image without tag, digest and the hub's own prefixes; None for what names no image for certain."""
    name = _without_proxy(reference.strip())
    if len(name) > LONGEST:
        return None
    name = name.removeprefix("docker://").partition("@")[0]
    start, slash, last = name.rpartition("/")
    name = start + slash + last.partition(":")[0]
    if not _IMAGE.fullmatch(name) or name == "scratch":
        return None
    return _at_home(name)


def image_clues(
    reference: str, line: int, *, certainty: Certainty = Certainty.DECLARED, development: bool = False
) -> Iterator[Clue]:
    """The clue that a reference such as `docker.io/library/postgres:16@sha256:…` is, if it names an image."""
    name = image_name(reference)
    if name:
        yield Clue(Sort.DOCKER, name, line, certainty, development=development, version=_tag(reference))


def _without_proxy(reference: str) -> str:
    for proxy in _PROXIES:
        for prefix in (f"${{{proxy}}}/", f"${proxy}/"):
            reference = reference.removeprefix(prefix)
    return reference


def _at_home(name: str) -> str:
    for prefix in (*_HUB, *_OFFICIAL):
        name = name.removeprefix(prefix)
    host, slash, path = name.partition("/")
    if slash and ("." in host or ":" in host):
        parts = path.split("/")
        mirrored = next((at for at, part in enumerate(parts[:-1]) if part in _MIRRORS), -1)
        return "/".join(parts[mirrored + 1 :]).removeprefix("library/") if mirrored >= 0 else name
    return name


def _tag(reference: str) -> str:
    tag = reference.strip().partition("@")[0].rpartition("/")[2].partition(":")[2]
    return "" if "$" in tag else tag
