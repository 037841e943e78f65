"""What JavaScript's manifests and lockfiles say."""

import json

from stacks.scanner.reading.javascript import read_bower, read_deno, read_package, read_pnpm_workspace
from stacks.scanner.reading.javascript_locks import read_bun, read_deno_lock, read_npm, read_pnpm, read_yarn
from tests.stacks.clues import said


def test_a_package_json_names_what_it_needs_and_configures() -> None:
    text = """{
      "name": "@acme/web", "keywords": ["react"],
      "packageManager": "pnpm@8.6.0+sha512.abc",
      "engines": {"node": ">=18", "npm": "please-use-pnpm"},
      "dependencies": {
        "react": "^18",
        "@acme/ui": "workspace:*", "old": "file:../old", "near": "./near",
        "my-vue": "npm:vue@3", "hono": "jsr:@hono/hono@4"
      },
      "devDependencies": {"jest": "29"},
      "peerDependencies": {"svelte": "4", "vite": "5"},
      "peerDependenciesMeta": {"svelte": {"optional": true}},
      "overrides": {"lodash": "4"},
      "eslintConfig": {"extends": "x"}
    }"""
    assert said(read_package, text) == [
        "2 own:pkg:npm/%40acme/web declared",
        "6 pkg:npm/react declared",
        "8 pkg:npm/vue declared",
        "8 pkg:jsr/%40hono/hono declared",
        "10 pkg:npm/jest declared development",
        "11 pkg:npm/vite declared",
        "14 pkg:npm/eslint configured development",
        "3 tool:pnpm configured development",
        "4 tool:nodejs configured",
    ]


def test_a_bower_json_names_what_it_needs() -> None:
    text = '{"dependencies": {"jquery": "1"},\n"devDependencies": {"qunit": "1"}}'
    assert said(read_bower, text) == ["1 pkg:bower/jquery declared", "2 pkg:bower/qunit declared development"]


def test_a_deno_json_with_comments_names_its_imports() -> None:
    text = """{ // ours
      "imports": {
        "hono": "jsr:@hono/hono@^4",
        "react": "npm:react@18", "own": "./own.ts",
        "preact": "https://esm.sh/preact@10", /* last */
      }
    }"""
    assert said(read_deno, text, "deno.json") == [
        "0 tool:deno configured",
        "3 pkg:jsr/%40hono/hono declared",
        "4 pkg:npm/react declared",
        "5 pkg:npm/preact declared",
    ]


def test_a_pnpm_workspace_names_its_catalogues() -> None:
    text = "packages: [a]\ncatalog:\n  react: ^18\ncatalogs:\n  old:\n    vue: ^2\n"
    assert said(read_pnpm_workspace, text) == ["3 pkg:npm/react configured", "6 pkg:npm/vue configured"]


def test_a_package_lock_knows_what_workspaces_ask_for() -> None:
    lock = {
        "lockfileVersion": 3,
        "packages": {
            "": {"dependencies": {"react": "^18"}, "workspaces": ["a"]},
            "a": {"devDependencies": {"vitest": "1"}},
            "node_modules/a": {"link": True},
            "node_modules/react": {"version": "18.0.0"},
            "node_modules/vitest": {"version": "1.0.0", "dev": True},
            "node_modules/x/node_modules/vue": {"version": "3.0.0"},
        },
    }
    assert [line.partition(" ")[2] for line in said(read_npm, json.dumps(lock))] == [
        "pkg:npm/react locked",
        "pkg:npm/vitest locked development",
        "pkg:npm/vue locked transitive",
    ]


def test_an_old_package_lock_tells_what_others_need() -> None:
    lock = {"dependencies": {"react": {"version": "15", "requires": {"fbjs": "0"}}, "fbjs": {"version": "0"}}}
    assert said(read_npm, json.dumps(lock)) == ["1 pkg:npm/react locked", "1 pkg:npm/fbjs locked transitive"]


def test_a_yarn_lock_of_version_one_tells_what_others_need() -> None:
    text = """# yarn lockfile v1

"@babel/core@^7.0", "@babel/core@^7.1":
  version "7.2"
  dependencies:
    debug "^1"

debug@^1:
  version "1.1"

"v@npm:vue@^3":
  version "3.1"
"""
    assert said(read_yarn, text) == [
        "3 pkg:npm/%40babel/core locked",
        "8 pkg:npm/debug locked transitive",
        "11 pkg:npm/vue locked",
    ]


def test_a_later_yarn_lock_knows_what_the_workspaces_ask_for() -> None:
    text = """__metadata:
  version: 8

"debug@npm:^1":
  version: 1.1

"vue@npm:^3":
  version: 3.0

"root@workspace:.":
  version: 0
  dependencies:
    vue: ^3
    lib: "workspace:*"
"""
    assert said(read_yarn, text) == ["4 pkg:npm/debug locked transitive", "7 pkg:npm/vue locked"]


def test_a_pnpm_lock_knows_what_its_importers_ask_for() -> None:
    text = """lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      react:
        specifier: ^18
        version: 18.2.0
      '@acme/ui':
        specifier: workspace:*
        version: link:../ui
    devDependencies:
      '@babel/core':
        specifier: ^7
        version: 7.0.0(x@1)

packages:

  '@babel/core@7.0.0':
    resolution: {integrity: x}
  react@18.2.0: {}
  loose-envify@1.0.0: {}
snapshots:
  react@18.2.0:
    dependencies:
      loose-envify: 1
"""
    assert said(read_pnpm, text) == [
        "20 pkg:npm/%40babel/core locked development",
        "22 pkg:npm/react locked",
        "23 pkg:npm/loose-envify locked transitive",
    ]


def test_an_old_pnpm_lock_is_read_as_well() -> None:
    text = """lockfileVersion: 5.4
dependencies:
  react: 18.2.0
devDependencies:
  jest: 1.0.0_abc
packages:
  /@babel/core/7.0.0:
    dev: true
  /react/18.2.0:
    dev: false
  /jest/1.0.0_abc:
    dev: true
"""
    assert said(read_pnpm, text) == [
        "7 pkg:npm/%40babel/core locked transitive development",
        "9 pkg:npm/react locked",
        "11 pkg:npm/jest locked development",
    ]


def test_a_bun_lock_knows_what_its_workspaces_ask_for() -> None:
    text = """{
  "workspaces": {"": {"name": "x", "dependencies": {"hono": "^4",}}},
  "packages": {
    "hono": ["hono@4.1.0", "", {}, "sha"],
    "undici": ["undici@5.0.0", "", {}, "sha"],
  }
}"""
    assert said(read_bun, text) == ["4 pkg:npm/hono locked", "5 pkg:npm/undici locked transitive"]


def test_a_deno_lock_knows_what_was_asked_for() -> None:
    text = '{"specifiers": {"npm:react@18": "18"},\n"npm": {"loose-envify@1": {}}}'
    assert said(read_deno_lock, text) == [
        "0 tool:deno locked",
        "1 pkg:npm/react locked",
        "2 pkg:npm/loose-envify locked transitive",
    ]
