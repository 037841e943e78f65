"""A catalogue of two languages and two frameworks, written to a folder for tests that change its files."""

import shutil
from pathlib import Path

from django.conf import settings

TAXONOMY = """\
kinds:
  language: {noun: language, plural: languages}
  framework: {noun: framework, plural: frameworks, inherits: true}
themes:
  typing: Types
  complexity: Scope and complexity
layers:
  - slug: application-data
    name: Application & Data
    categories:
      - slug: languages
        name: Languages
        functions:
          - {slug: languages, name: Languages}
      - slug: web
        name: Web
        functions:
          - {slug: microframeworks, name: Microframeworks}
          - {slug: frameworks, name: Frameworks}
neighbours:
  - [microframeworks, frameworks]
"""
ATTRIBUTES = """\
typing:
  heading: Typing
  question: When are types checked?
  theme: typing
  choose_if: you want {value} typing
  type: choice
  importance: 90
  scope: [languages]
  passed_on: true
  one: has {value} typing
  many: have {value} typing
  choices:
    static: {label: static, explanation: Checked before the program runs.}
    dynamic: {label: dynamic, explanation: Checked while the program runs.}
written-in:
  heading: Language
  question: From which language is it used?
  type: tools
  importance: 70
  inherit: true
  one: is used from {value}
  many: are used from {value}
orm:
  heading: Built-in ORM
  question: Does it bring an ORM?
  type: boolean
  importance: 75
  scope: [microframeworks]
  one: includes an ORM
  many: include an ORM
  no_one: includes no ORM
  no_many: include no ORM
"""
ELIXIR = """\
name: Elixir
kind: language
repository: {github: elixir-lang/elixir, verified: 2026-08-22}
figures:
  - {date: 2025-11, stars: 26000, forks: 3500, rounded: true, source: a page of 2025}
  - {date: 2026-08-22, stars: 26604, source: "github:EvanLi/Github-Ranking"}
facts:
  typing: {value: dynamic, note: sets are coming, source: "github:elixir-lang/elixir:README.md", verified: 2026-04-08}
"""
PYTHON = """\
name: Python
kind: language
facts:
  typing: {value: dynamic, verified: 2026-11-21}
"""
FLASK = """\
name: Flask
kind: framework
description: A small web framework.
aliases: [flask-py]
repository: {github: pallets/flask}
facts:
  written-in: {value: [python], source: "pkg:pypi/flask", verified: 2026-11-21}
  orm: {value: false, verified: 2026-11-21}
features: [Routing by decorators]
integrations: [bottle]
choose_if: [you want to choose the ORM yourself]
well_known: true
pros: [Sessions are signed cookies by default]
cons: [Brings no ORM]
identifiers:
  - {purl: "pkg:pypi/flask", verified: 2026-11-21}
rivals: [bottle]
"""
BOTTLE = """\
name: Bottle
kind: framework
facts:
  written-in: {value: [python], verified: 2026-11-21}
"""
STARS = """\
tool,date,stars,forks
elixir,2024-01-01,23000,3300
elixir,2024-02-01,23100,
flask,2024-01-01,65000,16000
"""
FILES = {
    "taxonomy.yaml": TAXONOMY,
    "attributes/all.yaml": ATTRIBUTES,
    "tools/languages/elixir.yaml": ELIXIR,
    "tools/languages/python.yaml": PYTHON,
    "tools/microframeworks/flask.yaml": FLASK,
    "tools/microframeworks/bottle.yaml": BOTTLE,
    "stars/languages.csv": STARS,
}


class TinyCatalogue:
    """The folder, with a way to change a file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(settings.BASE_DIR / "catalogue" / "schema", root / "schema")
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new))
