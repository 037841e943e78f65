"""What platforms are told: Heroku, Fly, Netlify, Vercel, Render, Railway and development containers."""

from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.parsing import Lines, read_json_object, read_toml, read_yaml
from stacks.scanner.reading.commands import command_clues
from stacks.scanner.reading.images import image_clues
from stacks.scanner.reading.lines import numbered
from stacks.scanner.reading.settings import setting_clues
from stacks.scanner.reading.shell import commands
from stacks.scanner.reading.trees import at, line, one_or_many, rows, table, text

_ADDONS = {
    "bugsnag": "bugsnag",
    "cleardb": "mysql",
    "cloudamqp": "rabbitmq",
    "heroku-kafka": "kafka",
    "heroku-postgresql": "postgresql",
    "heroku-redis": "redis",
    "honeybadger": "honeybadger",
    "jawsdb": "mysql",
    "jawsdb-maria": "mariadb",
    "mailgun": "mailgun",
    "memcachedcloud": "memcached",
    "memcachier": "memcached",
    "newrelic": "new-relic",
    "postmark": "postmark",
    "rediscloud": "redis",
    "rollbar": "rollbar",
    "scout": "scout-apm",
    "sendgrid": "sendgrid",
    "sentry": "sentry",
}
_BUILDPACKS = {
    "clojure": "clojure",
    "go": "go",
    "gradle": "gradle",
    "java": "java",
    "nodejs": "nodejs",
    "php": "php",
    "python": "python",
    "ruby": "ruby",
    "scala": "scala",
}
_FRAMEWORKS = {
    "angular": "angular",
    "astro": "astro",
    "create-react-app": "react",
    "docusaurus": "docusaurus",
    "docusaurus-2": "docusaurus",
    "eleventy": "eleventy",
    "ember": "ember",
    "fastapi": "fastapi",
    "flask": "flask",
    "gatsby": "gatsby",
    "hono": "hono",
    "hugo": "hugo",
    "jekyll": "jekyll",
    "nestjs": "nestjs",
    "nextjs": "nextjs",
    "nuxtjs": "nuxt",
    "preact": "preact",
    "redwoodjs": "redwoodjs",
    "remix": "remix",
    "svelte": "svelte",
    "sveltekit": "sveltekit",
    "sveltekit-1": "sveltekit",
    "vite": "vite",
    "vitepress": "vitepress",
    "vue": "vue",
}
"""What vercel.json calls frameworks."""

_RUNTIMES = {
    "docker": "docker",
    "elixir": "elixir",
    "go": "go",
    "node": "nodejs",
    "python": "python",
    "ruby": "ruby",
    "rust": "rust",
}
_CONTAINERS = {
    "cpp": "cpp",
    "dotnet": "dotnet",
    "go": "go",
    "java": "java",
    "javascript-node": "nodejs",
    "jekyll": "jekyll",
    "php": "php",
    "python": "python",
    "ruby": "ruby",
    "rust": "rust",
    "typescript-node": "nodejs",
}
_FEATURES = {
    "aws-cli": "aws",
    "azure-cli": "azure",
    "conda": "conda",
    "docker-in-docker": "docker",
    "docker-outside-of-docker": "docker",
    "dotnet": "dotnet",
    "go": "go",
    "java": "java",
    "node": "nodejs",
    "php": "php",
    "powershell": "powershell",
    "python": "python",
    "ruby": "ruby",
    "rust": "rust",
    "terraform": "terraform",
}


def read_procfile(manifest: Manifest) -> Iterator[Clue]:
    """What each process runs."""
    for number, raw in numbered(manifest.text, "#"):
        name, _, command = raw.partition(":")
        if name.strip():
            yield from _run(command, number)


def _run(command: Any, number: int, *, development: bool = False) -> Iterator[Clue]:
    yield from command_clues(commands(text(command), number), certainty=Certainty.CONFIGURED, development=development)


def _tool(tool: str | None, number: int, *, development: bool = False) -> Iterator[Clue]:
    if tool:
        yield Clue(Sort.TOOL, tool, number, Certainty.CONFIGURED, development=development)


def read_app_json(manifest: Manifest) -> Iterator[Clue]:
    """Heroku's app.json: add-ons and buildpacks."""
    document, lines = read_json_object(manifest.text), Lines(manifest.text)
    for addon in rows(document.get("addons")):
        plan = text(addon) or text(at(addon, "plan"))
        yield from _tool(_ADDONS.get(plan.partition(":")[0]), lines.key(plan))
    for buildpack in rows(document.get("buildpacks")):
        address = text(at(buildpack, "url"))
        yield from _tool(_buildpack(address), lines.key(address))


def _buildpack(address: str) -> str | None:
    owner, _, name = address.rpartition("/")
    return _BUILDPACKS.get(name) if owner == "heroku" else None


