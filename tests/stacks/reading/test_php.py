"""PHP: what is required, for what, and what a package is a part of."""

from tests.stacks.reading.saying import told


def test_a_manifest_tells_packages_in_lower_case_and_no_platform() -> None:
    text = """\
{
  "name": "acme/shop",
  "type": "wordpress-plugin",
  "require": {
    "php": "^8.2",
    "ext-pgsql": "*",
    "Predis/Predis": "^2.2"
  },
  "require-dev": {"pestphp/pest": "^2"},
  "suggest": {"league/flysystem": "for files"},
  "replace": {"symfony/polyfill": "*"}
}
"""
    assert told("php", "composer.json", text) == [
        "own pkg:composer/acme/shop in 2, declared",
        "tool wordpress in 3, declared",
        "purl pkg:composer/predis/predis@^2.2 in 7, declared",
        "purl pkg:composer/pestphp/pest@^2 in 9, declared, development",
    ]


def test_a_lock_tells_what_is_for_development() -> None:
    text = """\
{"packages": [
   {"name": "twig/twig", "version": "v3.10"}
 ],
 "packages-dev": [
   {"name": "phpunit/phpunit", "version": "11.2"}, {"name": 3}
 ]}
"""
    assert told("php", "composer.lock", text) == [
        "purl pkg:composer/twig/twig@v3.10 in 2, locked, transitive",
        "purl pkg:composer/phpunit/phpunit@11.2 in 5, locked, transitive, development",
    ]
