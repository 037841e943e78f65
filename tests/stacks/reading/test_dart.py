"""Dart: packages, folders and Flutter's SDK."""

from tests.stacks.reading.saying import told


def test_a_pubspec_tells_packages_and_flutter_where_its_sdk_is_asked_for() -> None:
    text = """\
name: shop
description: Made with flutter.
environment:
  sdk: ^3.4.0
  flutter: ">=3.22.0"
dependencies:
  flutter:
    sdk: flutter
  http: ^1.2.0
  ours: {path: ../ours}
dev_dependencies:
  flutter_test:
    sdk: flutter
  lints: ^4.0.0
  # mocktail: ^1.0.0
dependency_overrides:
  forced: 1.0.0
"""
    assert told("dart", "pubspec.yaml", text) == [
        "own pkg:pub/shop in 1, declared",
        "purl pkg:pub/flutter in 5, declared",
        "purl pkg:pub/flutter in 7, declared",
        "purl pkg:pub/http@^1.2.0 in 9, declared",
        "purl pkg:pub/flutter in 12, declared, development",
        "purl pkg:pub/lints@^4.0.0 in 14, declared, development",
    ]


def test_a_lock_tells_direct_from_transitive() -> None:
    text = """\
packages:
  http: {dependency: "direct main", source: hosted, version: "1.2.1"}
  lints: {dependency: "direct dev", source: hosted, version: "4.0.0"}
  meta: {dependency: transitive, source: hosted, version: "1.15.0"}
  ours: {dependency: "direct main", source: path}
"""
    assert told("dart", "pubspec.lock", text) == [
        "purl pkg:pub/http@1.2.1 in 2, locked",
        "purl pkg:pub/lints@4.0.0 in 3, locked, development",
        "purl pkg:pub/meta@1.15.0 in 4, locked, transitive",
    ]