def read_heroku(manifest: Manifest) -> Iterator[Clue]:
    """heroku.yml: Heroku itself, add-ons and what runs."""
    for document in read_yaml(manifest.text):
        yield from _tool("heroku", 0)
        for addon in rows(at(document, "setup", "addons")):
            plan = text(at(addon, "plan"))
            yield from _tool(_ADDONS.get(plan.partition(":")[0]), line(plan))
        for command in table(at(document, "run")).values():
            yield from _run(text(command) or at(command, "command"), line(command))


def read_fly(manifest: Manifest) -> Iterator[Clue]:
    """Fly's image, processes, release command and environment."""
    document, lines = read_toml(manifest.text), Lines(manifest.text)
    image = text(at(document, "build", "image"))
    yield from image_clues(image, lines.of(image) if image else 0)
    for command in (*table(document.get("processes")).values(), at(document, "deploy", "release_command")):
        yield from _run(command, lines.of(text(command)) if text(command) else 0)
    environment = table(document.get("env"))
    yield from setting_clues((name, text(value), lines.of(name)) for name, value in environment.items())


def read_netlify(manifest: Manifest) -> Iterator[Clue]:
    """Netlify's build command and plugins."""
    document, lines = read_toml(manifest.text), Lines(manifest.text)
    command = at(document, "build", "command")
    yield from _run(command, lines.of(text(command)) if text(command) else 0, development=True)
    for plugin in rows(document.get("plugins")):
        package = text(at(plugin, "package"))
        if package and not package.startswith((".", "/")):
            value = f"pkg:npm/{package.replace('@', '%40', 1)}"
            yield Clue(Sort.PURL, value, lines.key(package), Certainty.CONFIGURED, development=True)


def read_vercel(manifest: Manifest) -> Iterator[Clue]:
    """The framework that Vercel is told to expect, and its commands."""
    document, lines = read_json_object(manifest.text), Lines(manifest.text)
    yield from _tool(_FRAMEWORKS.get(text(document.get("framework"))), lines.key("framework"))
    for key in ("buildCommand", "installCommand"):
        yield from _run(document.get(key), lines.key(key), development=True)


def read_render(manifest: Manifest) -> Iterator[Clue]:
    """Render's databases, which are PostgreSQL, its services and what they run."""
    for document in read_yaml(manifest.text):
        for database in rows(at(document, "databases")):
            yield from _tool("postgresql", line(at(database, "name")))
        for service in rows(at(document, "services")):
            yield from _render_service(table(service))


def _render_service(service: Mapping[str, Any]) -> Iterator[Clue]:
    kind = text(service.get("type"))
    yield from _tool("redis" if kind == "redis" else None, line(kind))
    runtime = text(service.get("runtime")) or text(service.get("env"))
    yield from _tool(_RUNTIMES.get(runtime), line(runtime))
    image = text(at(service, "image", "url"))
    yield from image_clues(image, line(image))
    for key in ("buildCommand", "startCommand", "preDeployCommand"):
        yield from _run(service.get(key), line(service.get(key)))


def read_railway(manifest: Manifest) -> Iterator[Clue]:
    """Railway's start and build commands."""
    reads = read_json_object if manifest.name.endswith(".json") else read_toml
    document, lines = reads(manifest.text), Lines(manifest.text)
    for place, key in (("build", "buildCommand"), ("deploy", "preDeployCommand"), ("deploy", "startCommand")):
        for command in one_or_many(at(document, place, key)):
            yield from _run(command, lines.of(key))


def read_devcontainer(manifest: Manifest) -> Iterator[Clue]:
    """The image and the features of a development container."""
    document, lines = read_json_object(manifest.text), Lines(manifest.text)
    image = text(document.get("image"))
    number = lines.key(image) if image else 0
    yield from image_clues(image, number, development=True)
    owner, _, name = image.partition(":")[0].rpartition("/")
    if owner.endswith("/devcontainers"):
        yield from _tool(_CONTAINERS.get(name), number, development=True)
    for feature in table(document.get("features")):
        owner, _, name = feature.partition(":")[0].rpartition("/")
        if owner == "ghcr.io/devcontainers/features":
            yield from _tool(_FEATURES.get(name), lines.key(feature), development=True)


READERS: Mapping[str, Reader] = {
    "Procfile": read_procfile,
    "Procfile.*": read_procfile,
    "app.json": read_app_json,
    "heroku.yml": read_heroku,
    "fly.toml": read_fly,
    "fly.*.toml": read_fly,
    "netlify.toml": read_netlify,
    "vercel.json": read_vercel,
    "render.yaml": read_render,
    "railway.json": read_railway,
    "railway.toml": read_railway,
    "devcontainer.json": read_devcontainer,
    ".devcontainer.json": read_devcontainer,
}
