"""Haskell, OCaml and Elm."""

from tests.stacks.reading.saying import told


def test_cabal_tells_packages_of_each_part() -> None:
    text = """\
name:          sheets
synopsis:      without redis
library
  build-depends:
      base >=4.7 && <5
    , aeson
    , postgresql-simple >=0.7
  default-language: Haskell2010
executable sheets
  -- build-depends: hedis
  build-depends: sheets, warp
test-suite spec
  build-depends: hspec ^>=2
"""
    assert told("functional", "sheets.cabal", text) == [
        "own pkg:hackage/sheets in 1, declared",
        "purl pkg:hackage/aeson in 6, declared",
        "purl pkg:hackage/postgresql-simple in 7, declared",
        "purl pkg:hackage/warp in 11, declared",
        "purl pkg:hackage/hspec in 13, declared, development",
    ]


def test_a_package_yaml_is_haskells_only_where_it_looks_so() -> None:
    text = """\
name: sheets
dependencies:
- base >= 4.7
- hedis
tests:
  spec:
    dependencies: [hspec >= 2]
"""
    assert told("functional", "package.yaml", text) == [
        "tool haskell in 0, declared",
        "own pkg:hackage/sheets in 1, declared",
        "purl pkg:hackage/hedis in 4, declared",
        "purl pkg:hackage/hspec in 7, declared, development",
    ]
    assert told("functional", "package.yaml", "name: other\ndependencies: [hedis]\n") == []


def test_dune_and_opam_tell_packages_with_their_conditions() -> None:
    dune = """\
(lang dune 3.15) ; (depends no)
(package (name ledger)
 (depends ocaml (lwt (>= 5.0)) dune pgx
  (alcotest (and :with-test (>= 1.0)))))
"""
    opam = (
        'name: "x"\ndepends: [\n  "ocaml" {>= "4.14"}\n  "lwt"\n  "alcotest" {with-test & >= "1"}\n]\nbuild: ["dune"]\n'
    )
    assert told("functional", "dune-project", dune) == [
        "own pkg:opam/ledger in 2, declared",
        "purl pkg:opam/lwt in 3, declared",
        "purl pkg:opam/pgx in 3, declared",
        "purl pkg:opam/alcotest in 4, declared, development",
    ]
    assert told("functional", "ledger.opam", opam) == [
        "own pkg:opam/ledger in 0, declared",
        "purl pkg:opam/lwt in 4, declared",
        "purl pkg:opam/alcotest in 5, declared, development",
    ]


def test_elm_tells_direct_packages() -> None:
    text = '{"dependencies": {"direct": {"elm/core": "1",\n"elm/http": "2"}, "indirect": {"elm/bytes": "1"}},\n'
    text += '"test-dependencies": {"direct": {"elm-explorations/test": "2"}}}'
    assert told("functional", "elm.json", text) == [
        "purl pkg:elm/elm/http in 2, declared",
        "purl pkg:elm/elm-explorations/test in 3, declared, development",
    ]
