"""What visitors get: one style sheet and one script, which hold all that the pages need."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from config.bundling import BUNDLES, bundled

STATIC = settings.BASE_DIR / "static"
# Feeds open in a browser load this alone.
APART = {"css": {"feed.css"}, "js": set[str]()}
LAYERS = ("tokens", "base", "layout", "components", "pages")


@pytest.mark.parametrize("folder", ["css", "js"])
def test_the_bundles_hold_every_file_of_their_folder(folder: str) -> None:
    held = {word for name in BUNDLES if name.startswith(folder) for word in bundled(name).split()}
    parts = [path for path in (STATIC / folder).iterdir() if f"{folder}/{path.name}" not in BUNDLES]
    unheld = [part for part in parts if not set(without_comments(part.read_text()).split()) <= held]
    assert {part.name for part in unheld} == APART[folder]


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def test_a_style_sheet_loses_comments_and_indentation_alone() -> None:
    text = bundled("css/site.css")
    assert "/*" not in text + bundled("css/members.css")
    assert "\n " not in text
    rules = "".join(without_comments((STATIC / "css" / f"{name}.css").read_text()) for name in LAYERS)
    assert "".join(text.split()) == "".join(rules.split())


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_imports_nothing(name: str) -> None:
    assert "import " not in bundled(name)


def test_collected_files_are_bundled_hashed_and_compressed(tmp_path: Path) -> None:
    served = {"BACKEND": "config.bundling.BundledStaticFilesStorage"}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES={**settings.STORAGES, "staticfiles": served}):
        call_command("collectstatic", interactive=False, verbosity=0)
        (style,) = tmp_path.glob("css/site.*.css")
        (script,) = tmp_path.glob("js/site.*.js")
        assert "@import" not in style.read_text()
        assert "font/figtree." in style.read_text()
        assert "import " not in script.read_text()
        assert style.with_name(f"{style.name}.gz").exists()
        call_command("collectstatic", interactive=False, verbosity=0)
        assert list(tmp_path.glob("css/site.*.css")) == [style]
