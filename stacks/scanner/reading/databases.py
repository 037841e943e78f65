"""Which database a program is set up for: Prisma, Rails, Django, Spring, knex, TypeORM, Drizzle, Alembic."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort, UnreadableError
from stacks.scanner.parsing import read_yaml
from stacks.scanner.reading.connections import adapter_tool, addressed
from stacks.scanner.reading.lines import numbered
from stacks.scanner.reading.trees import line, table, text

_PRISMA = re.compile(r"^[ \t]*provider[ \t]*=[ \t]*\[?[ \t]*\"([a-z]+)\"")
_ADAPTER = re.compile(r"^[ \t]*adapter:[ \t]*([\w'\"-]+)")
_OPTION = re.compile(r"\b(?:client|type|dialect)['\"]?\s?[:=]\s?['\"`]([\w-]{1,30})['\"`]")
_ENGINE = re.compile(
    r"['\"](?:ENGINE|BACKEND)['\"]\]?\s?[:=]\s?(?:env\([^()]{0,80}|os\.[^()]{0,40}\([^()]{0,80})?['\"]([\w.]{1,80})['\"]"
)
_ENGINES = {
    "django.contrib.gis.db.backends.postgis": "postgresql",
    "django.core.cache.backends.memcached.PyLibMCCache": "memcached",
    "django.core.cache.backends.memcached.PyMemcacheCache": "memcached",
    "django.core.cache.backends.redis.RedisCache": "redis",
    "django.db.backends.mysql": "mysql",
    "django.db.backends.oracle": "oracle-database",
    "django.db.backends.postgresql": "postgresql",
    "django.db.backends.postgresql_psycopg2": "postgresql",
    "django.db.backends.sqlite3": "sqlite",
    "django_prometheus.db.backends.postgresql": "postgresql",
    "django_redis.cache.RedisCache": "redis",
    "django_tenants.postgresql_backend": "postgresql",
    "mssql": "sql-server",
}
_PROPERTIES = {
    "eureka.client": "eureka",
    "eureka.instance": "eureka",
    "spring.cassandra": "cassandra",
    "spring.cloud.consul": "consul",
    "spring.cloud.vault": "vault",
    "spring.data.cassandra": "cassandra",
    "spring.data.elasticsearch": "elasticsearch",
    "spring.data.mongodb": "mongodb",
    "spring.data.neo4j": "neo4j",
    "spring.data.redis": "redis",
    "spring.elasticsearch": "elasticsearch",
    "spring.flyway": "flyway",
    "spring.kafka": "kafka",
    "spring.liquibase": "liquibase",
    "spring.mongodb": "mongodb",
    "spring.neo4j": "neo4j",
    "spring.pulsar": "pulsar",
    "spring.rabbitmq": "rabbitmq",
    "spring.redis": "redis",
    "spring.thymeleaf": "thymeleaf",
}
"""Settings of Spring by their first words; `enabled=false` says the opposite."""

_KINDS = ("quarkus.datasource.db-kind", "micronaut.datasources.default.db-type")


def read_prisma(manifest: Manifest) -> Iterator[Clue]:
    """The provider of the datasource, not those of generators."""
    inside = False
    for number, raw in numbered(manifest.text):
        if raw.lstrip().startswith("datasource "):
            inside = True
        elif raw.strip() == "}":
            inside = False
        elif inside and (found := _PRISMA.match(raw)):
            yield from _adapter_clue(found[1], number)


def read_rails(manifest: Manifest) -> Iterator[Clue]:
    """config/database.yml, line by line: it is a template of Ruby's."""
    for number, raw in numbered(manifest.text, "#"):
        if found := _ADAPTER.match(raw):
            yield from _adapter_clue(found[1], number)
        elif "://" in raw:
            yield from _addressed(raw, number)


def read_options(manifest: Manifest) -> Iterator[Clue]:
    """`client: 'pg'`, `type: 'postgres'` or `dialect: 'postgresql'` in a configuration file written as a program."""
    for number, raw in numbered(manifest.text, "//"):
        for found in _OPTION.finditer(raw):
            yield from _adapter_clue(found[1], number)
        yield from _addressed(raw, number)


def read_django(manifest: Manifest) -> Iterator[Clue]:
    """Engines of databases and caches in Django's settings, and addresses of what else they connect to."""
    if "django" not in manifest.text.lower() or manifest.name.startswith("test_"):
        return
    for number, raw in numbered(manifest.text, "#"):
        for found in _ENGINE.finditer(raw):
            if tool := _ENGINES.get(found[1]):
                yield _clue(tool, number)
        yield from _addressed(raw, number)


def read_addresses(manifest: Manifest) -> Iterator[Clue]:
    """Any address of a server outside of comments."""
    for number, raw in numbered(manifest.text, "#"):
        yield from _addressed(raw, number)


def read_properties(manifest: Manifest) -> Iterator[Clue]:
    """Settings of Spring or Quarkus as properties."""
    for number, raw in numbered(manifest.text, "#"):
        name, _, value = raw.partition("=")
        yield from _property_clues(name.strip(), value.strip(), number)


def read_application(manifest: Manifest) -> Iterator[Clue]:
    """The same as YAML; where build tools put placeholders that are no YAML, addresses are found all the same."""
    try:
        for document in read_yaml(manifest.text):
            for name, value in _flattened(document):
                yield from _property_clues(name, text(value), line(value))
    except UnreadableError:
        yield from read_addresses(manifest)
        raise


def _flattened(document: Any) -> Iterator[tuple[str, Any]]:
    """Scalars with the dotted names of where they stand; what aliases repeat comes once."""
    waiting: list[tuple[str, Any]] = [("", document)]
    seen: set[int] = set()
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, str):
            yield name, value
        elif id(value) not in seen:
            seen.add(id(value))
            start = f"{name}." if name else ""
            waiting.extend((start + key, held) for key, held in reversed([*table(value).items()]))


def _property_clues(name: str, value: str, number: int) -> Iterator[Clue]:
    yield from _addressed(value, number)
    plain = name.removeprefix("%dev.").removeprefix("%test.").removeprefix("%prod.")
    if plain in _KINDS:
        yield from _adapter_clue(value, number)
    parts = plain.split(".", 3)
    for length in (3, 2):
        tool = _PROPERTIES.get(".".join(parts[:length]))
        if tool and len(parts) > length and not (plain.endswith("enabled") and value.lower() == "false"):
            yield _clue(tool, number)
            return


def _addressed(raw: str, number: int) -> Iterator[Clue]:
    if ":" in raw:
        yield from (_clue(tool, number) for tool in addressed(raw))


def _adapter_clue(word: str, number: int) -> Iterator[Clue]:
    if tool := adapter_tool(word):
        yield _clue(tool, number)


def _clue(tool: str, number: int) -> Clue:
    return Clue(Sort.TOOL, tool, number, Certainty.CONFIGURED)


READERS: Mapping[str, Reader] = {
    "*.prisma": read_prisma,
    "config/database.yml": read_rails,
    "knexfile.js": read_options,
    "knexfile.ts": read_options,
    "ormconfig.*": read_options,
    "drizzle.config.*": read_options,
    "data-source.ts": read_options,
    "config/config.json": read_options,
    "settings.py": read_django,
    "settings_*.py": read_django,
    "*_settings.py": read_django,
    "settings/*.py": read_django,
    "alembic.ini": read_addresses,
    "application.properties": read_properties,
    "application-*.properties": read_properties,
    "application.yml": read_application,
    "application.yaml": read_application,
    "application-*.yml": read_application,
    "application-*.yaml": read_application,
}
