"""Rust: crates of tables, targets and workspaces, and locks."""

from tests.stacks.reading.saying import told

CARGO = """\
[package]
name = "shop"

[dependencies]
axum = "0.7"
db = { package = "sqlx", version = "0.8", features = ["runtime-tokio", "postgres"] }
core = { path = "../core" }
serde.workspace = true
# warp = "0.3"

[dev-dependencies]
criterion = "0.5"

[build-dependencies]
tonic-build = "0.11"

[target.'cfg(unix)'.dependencies]
rocksdb = "0.22"

[workspace.dependencies]
tokio = { version = "1", features = ["full"] }
"""


def test_crates_stand_in_many_tables_under_other_names_and_in_folders() -> None:
    assert told("rust", "Cargo.toml", CARGO) == [
        "own pkg:cargo/shop in 2, declared",
        "purl pkg:cargo/axum@0.7 in 5, declared",
        "tool postgresql in 6, configured",
        "purl pkg:cargo/sqlx@0.8 in 6, declared",
        "purl pkg:cargo/serde in 8, declared",
        "purl pkg:cargo/tonic-build@0.11 in 15, declared, development",
        "purl pkg:cargo/criterion@0.5 in 12, declared, development",
        "purl pkg:cargo/tokio@1 in 21, declared",
        "purl pkg:cargo/rocksdb@0.22 in 18, declared",
    ]


def test_a_lock_is_direct_where_a_crate_without_source_needs_it() -> None:
    text = """\
version = 3

[[package]]
name = "axum"
version = "0.7.5"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = [
 "hyper",
]

[[package]]
name = "hyper"
version = "1.3.1"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "shop"
version = "0.1.0"
dependencies = [
 "axum 0.7.5",
]
"""
    assert told("rust", "Cargo.lock", text) == [
        "purl pkg:cargo/axum@0.7.5 in 4, locked",
        "purl pkg:cargo/hyper@1.3.1 in 12, locked, transitive",
    ]


def test_a_broken_manifest_is_refused_with_a_sentence() -> None:
    assert [line[:16] for line in told("rust", "Cargo.toml", "[dependencies\n")] == ["It is not TOML: "]
