"""What an address or a setting says of the servers that a program speaks to."""

import re
from collections.abc import Iterator

SCHEMES = {
    "amqp": "rabbitmq",
    "amqps": "rabbitmq",
    "bolt": "neo4j",
    "bolt+s": "neo4j",
    "cassandra": "cassandra",
    "clickhouse": "clickhouse",
    "clickhouses": "clickhouse",
    "cockroachdb": "cockroachdb",
    "couchbase": "couchbase",
    "couchbases": "couchbase",
    "duckdb": "duckdb",
    "jdbc:clickhouse": "clickhouse",
    "jdbc:mariadb": "mariadb",
    "jdbc:mysql": "mysql",
    "jdbc:postgresql": "postgresql",
    "jdbc:redshift": "redshift",
    "jdbc:snowflake": "snowflake",
    "jdbc:sqlserver": "sql-server",
    "mariadb": "mariadb",
    "memcached": "memcached",
    "mongodb": "mongodb",
    "mongodb+srv": "mongodb",
    "mssql": "sql-server",
    "mysql": "mysql",
    "mysql2": "mysql",
    "nats": "nats",
    "neo4j": "neo4j",
    "neo4j+s": "neo4j",
    "oracle": "oracle-database",
    "postgis": "postgresql",
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "psql": "postgresql",
    "pulsar": "pulsar",
    "pulsar+ssl": "pulsar",
    "pyamqp": "rabbitmq",
    "r2dbc:mariadb": "mariadb",
    "r2dbc:mysql": "mysql",
    "r2dbc:postgresql": "postgresql",
    "redis": "redis",
    "rediss": "redis",
    "redshift": "redshift",
    "snowflake": "snowflake",
    "spatialite": "sqlite",
    "sqlite": "sqlite",
    "sqlite3": "sqlite",
    "sqlserver": "sql-server",
}
"""The tool behind the scheme of an address."""

_WITHOUT_SLASHES = {
    "jdbc:oracle:thin:": "oracle-database",
    "jdbc:sqlite:": "sqlite",
    "jdbc:duckdb:": "duckdb",
    "jdbc:firebirdsql:": "firebird",
}
_HOSTS = {
    ".ingest.sentry.io": "sentry",
    ".ingest.us.sentry.io": "sentry",
    "hooks.slack.com": "slack",
    ".supabase.co": "supabase",
    ".neon.tech": "neon",
    ".snowflakecomputing.com": "snowflake",
    ".mongodb.net": "mongodb",
}
_SPEAKERS = {
    "mysql": {"mariadb": "mariadb", "tidb": "tidb", "vitess": "vitess", "psdb": "planetscale"},
    "redis": {"valkey": "valkey", "dragonfly": "dragonfly", "keydb": "keydb"},
    "postgresql": {"cockroach": "cockroachdb", "yugabyte": "yugabytedb"},
}
"""Servers that speak another's protocol, by a word in their host's name."""
_SCHEME_END = re.compile(r"(?:[a-z0-9]+:)?[a-z0-9]+(?:\+[a-z0-9]+)?$", re.ASCII)
_LONGEST_SCHEME = 40
_ADAPTERS = {
    "mariadb": "mariadb",
    "mongodb": "mongodb",
    "mssql": "sql-server",
    "mysql": "mysql",
    "mysql2": "mysql",
    "oracle": "oracle-database",
    "oracledb": "oracle-database",
    "pg": "postgresql",
    "pgsql": "postgresql",
    "postgis": "postgresql",
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "sqlite": "sqlite",
    "sqlite3": "sqlite",
    "better-sqlite3": "sqlite",
    "sqlserver": "sql-server",
    "sqlsrv": "sql-server",
    "trilogy": "mysql",
    "cockroachdb": "cockroachdb",
    "cockroach": "cockroachdb",
}


def adapter_tool(word: str) -> str | None:
    """The database that the name of an adapter, driver or engine means, such as `mysql2`; None for others."""
    return _ADAPTERS.get(word.strip().strip("'\"").lower())


def addressed(text: str) -> Iterator[str]:
    """The tools that addresses in a line of text lead to: `postgres://…` to PostgreSQL; none twice."""
    yield from dict.fromkeys(tool for tool in _addressed(text.lower()) if tool)


def _addressed(text: str) -> Iterator[str]:
    at = text.find("://")
    while at >= 0:
        yield _server(_scheme_tool(text[max(0, at - _LONGEST_SCHEME) : at]), text[at + 3 : at + 203])
        at = text.find("://", at + 3)
    for words in (_WITHOUT_SLASHES, _HOSTS):
        for part, tool in words.items():
            if part in text:
                yield tool


def _server(tool: str, rest: str) -> str:
    """The tool itself, or the one with its protocol that the host is named after: `mysql://root@mariadb/`."""
    host = rest.partition("/")[0].rpartition("@")[2]
    return next((other for word, other in _SPEAKERS.get(tool, {}).items() if word in host), tool)


def _scheme_tool(before: str) -> str:
    found = _SCHEME_END.search(before)
    scheme = found[0] if found else ""
    last = scheme.rpartition(":")[2]
    names = (scheme, scheme.partition("+")[0], last, last.partition("+")[0])
    return next((SCHEMES[name] for name in names if name in SCHEMES), "")
