"""What a command line in a Dockerfile, a Procfile or a CI job says of tools: which it runs, which it installs."""

import re
from collections.abc import Iterable, Iterator

from stacks.scanner.clues import Certainty, Clue, Sort
from stacks.scanner.reading.shell import Command

PROGRAMS = {
    "alembic": "alembic",
    "ansible": "ansible",
    "ansible-galaxy": "ansible",
    "ansible-playbook": "ansible",
    "apache2-foreground": "apache-httpd",
    "aws": "aws",
    "az": "azure",
    "bazel": "bazel",
    "bazelisk": "bazel",
    "black": "black",
    "bun": "bun",
    "bundle": "bundler",
    "bunx": "bun",
    "caddy": "caddy",
    "cargo": "cargo",
    "cdk": "aws-cdk",
    "celery": "celery",
    "cmake": "cmake",
    "codecov": "codecov",
    "composer": "composer",
    "conda": "conda",
    "cypress": "cypress",
    "daphne": "daphne",
    "dbt": "dbt",
    "deno": "deno",
    "docker-compose": "docker-compose",
    "dotnet": "dotnet",
    "eslint": "eslint",
    "flake8": "flake8",
    "flutter": "flutter",
    "flyctl": "flyio",
    "flyway": "flyway",
    "gcloud": "google-cloud",
    "golangci-lint": "golangci-lint",
    "goreleaser": "goreleaser",
    "gradle": "gradle",
    "gradlew": "gradle",
    "granian": "granian",
    "gunicorn": "gunicorn",
    "haproxy": "haproxy",
    "helm": "helm",
    "helmfile": "helm",
    "heroku": "heroku",
    "httpd": "apache-httpd",
    "hugo": "hugo",
    "jekyll": "jekyll",
    "jest": "jest",
    "k6": "k6",
    "kamal": "kamal",
    "kubectl": "kubernetes",
    "kustomize": "kustomize",
    "lerna": "lerna",
    "liquibase": "liquibase",
    "locust": "locust",
    "make": "make",
    "mkdocs": "mkdocs",
    "mvn": "maven",
    "mvnw": "maven",
    "mypy": "mypy",
    "netlify": "netlify",
    "nginx": "nginx",
    "nx": "nx",
    "nomad": "nomad",
    "packer": "packer",
    "phpstan": "phpstan",
    "phpunit": "phpunit",
    "pipenv": "pipenv",
    "playwright": "playwright",
    "pnpm": "pnpm",
    "podman": "podman",
    "poetry": "poetry",
    "pre-commit": "pre-commit",
    "prettier": "prettier",
    "puma": "puma",
    "pulumi": "pulumi",
    "pytest": "pytest",
    "rspec": "rspec",
    "rubocop": "rubocop",
    "ruff": "ruff",
    "sbt": "sbt",
    "serverless": "serverless-framework",
    "sidekiq": "sidekiq",
    "skaffold": "skaffold",
    "sls": "serverless-framework",
    "snyk": "snyk",
    "sonar-scanner": "sonarqube",
    "sphinx-build": "sphinx",
    "stylelint": "stylelint",
    "terraform": "terraform",
    "terragrunt": "terragrunt",
    "tofu": "opentofu",
    "trivy": "trivy",
    "tsc": "typescript",
    "turbo": "turborepo",
    "unicorn": "unicorn",
    "uv": "uv",
    "uvicorn": "uvicorn",
    "uvx": "uv",
    "uwsgi": "uwsgi",
    "varnishd": "varnish",
    "vercel": "vercel",
    "vitest": "vitest",
    "wrangler": "cloudflare",
    "yarn": "yarn",
}
"""Programs whose name means one tool."""

_WITH_WORD = {
    ("aws", "s3"): "amazon-s3",
    ("aws", "s3api"): "amazon-s3",
    ("aws", "lambda"): "aws-lambda",
    ("aws", "dynamodb"): "dynamodb",
    ("aws", "cloudformation"): "cloudformation",
    ("docker", "build"): "docker",
    ("docker", "buildx"): "docker",
    ("docker", "login"): "docker",
    ("docker", "push"): "docker",
    ("docker", "run"): "docker",
    ("docker", "compose"): "docker-compose",
    ("docker", "stack"): "docker-swarm",
    ("fly", "deploy"): "flyio",
    ("gcloud", "app"): "google-app-engine",
    ("gcloud", "builds"): "google-cloud-build",
    ("go", "build"): "go",
    ("go", "generate"): "go",
    ("go", "mod"): "go",
    ("go", "run"): "go",
    ("go", "test"): "go",
    ("go", "vet"): "go",
    ("npm", "ci"): "npm",
    ("npm", "run"): "npm",
    ("npm", "start"): "npm",
    ("npm", "test"): "npm",
    ("rails", "server"): "rails",
    ("rails", "s"): "rails",
    ("rails", "db:migrate"): "rails",
    ("railway", "up"): "railway",
}
"""Programs whose name and first word mean one tool; both this and `PROGRAMS` may hold."""

_RUNNERS = {
    "bundle": ("exec",),
    "bunx": (),
    "npx": (),
    "pdm": ("run",),
    "pipenv": ("run",),
    "pnpm": ("exec", "dlx"),
    "poetry": ("run",),
    "uv": ("run",),
    "uvx": (),
    "yarn": ("exec", "dlx"),
}
"""Programs that run the program named after them, or after one of these words."""

