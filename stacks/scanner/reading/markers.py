"""Files whose name alone proves nothing: `app.yaml` may be App Engine's, Kubernetes' or anybody's."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort

type Judge = Callable[[Manifest], bool]

HEAD = 200_000
"""Characters of a file that are looked at."""


def _has(*patterns: str) -> Judge:
    """Whether each of the patterns is found; `^` is the start of a line."""
    compiled = [re.compile(pattern, re.MULTILINE) for pattern in patterns]
    return lambda manifest: all(pattern.search(manifest.text, 0, HEAD) for pattern in compiled)


def _keys(*names: str) -> Judge:
    """Whether one of these keys stands at the left margin of a YAML file."""
    return _has(rf"^(?:{'|'.join(names)})[ \t]*:")


def _is_heroku(manifest: Manifest) -> bool:
    """Expo and React Native have an app.json too."""
    if '"expo"' in manifest.text or '"displayName"' in manifest.text:
        return False
    return bool(re.search(r'"(?:addons|buildpacks|formation|env|environments|stack|success_url)"\s*:', manifest.text))


def _is_jekyll(manifest: Manifest) -> bool:
    """Hexo and Jupyter Book have a _config.yml too."""
    if _keys("deploy", "new_post_name", "skip_render", "launch_buttons", "execute", "sphinx")(manifest):
        return False
    return _keys(
        *("theme", "remote_theme", "plugins", "gems", "markdown", "permalink", "baseurl", "kramdown", "collections"),
        *("title", "exclude", "include", "defaults", "highlighter", "sass", "paginate", "source", "destination", "url"),
    )(manifest)


def _is_shadcn(manifest: Manifest) -> bool:
    """The ports to Vue and Svelte are other people's."""
    if re.search(r"shadcn-(?:vue|svelte)", manifest.text):
        return False
    return "ui.shadcn.com" in manifest.text or _has(r'"aliases"\s*:', r'"(?:style|tailwind)"\s*:')(manifest)


def _is_bazel(manifest: Manifest) -> bool:
    """A WORKSPACE may well be empty."""
    if not re.search(r"^[ \t]*[^#\s]", manifest.text, re.MULTILINE):
        return True
    return _has(r"^(?:workspace|load|http_archive|local_repository|git_repository|bazel_\w+|register_\w+)[ \t]*\(")(
        manifest
    )


def _is_kamal(manifest: Manifest) -> bool:
    return _keys("service")(manifest) and _keys("image", "servers")(manifest)


def _is_chart(manifest: Manifest) -> bool:
    return _keys("apiVersion")(manifest) and _keys("name")(manifest)


def _is_compose(manifest: Manifest) -> bool:
    """Services, or those of version 1, or an include alone."""
    return _keys("services", "include")(manifest) or _has(r"^[ \t]+(?:image|build)[ \t]*:")(manifest)


_PIPELINE = _keys("trigger", "pool", "steps", "jobs", "stages", "resources", "extends", "pr", "parameters", "schedules")
_COVERAGE = _keys("coverage", "comment", "codecov", "ignore", "flags", "component_management", "github_checks", "fixes")
_CROWDIN = _has(r"^[\"']?(?:files|project_id|project_id_env|preserve_hierarchy)[\"']?[ \t]*:")
_TRAEFIK = _keys("entryPoints", "providers", "api", "http", "log", "certificatesResolvers")
_MKDOCS = _keys("site_name", "INHERIT")
_OPENAPI = _has(r"^['\"]?(?:openapi|swagger)['\"]?[ \t]*:")
_PROMETHEUS = _keys("scrape_configs", "global", "rule_files", "alerting", "remote_write")
_SERVERLESS = _keys("provider", "service", "org", "component")

LOOKED_INTO: Mapping[str, Judge] = {
    "*.info.yml": _keys("core", "core_version_requirement"),
    "Chart.yaml": _is_chart,
    "Procfile": _has(r"^[A-Za-z0-9_-]+:[ \t]*\S"),
    "Project.toml": _has(r"^(?:uuid|julia)[ \t]*=|^\[(?:deps|compat)\]"),
    "Vagrantfile": _has(r"Vagrant"),
    "WORKSPACE": _is_bazel,
    "_config.yml": _is_jekyll,
    "alembic.ini": _has(r"^\[alembic\]"),
    "app.json": _is_heroku,
    "app.yaml": _has(r"^(?:runtime[ \t]*:|env[ \t]*:[ \t]*flex)"),
    "azure-pipelines.yaml": _PIPELINE,
    "azure-pipelines.yml": _PIPELINE,
    "cloudbuild.yaml": _keys("steps"),
    "cloudbuild.yml": _keys("steps"),
    "codecov.yml": _COVERAGE,
    "codegen.yml": _keys("schema", "generates"),
    "components.json": _is_shadcn,
    "compose.yaml": _is_compose,
    "compose.yml": _is_compose,
    "config.toml": _has(r"^[ \t]*['\"]?(?i:baseurl|languagecode)['\"]?[ \t]*="),
    "config/deploy.yml": _is_kamal,
    "crowdin.yaml": _CROWDIN,
    "crowdin.yml": _CROWDIN,
    "docker-compose.yaml": _is_compose,
    "docker-compose.yml": _is_compose,
    "environment.yml": _keys("dependencies"),
    "galaxy.yml": _keys("namespace"),
    "global.json": _has(r'"(?:sdk|msbuild-sdks)"\s*:'),
    "hiera.yaml": _keys("version", "hierarchy", ":hierarchy"),
    "hugo.yaml": _has(r"^(?i:baseurl|languagecode|title|theme)[ \t]*:"),
    "manage.py": _has(r"\bdjango\b"),
    "mkdocs.yaml": _MKDOCS,
    "mkdocs.yml": _MKDOCS,
    "nginx.conf": _has(r"\b(?:server|http|events|location|upstream|worker_processes|listen|include)\b[^\n]*[{;]"),
    "openapi.json": _has(r'"(?:openapi|swagger)"\s*:'),
    "openapi.yaml": _OPENAPI,
    "openapi.yml": _OPENAPI,
    "packages.config": _has(r"<packages\b"),
    "prometheus.yml": _PROMETHEUS,
    "render.yaml": _keys("services", "databases", "envVarGroups", "projects"),
    "runtime.txt": _has(r"^python-"),
    "serverless.yaml": _SERVERLESS,
    "serverless.yml": _SERVERLESS,
    "skaffold.yaml": _has(r"^apiVersion[ \t]*:[ \t]*['\"]?skaffold/"),
    "stack.yaml": _keys("resolver", "snapshot", "extra-deps", "packages"),
    "traefik.yml": _TRAEFIK,
    "web.config": _has(r"<(?:system\.web|system\.webServer|configuration)\b"),
}
"""The catalogue's file markers whose files must hold what they promise."""


def _judged(marker: str, judge: Judge, manifest: Manifest) -> Iterator[Clue]:
    if judge(manifest):
        yield Clue(Sort.FILE, marker, 0, Certainty.CONFIGURED)


READERS: Mapping[str, Reader] = {marker: partial(_judged, marker, judge) for marker, judge in LOOKED_INTO.items()}
