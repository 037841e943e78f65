"""One spelling for the many ways in which packages, images, actions and tools are written."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from stacks.scanner.clues import Sort

ESCAPED = re.compile(r"%([0-7][0-9A-Fa-f])")
RUNS = re.compile(r"[-_.]+")
NOT_WORDS = re.compile(r"[^a-z0-9+#]+")
MAJOR = re.compile(r"(/v\d+|\.v\d+)$")
SCALA = re.compile(r"_(2\.1[0-3]|3)$")
HOSTS = ("index.docker.io/", "registry-1.docker.io/", "registry.hub.docker.com/", "docker.io/", "mirror.gcr.io/")
OFFICIAL = "library/"
"""The folder of official images, at Docker Hub and in every mirror of it."""
REBUILDERS = frozenset(
    (
        *("amd64", "arm32v5", "arm32v6", "arm32v7", "arm64v8", "i386", "ppc64le", "s390x"),
        *("bitnami", "bitnamilegacy", "bitnamisecure", "cimg", "circleci", "chainguard", "cgr.dev/chainguard"),
        *("public.ecr.aws/bitnami", "public.ecr.aws/ubuntu", "ubuntu", "sclorg", "quay.io/sclorg", "dhi.io"),
    )
)
"""Those who build official software again, under the name that the official image has."""


def folded(name: str) -> str:
    """A tool's name without case, spaces and dots, so that `Next.js`, `next-js` and `NextJS` are one."""
    return NOT_WORDS.sub("", name.lower())


def unescaped(text: str) -> str:
    """The text with `%40` and the like as the characters they stand for."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "%" in text else text


@lru_cache(maxsize=16384)
def purl(value: str) -> str:
    """A package URL without version, qualifiers and escapes, its name as the type's registry compares names."""
    kind, _, name = unescaped(value.removeprefix("pkg:").split("?", 1)[0].split("#", 1)[0]).partition("/")
    kind = kind.lower()
    at = name.rfind("@")
    name = name[:at] if at > 0 and name[at - 1] != "/" else name
    return f"pkg:{kind}/{PACKAGES.get(kind, str)(name.strip('/'))}"


def pypi(name: str) -> str:
    """A Python package as PEP 503 compares names."""
    return RUNS.sub("-", name).lower()


def go_module(path: str) -> str:
    """A Go module without the major version that ends its path."""
    return MAJOR.sub("", path.lower())


def swift_package(path: str) -> str:
    """A Swift package as `owner/name`."""
    return path.lower().removeprefix("github.com/").removesuffix(".git")


def maven_artifact(name: str) -> str:
    """A Maven artifact without the Scala version that ends its name; `group:artifact` is `group/artifact`."""
    return SCALA.sub("", name.replace(":", "/"))


def image(value: str) -> str:
    """An image without registry's own names, tag and digest."""
    name = value.lower().partition("@")[0]
    head, slash, last = name.rpartition("/")
    name = f"{head}{slash}{last.partition(':')[0]}"
    for host in HOSTS:
        name = name.removeprefix(host)
    return name if f"/{OFFICIAL}" not in f"/{name}" else name.rpartition(OFFICIAL)[2]


def lower(value: str) -> str:
    """The value without case."""
    return value.lower()


PACKAGES: Mapping[str, Callable[[str], str]] = {
    "npm": lower,
    "pypi": pypi,
    "golang": go_module,
    "composer": lower,
    "nuget": lower,
    "hex": lower,
    "pub": lower,
    "cargo": lambda name: name.lower().replace("_", "-"),
    "swift": swift_package,
    "maven": maven_artifact,
    "github": lower,
    "shards": lower,
    "conda": lower,
    "bower": lower,
    "jsr": lower,
}

ELSEWHERE = {"pkg:bower": "pkg:npm", "pkg:conda": "pkg:pypi"}
"""Registries whose packages mostly go by the names that they have in another."""

CANONICAL: Mapping[Sort, Callable[[str], str]] = {
    Sort.PURL: purl,
    Sort.DOCKER: image,
    Sort.FILE: str,
    Sort.GITHUB_ACTION: lower,
    Sort.TERRAFORM_PROVIDER: lower,
}


def forms(sort: Sort, value: str) -> Iterator[str]:
    """The spellings under which an identifier may be known, the most exact first."""
    canonical = CANONICAL[sort](value)
    yield canonical
    kind, slash, name = canonical.partition("/")
    if kind == "pkg:golang":
        yield from _parents(canonical, 2)
    elif kind in ELSEWHERE:
        yield f"{ELSEWHERE[kind]}{slash}{PACKAGES[ELSEWHERE[kind][4:]](name)}"
    elif sort is Sort.GITHUB_ACTION:
        yield from _parents(canonical, 1)
    elif sort is Sort.DOCKER:
        yield from _official(canonical)


def _parents(path: str, least: int) -> Iterator[str]:
    """The folders that a package stands in: a part of a Go module or of an action's repository is a use of it."""
    while path.count("/") > least:
        path = path.rpartition("/")[0]
        yield path


def _official(name: str) -> Iterator[str]:
    owner, slash, last = name.rpartition("/")
    if slash and owner in REBUILDERS:
        yield last