_DISTRIBUTED = {
    "apache2": "apache-httpd",
    "caddy": "caddy",
    "haproxy": "haproxy",
    "mariadb-server": "mariadb",
    "memcached": "memcached",
    "mosquitto": "mosquitto",
    "mysql-server": "mysql",
    "nginx": "nginx",
    "nginx-full": "nginx",
    "nodejs": "nodejs",
    "postgresql": "postgresql",
    "rabbitmq-server": "rabbitmq",
    "redis": "redis",
    "redis-server": "redis",
    "tomcat9": "tomcat",
    "tomcat10": "tomcat",
    "varnish": "varnish",
}
"""Packages of Linux distributions that are the tool itself, not a client or a library for it."""

_SYSTEM = {
    ("apk", "add"),
    ("apt", "install"),
    ("apt-get", "install"),
    ("dnf", "install"),
    ("microdnf", "install"),
    ("yum", "install"),
}
_LANGUAGE = {
    ("bun", "add"): "npm",
    ("cargo", "install"): "cargo",
    ("gem", "install"): "gem",
    ("go", "install"): "golang",
    ("npm", "i"): "npm",
    ("npm", "install"): "npm",
    ("pip", "install"): "pypi",
    ("pip3", "install"): "pypi",
    ("pipx", "install"): "pypi",
    ("pnpm", "add"): "npm",
    ("yarn", "add"): "npm",
}
_WITH_VALUE = frozenset(
    (
        *("-c", "--constraint", "-e", "--editable", "-f", "--find-links", "-i", "--index-url"),
        *("--extra-index-url", "--prefix", "-r", "--registry", "--requirement", "-t", "--target"),
        *("--trusted-host", "-v", "--version", "--features", "--git", "--path", "--platform"),
    )
)
_NAMES = {
    "cargo": re.compile(r"[a-z0-9][\w-]*", re.ASCII),
    "gem": re.compile(r"[a-zA-Z0-9][\w.-]*", re.ASCII),
    "golang": re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w.~-]+)+", re.ASCII),
    "npm": re.compile(r"(?:@[a-z0-9][\w.-]*/)?[a-z0-9][\w.-]*", re.ASCII),
    "pypi": re.compile(r"[a-zA-Z0-9][\w.-]*", re.ASCII),
}


def command_clues(
    commands: Iterable[Command], *, certainty: Certainty = Certainty.MENTIONED, development: bool = False
) -> Iterator[Clue]:
    """What the commands run and install."""
    for command in commands:
        for sort, value in _meant(command.words):
            yield Clue(sort, value, command.line, certainty, development=development)


def _meant(words: tuple[str, ...]) -> Iterator[tuple[Sort, str]]:
    program = words[0].rpartition("/")[2]
    first = next((word for word in words[1:] if not word.startswith("-")), "")
    if (program, first) in _SYSTEM:
        names = (word.partition("=")[0] for word in _arguments(words, first))
        yield from ((Sort.TOOL, _DISTRIBUTED[name]) for name in names if name in _DISTRIBUTED)
    elif ecosystem := _LANGUAGE.get((program, first)):
        yield from ((Sort.PURL, f"pkg:{ecosystem}/{name}") for name in _installed(ecosystem, _arguments(words, first)))
    else:
        yield from ((Sort.TOOL, tool) for tool in _run(program, first))
        yield from _run_through(program, words)


def _run(program: str, first: str) -> Iterator[str]:
    if program in PROGRAMS:
        yield PROGRAMS[program]
    if (program, first) in _WITH_WORD:
        yield _WITH_WORD[program, first]


def _run_through(program: str, words: tuple[str, ...]) -> Iterator[tuple[Sort, str]]:
    """What `npx`, `poetry run` or `python -m` run."""
    rest = words[1:]
    if program.startswith("python") and rest[:1] == ("-m",):
        rest = () if rest[1:2] == ("pip",) else rest[1:]
    elif program not in _RUNNERS or (_RUNNERS[program] and rest[:1] not in {(word,) for word in _RUNNERS[program]}):
        return
    elif _RUNNERS[program]:
        rest = rest[1:]
    while rest and rest[0].startswith("-"):
        rest = rest[1:]
    if rest and rest[0] != program:
        name = rest[0].partition("@")[0].rpartition("/")[2]
        yield from ((Sort.TOOL, tool) for tool in _run(name, rest[1] if len(rest) > 1 else ""))


def _arguments(words: tuple[str, ...], after: str) -> Iterator[str]:
    """The words after the subcommand that are neither options nor their values."""
    skipped = False
    for word in words[words.index(after) + 1 :]:
        if not skipped and not word.startswith("-"):
            yield word
        skipped = word in _WITH_VALUE


def _installed(ecosystem: str, arguments: Iterable[str]) -> Iterator[str]:
    """Names of packages as package URLs write them; paths, addresses and variables are none."""
    for argument in arguments:
        name = _unversioned(ecosystem, argument)
        if _NAMES[ecosystem].fullmatch(name) and "$" not in argument:
            yield _normal(ecosystem, name)


def _unversioned(ecosystem: str, argument: str) -> str:
    if ecosystem == "pypi":
        return re.split(r"[\[=<>!~;@ ]", argument, maxsplit=1)[0]
    if ecosystem == "gem":
        return argument.partition(":")[0]
    return argument[:1] + argument[1:].partition("@")[0]


def _normal(ecosystem: str, name: str) -> str:
    if ecosystem == "pypi":
        return re.sub(r"[-_.]+", "-", name).lower()
    if ecosystem == "golang":
        return name.partition("/cmd/")[0].lower()
    return name.replace("@", "%40", 1) if ecosystem == "npm" else name
