"""Where a fact was read: the catalogue's short notation turned into an address and a label. Pure.

`github:owner/name:path` is a file of a public repository, `github:owner/name` the repository itself (`gitlab:` and
`codeberg:` likewise), `pkg:type/name` a package record (a package URL without version:
https://github.com/package-url/purl-spec), `https://…` a page. Anything else is a description without an address; the
empty string means unsourced.
"""

from urllib.parse import quote, unquote, urlsplit

UNSOURCED = "unsourced"
# deps.dev shows the records of several package registries in one form.
_PACKAGE_PAGES = {
    "npm": "https://deps.dev/npm/{}",
    "pypi": "https://deps.dev/pypi/{}",
    "cargo": "https://deps.dev/cargo/{}",
    "deb/debian": "https://tracker.debian.org/pkg/{}",
}
# A repository's address, and a file in it as its default branch has it now.
_HOSTS = {
    "github": ("https://github.com/{}", "/blob/HEAD/{}"),
    "gitlab": ("https://gitlab.com/{}", "/-/blob/HEAD/{}"),
    "codeberg": ("https://codeberg.org/{}", "/src/branch/HEAD/{}"),
}


def is_readable(source: str) -> bool:
    """Whether a source that begins like an address is one; descriptions and short notations always pass."""
    if not source.startswith(("https://", "http://")):
        return True
    try:
        return bool(urlsplit(source).hostname)
    except ValueError:
        return False


def url(source: str) -> str:
    """Return the address at which the source can be read, or the empty string where it has none."""
    if source.startswith(("https://", "http://")):
        return source if is_readable(source) else ""
    kind, _, rest = source.partition(":")
    if kind in _HOSTS:
        return _repository_url(kind, rest)
    return _package_url(rest) if kind == "pkg" else ""


def _repository_url(host: str, rest: str) -> str:
    repository, _, path = rest.partition(":")
    home, file = _HOSTS[host]
    return home.format(repository) + (file.format(quote(path)) if path else "")


def _package_url(rest: str) -> str:
    for kind, page in _PACKAGE_PAGES.items():
        if rest.startswith(f"{kind}/"):
            name = unquote(rest.removeprefix(f"{kind}/"))
            name = name.partition("@")[0] if not name.startswith("@") else "@" + name[1:].partition("@")[0]
            return page.format(quote(name, safe=""))
    return ""


def label(source: str) -> str:
    """Return a few words that name the source: the package, the repository's file, the site, or `unsourced`."""
    host, _, rest = source.partition(":")
    if host in _HOSTS:
        repository, _, path = rest.partition(":")
        return f"{repository}, {path}" if path else repository
    if source.startswith("pkg:"):
        kind, _, name = source.removeprefix("pkg:").rpartition("/")
        scope = kind.partition("/")[2]
        registry = {"npm": "npm", "pypi": "PyPI", "deb": "Debian"}.get(kind.partition("/")[0], kind)
        return f"{registry} package {unquote(f'{scope}/{name}' if scope.startswith('%40') else name)}"
    if url(source) == source != "":
        return urlsplit(source).hostname or source
    return source or UNSOURCED
