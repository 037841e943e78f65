"""Nothing that a file may hold ends a scan: mutated manifests and junk, through every reader there is.

`SCANNER_CASES=10000 pytest tests/stacks/test_fuzz.py` tries more than a usual run.
"""

import os
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stacks.scanner.clues import Clue, Manifest, Reader, UnreadableError
from stacks.scanner.knowledge import known
from stacks.scanner.reading import globs, registry
from stacks.scanner.scanning import scan_manifests

CASES = int(os.environ.get("SCANNER_CASES", "60"))
SEEDS = (
    '{"name": "x", "dependencies": {"react": "^18", "vue": {"version": "3"}}, "packages": {"node_modules/a": {}}}',
    (
        '[project]\nname = "x"\ndependencies = ["flask>=1"]\n'
        '[tool.poetry.dependencies]\na = {version = "1"}\n[[package]]\n'
    ),
    (
        "services:\n  db: &db\n    image: postgres:${TAG:-16}\n"
        "  web:\n    <<: *db\n    build: {context: .}\n---\nkind: Pod\n"
    ),
    "FROM --platform=$P node:20 AS a\nRUN apt-get install -y \\\n  nginx && npm ci\nCOPY --from=a /x /y\n",
    (
        "<project><dependencies><dependency>"
        "<groupId>a</groupId><artifactId>${b}</artifactId></dependency></dependencies></project>"
    ),
    "module x\nrequire (\n\tgithub.com/a/b v1.0.0 // indirect\n)\nreplace a => ../a\n",
    "gem 'rails', '~> 7', group: [:test]\nGEM\n  specs:\n    pg (1.0)\nDEPENDENCIES\n  pg\n",
    (
        'resource "aws_s3_bucket" "b" {\n  x = <<EOT\nfoo\nEOT\n}\n'
        'terraform { required_providers { a = { source = "h/a" } } }\n'
    ),
    "implementation('a:b:1') { exclude group: 'x' }\nplugins { id \"org.x\" version '1' }\ndef x = [a: 1]\n",
    'flask[async]>=1 ; python_version > "3" # x\n-r other.txt\ngit+https://h/x.git@v1#egg=y\n',
)
GLOBS = sorted((glob, module) for module, names in globs().items() for glob in names)
PIECES = st.sampled_from(
    (*tuple("{}[]()<>\"'`\\:;,=#/&*|!%@$\n\t \x00\x85\u2028é😀"), "\n  ", "<<: *a", "]]>", "${", "'''", "/*")
)
NAMES = st.text(max_size=30) | st.sampled_from(["package.json", "setup.py", "a/go.mod"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A manifest with pieces taken out, doubled and put in; or junk."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.text(max_size=200))
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(PIECES | st.just(text[start:end] * 2) | st.text(max_size=4)) + text[end:]
    return text


def said(reader: Reader, manifest: Manifest) -> Iterator[Clue]:
    try:
        yield from reader(manifest)
    except UnreadableError as error:
        assert str(error).endswith(".")  # noqa: PT017  # a sentence, whatever it says


@settings(max_examples=CASES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(GLOBS), texts())
def test_every_reader_survives_every_text(row: tuple[str, str], text: str) -> None:
    glob, _module = row
    path = glob.replace("**/", "").replace("*", "x")
    (reader,) = registry().readers([row])
    for clue in said(reader, Manifest(path, text)):
        assert 0 <= clue.line <= text.count("\n") + 1
        known().slugs(clue.sort, clue.value)


@settings(max_examples=CASES, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.text(max_size=30) | st.sampled_from(["package.json", "setup.py", "a/go.mod"]), st.binary(max_size=80)
        )
    )
)
def test_no_bytes_under_no_name_end_a_scan(manifests: list[tuple[str, bytes]]) -> None:
    assert scan_manifests(manifests, known()).files <= len(manifests)
