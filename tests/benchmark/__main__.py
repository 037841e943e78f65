"""Load the catalogue into a database of its own, pad it with sample tools, and time pages and sentences.

Prints for each page its queries and its time, in milliseconds and as a multiple of a raw 30 KB response, and for the
pure part milliseconds a pair. Times are CPU times of this process: medians, so that a busy machine disturbs them
little.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations
from random import Random
from statistics import median, quantiles
from time import process_time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # the environment had to be set first

django.setup()

from django.conf import settings  # noqa: E402  # as above
from django.db import connection  # noqa: E402  # as above
from django.test import Client, override_settings  # noqa: E402  # as above
from django.test.utils import CaptureQueriesContext  # noqa: E402  # as above
from rich.console import Console  # noqa: E402  # as above
from rich.table import Table  # noqa: E402  # as above

from comparisons.facts import Subject  # noqa: E402  # as above
from comparisons.gather import gather  # noqa: E402  # as above
from comparisons.statements import compare  # noqa: E402  # as above
from tools.catalogue.loading import load  # noqa: E402  # as above
from tools.models import Edition, Fact, FactValue, Repository, Tool  # noqa: E402  # as above
from tools.searching.index import current_index  # noqa: E402  # as above

PAGES = (
    "/",
    "/tools/",
    "/tools/?language=python&kind=framework&sort=growth&shortlist=django,flask",
    "/tools/flask/",
    "/tools/flask/alternatives/",
    "/categories/",
    "/categories/data-stores/",
    "/search/?q=postgress",
    "/search/?q=signed+cookies",
    "/search/suggest?q=postgress",
    "/search/suggest?q=sample",
    "/search/suggest?q=flask+dj",
    "/flaskk/",
    "/compare/elixir-vs-flask/",
    "/compare/django-vs-express-vs-flask-vs-laravel-vs-rails/",
)
ROUNDS = 15
PAIRS = 300
CHUNK = 200


def main() -> None:
    """Measure with the catalogue alone, then with it padded to the number of tools asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", type=int, default=10_000)
    wanted = parser.parse_args().tools
    connection.creation.create_test_db(verbosity=0)
    console = Console(width=100)
    try:
        load(settings.CATALOGUE_DIR)
        _sentences(console)
        before = _pages(console, Tool.objects.count())
        _pad(wanted)
        after = _pages(console, Tool.objects.count())
    finally:
        connection.creation.destroy_test_db(":memory:", verbosity=0)
    if before != after:
        sys.exit(f"The number of queries depends on the number of tools: {before} and {after}")


def _sentences(console: Console) -> None:
    """Milliseconds to compare a pair, over pairs of one function, of one category and of all layers."""
    tools = list(Tool.objects.with_place().with_neighbours())
    subjects = gather(tools, candidates=0).subjects
    place = {tool.slug: (tool.function_id, tool.function.category_id) for tool in tools}
    pairs = list(combinations(subjects, 2))
    kinds: dict[str, list[tuple[Subject, Subject]]] = {
        "one function": [p for p in pairs if place[p[0].slug][0] == place[p[1].slug][0]],
        "one category": [p for p in pairs if place[p[0].slug][1] == place[p[1].slug][1]],
        "any two": pairs,
    }
    draw = Random(2026)  # noqa: S311  # a sample, not a secret
    table = Table("pairs of", "ms, median", "ms, 90th pct", "statements, median")
    for name, found in kinds.items():
        chosen = draw.sample(found, PAIRS)
        times = [_milliseconds(partial(compare, pair), 5) for pair in chosen]
        said = [len(list(compare(pair))) for pair in chosen]
        table.add_row(name, f"{median(times):.2f}", f"{quantiles(times, n=10)[8]:.2f}", f"{median(said):.0f}")
    console.print(table)


def _pages(console: Console, tools: int) -> list[int]:
    """The queries of each page; prints them with the page's time and size."""
    # Not Django's test environment, whose signals make every template several times slower.
    client = Client(headers={"host": "localhost"})
    with override_settings(ROOT_URLCONF="tests.benchmark.urls"):
        unit = _milliseconds(partial(client.get, "/raw/"), 200)
        table = Table(f"page, with {tools:,} tools", "queries", "times a raw answer", "ms", "KB")
        counts = []
        # Names are read once for each edition, not for each page.
        current_index()
        for address in PAGES:
            with CaptureQueriesContext(connection) as captured:
                size = len(client.get(address).content)
            counts.append(len(captured))
            took = _milliseconds(partial(client.get, address), ROUNDS)
            table.add_row(address, str(counts[-1]), f"{took / unit:.0f}", f"{took:.1f}", f"{size / 1000:.0f}")
    console.print(table)
    return counts


def _milliseconds(act: Callable[[], object], rounds: int) -> float:
    """The median CPU time of an act."""
    times = []
    for _ in range(rounds):
        start = process_time()
        act()
        times.append((process_time() - start) * 1000)
    return median(times)


def _pad(wanted: int) -> None:
    """Sample tools until there are as many as wanted: copies of those that are known, facts and all."""
    originals = list(Tool.objects.prefetch_related("facts__values").select_related("repository"))
    missing = wanted - len(originals)
    copies = [originals[place % len(originals)] for place in range(max(missing, 0))]
    made = Tool.objects.bulk_create(
        [
            Tool(slug=f"sample-{place}", name=f"Sample {place}", kind_id=tool.kind_id, function_id=tool.function_id)
            for place, tool in enumerate(copies)
        ],
        batch_size=500,
    )
    Repository.objects.bulk_create(
        [
            Repository(
                tool=tool,
                name=f"sample/{tool.slug}",
                verified_on=was.repository.verified_on,
                stars=place,
                stars_on=was.repository.verified_on,
            )
            for place, (tool, was) in enumerate(zip(made, copies, strict=True))
            if hasattr(was, "repository")
        ],
        batch_size=500,
    )
    for start in range(0, len(made), CHUNK):
        _copy_facts(list(zip(made[start : start + CHUNK], copies[start : start + CHUNK], strict=True)))
    Edition.objects.advance()


def _copy_facts(tools: Sequence[tuple[Tool, Tool]]) -> None:
    rows = [(tool, row) for tool, was in tools for row in was.facts.all() if row.superseded_at is None]
    facts = Fact.objects.bulk_create(
        [
            Fact(
                tool=tool,
                attribute_id=row.attribute_id,
                boolean=row.boolean,
                number=row.number,
                text=row.text,
                source=row.source,
                verified_on=row.verified_on,
            )
            for tool, row in rows
        ],
        batch_size=500,
    )
    FactValue.objects.bulk_create(
        [
            FactValue(fact=fact, choice_id=value.choice_id, tool_id=value.tool_id, position=value.position)
            for fact, (_, row) in zip(facts, rows, strict=True)
            for value in row.values.all()
        ],
        batch_size=500,
    )


if __name__ == "__main__":
    main()
