"""Names and values of settings, as environment files, properties and compose files have them."""

import re
from collections.abc import Iterable, Iterator, Mapping

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader, Sort
from stacks.scanner.reading.connections import adapter_tool, addressed
from stacks.scanner.reading.lines import numbered

_SECRETS = {
    "ALGOLIA_API_KEY": "algolia",
    "ALGOLIA_APP_ID": "algolia",
    "ANTHROPIC_API_KEY": "anthropic",
    "AUTH0_CLIENT_ID": "auth0",
    "AUTH0_DOMAIN": "auth0",
    "BUGSNAG_API_KEY": "bugsnag",
    "CLERK_SECRET_KEY": "clerk",
    "GEMINI_API_KEY": "gemini-api",
    "HONEYBADGER_API_KEY": "honeybadger",
    "MAILGUN_API_KEY": "mailgun",
    "MAILGUN_DOMAIN": "mailgun",
    "MEILISEARCH_MASTER_KEY": "meilisearch",
    "MIXPANEL_TOKEN": "mixpanel",
    "NEW_RELIC_LICENSE_KEY": "new-relic",
    "OPENAI_API_KEY": "openai",
    "PINECONE_API_KEY": "pinecone",
    "POSTMARK_API_TOKEN": "postmark",
    "POSTMARK_SERVER_TOKEN": "postmark",
    "RESEND_API_KEY": "resend",
    "ROLLBAR_ACCESS_TOKEN": "rollbar",
    "SEGMENT_WRITE_KEY": "segment",
    "SENDGRID_API_KEY": "sendgrid",
    "SENTRY_AUTH_TOKEN": "sentry",
    "SENTRY_DSN": "sentry",
    "SLACK_BOT_TOKEN": "slack",
    "SLACK_WEBHOOK_URL": "slack",
    "STRIPE_API_KEY": "stripe",
    "STRIPE_PUBLISHABLE_KEY": "stripe",
    "STRIPE_SECRET_KEY": "stripe",
    "STRIPE_WEBHOOK_SECRET": "stripe",
    "SUPABASE_ANON_KEY": "supabase",
    "SUPABASE_URL": "supabase",
    "TWILIO_ACCOUNT_SID": "twilio",
    "TWILIO_AUTH_TOKEN": "twilio",
    "TYPESENSE_API_KEY": "typesense",
}
"""Names of variables that only a user of the tool has."""

_PUBLIC = re.compile(r"^(?:NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|GATSBY)_")
_CHOICES = {
    "BROADCAST_CONNECTION": {"redis": "redis"},
    "BROADCAST_DRIVER": {"redis": "redis"},
    "CACHE_DRIVER": {"redis": "redis", "memcached": "memcached"},
    "CACHE_STORE": {"redis": "redis", "memcached": "memcached"},
    "MAIL_MAILER": {"mailgun": "mailgun", "postmark": "postmark", "ses": "amazon-ses", "resend": "resend"},
    "QUEUE_CONNECTION": {"redis": "redis", "sqs": "amazon-sqs"},
    "QUEUE_DRIVER": {"redis": "redis", "sqs": "amazon-sqs"},
    "SCOUT_DRIVER": {"algolia": "algolia", "meilisearch": "meilisearch", "typesense": "typesense"},
    "SESSION_DRIVER": {"redis": "redis", "memcached": "memcached"},
}
_ADAPTERS = frozenset(
    {"DB_CONNECTION", "DB_DIALECT", "DB_DRIVER", "DB_ENGINE", "DATABASE_CLIENT", "TYPEORM_CONNECTION"}
)
LONGEST_VALUE = 2_000
"""Characters of a value that are looked at."""


def setting_clues(settings: Iterable[tuple[str, str, int]], *, development: bool = False) -> Iterator[Clue]:
    """What (name, value, line) of settings betray, each tool once."""
    found: set[str] = set()
    for name, value, line in settings:
        for tool in _tools(name, value[:LONGEST_VALUE]):
            if tool not in found:
                found.add(tool)
                yield Clue(Sort.TOOL, tool, line, Certainty.CONFIGURED, development=development)


def _tools(name: str, value: str) -> Iterator[str]:
    yield from addressed(value)
    plain = _PUBLIC.sub("", name)
    if plain in _SECRETS:
        yield _SECRETS[plain]
    if chosen := _CHOICES.get(plain, {}).get(value.strip().lower()):
        yield chosen
    if plain in _ADAPTERS and (adapter := adapter_tool(value.rpartition(".")[2])):
        yield adapter


def read_environment(manifest: Manifest) -> Iterator[Clue]:
    """An example of an environment file. The real one, with its secrets, is never read."""
    yield from setting_clues(_assignments(manifest.text))


def _assignments(text: str) -> Iterator[tuple[str, str, int]]:
    for number, raw in numbered(text, "#"):
        name, given, value = raw.strip().removeprefix("export ").partition("=")
        if given:
            yield name.strip(), value.strip().strip("'\""), number


READERS: Mapping[str, Reader] = {
    ".env.*example": read_environment,
    ".env.*sample": read_environment,
    ".env.*template": read_environment,
    ".env.dist": read_environment,
    "*.env.example": read_environment,
    "env.example": read_environment,
}
