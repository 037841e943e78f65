"""Static files as they are served: few style sheets and scripts instead of many, hashed and compressed.

`css/site.css`, `js/site.js` and `js/members.js` hold nothing but imports. A browser follows them as they are while one
develops; for visitors each import is replaced by the file it names, so that the first visit asks for two files instead
of eight. What only members and readers of what they write need comes as two files more, on their pages alone, and
the map of categories has a style sheet of its own.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What only the authors of a style sheet read: its comments and how its lines are set in.
UNREAD = re.compile(r"/\*.*?\*/\s*|(?<=\n)\s+", re.DOTALL)
BUNDLES = ("css/site.css", "css/categories.css", "css/members.css", "css/embed.css", "js/site.js", "js/members.js")
IMPORT = re.compile(r'^@?import "\./([\w.-]+)";$', re.MULTILINE)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise is untyped
    """whitenoise's storage, which is handed the bundles made."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002  # Django's signature
        """Write the bundles over the copies of their sources, then hash and compress everything."""
        if not dry_run:
            for name in BUNDLES:
                Path(self.path(name)).write_text(bundled(name))
            paths |= {name: (self, name) for name in BUNDLES}
        yield from super().post_process(paths, dry_run, **options)


def bundled(name: str) -> str:
    """The text of a file with each import replaced by what it names; scripts keep their names to themselves."""
    source = _source(name)
    is_script = source.suffix == ".js"

    def text_of(found: re.Match[str]) -> str:
        text = (source.parent / found[1]).read_text().strip()
        return f"{{\n{text}\n}}" if is_script else text

    whole = IMPORT.sub(text_of, source.read_text())
    return whole if is_script else UNREAD.sub("", whole)


def _source(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found)
