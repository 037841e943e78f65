"""PHP: composer.json and composer.lock."""

from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Clue, Manifest, Reader
from stacks.scanner.packages import listing, locked, mapping, own, package, tool
from stacks.scanner.parsing import Lines, read_json_object

TYPES = {
    "wordpress-plugin": "wordpress",
    "wordpress-theme": "wordpress",
    "wordpress-muplugin": "wordpress",
    "drupal-module": "drupal",
    "drupal-theme": "drupal",
    "drupal-profile": "drupal",
    "magento2-module": "magento",
    "magento2-theme": "magento",
    "symfony-bundle": "symfony",
    "yii2-extension": "yii",
    "cakephp-plugin": "cakephp",
    "prestashop-module": "prestashop",
}
"""What a package may be, by its own word, and what that is a part of."""


def read_composer(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages that a composer.json requires, and what its own package is a part of.

    What it asks of the platform (`php`, `ext-pgsql`) is no package, and shows a driver that is there, not one in use.
    """
    root = read_json_object(manifest.text)
    lines = Lines(manifest.text)
    if isinstance(name := root.get("name"), str):
        yield from own("composer", name.lower(), lines.key(name))
    if isinstance(kind := root.get("type"), str) and kind in TYPES:
        yield tool(TYPES[kind], lines.key(kind))
    for key in ("require", "require-dev"):
        for name, version in mapping(root.get(key)).items():
            if name.count("/") == 1:
                wanted = version if isinstance(version, str) else ""
                yield from package(
                    "composer", name.lower(), lines.key(name), development=key != "require", version=wanted
                )


def read_lock(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages that a composer.lock pins."""
    root = read_json_object(manifest.text)
    lines = Lines(manifest.text)
    for key in ("packages", "packages-dev"):
        for entry in map(mapping, listing(root.get(key))):
            if isinstance(name := entry.get("name"), str):
                version = str(entry.get("version", ""))
                line = lines.of(f'"name": "{name}"')
                yield from locked("composer", name.lower(), line, development=key != "packages", version=version)


READERS: Mapping[str, Reader] = {"composer.json": read_composer, "composer.lock": read_lock}
