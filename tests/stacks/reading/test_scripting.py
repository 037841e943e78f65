"""Crystal, R, Perl, Julia, Lua and Meteor."""

from tests.stacks.reading.saying import told


def test_shards_are_known_by_their_repository() -> None:
    text = """\
dependencies:
  kemal:
    github: kemalcr/kemal
  ours: {path: ../ours}
development_dependencies:
  ameba: {github: crystal-ameba/ameba}
"""
    assert told("scripting", "shard.yml", text) == [
        "purl pkg:shards/kemalcr/kemal in 2, declared",
        "purl pkg:shards/crystal-ameba/ameba in 6, declared, development",
    ]


def test_a_description_is_of_r_only_where_it_looks_so() -> None:
    text = """\
Package: tidal
Description: Needs no: Python.
Depends: R (>= 4.1)
Imports:
    DBI,
    duckdb (>= 0.10)
Suggests: testthat (>= 3)
"""
    assert told("scripting", "DESCRIPTION", text) == [
        "tool r-lang in 0, declared",
        "purl pkg:cran/DBI in 5, declared",
        "purl pkg:cran/duckdb in 6, declared",
        "purl pkg:cran/testthat in 7, declared, development",
    ]
    assert told("scripting", "DESCRIPTION", "A folder of tides.\n") == []
    lock = '{"R": {}, "Packages": {"DBI": {"Version": "1.2"}}}'
    assert told("scripting", "renv.lock", lock) == ["purl pkg:cran/DBI@1.2 in 1, locked, transitive"]


def test_a_cpanfile_tells_modules_with_their_phase() -> None:
    text = """\
requires 'perl', '5.026';
requires 'Mojolicious', '>= 9.0'; # requires 'Dancer2';
requires "DBD::Pg";
on 'test' => sub {
    requires 'Test::More', '0.98';
};
test_requires 'Test::Deep';
"""
    assert told("scripting", "cpanfile", text) == [
        "purl pkg:cpan/Mojolicious@>= 9.0 in 2, declared",
        "purl pkg:cpan/DBD-Pg in 3, declared",
        "purl pkg:cpan/Test-More@0.98 in 5, declared, development",
        "purl pkg:cpan/Test-Deep in 7, declared, development",
    ]


def test_julia_lua_and_meteor_tell_their_packages() -> None:
    julia = 'name = "Tides"\n[deps]\nLibPQ = "194296ae"\n[extras]\nTest = "8dfed614"\n[compat]\njulia = "1.9"\n'
    rock = 'package = "shop"\ndependencies = {\n  "lua >= 5.1",\n  "pgmoon ~> 1", -- "luasql-mysql"\n}\n'
    assert told("scripting", "Project.toml", julia) == [
        "own pkg:julia/Tides in 1, declared",
        "purl pkg:julia/LibPQ in 3, declared",
        "purl pkg:julia/Test in 5, declared, development",
    ]
    assert told("scripting", "shop-1.rockspec", rock) == ["purl pkg:luarocks/pgmoon in 4, declared"]
    assert told("scripting", ".meteor/packages", "# jquery\nmongo@2.0 # data\nblaze\n") == [
        "tool mongodb in 2, declared"
    ]
