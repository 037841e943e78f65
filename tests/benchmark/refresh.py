"""Refresh 10,000 repositories, a hundredth of them renamed and a hundredth gone, twice with the same figures.

Prints calls, CPU time a row and the memory a run takes, on SQLite or on what DATABASE_URL names. The host answers from
a dictionary and at once, so what is measured is claiming and writing.
"""

import argparse
import os
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from time import process_time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # the environment had to be set first

django.setup()

from django.db import connection  # noqa: E402  # as above
from rich.console import Console  # noqa: E402  # as above
from rich.table import Table  # noqa: E402  # as above

from tests.tools.builders import make_function, make_kind  # noqa: E402  # as above
from tests.tools.dictionary_forge import GONE, DictionaryForge, seen  # noqa: E402  # as above
from tools.forges.answers import Released  # noqa: E402  # as above
from tools.models import Observation, Release, Repository, Tool  # noqa: E402  # as above
from tools.refresh import Outcome, refresh  # noqa: E402  # as above

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
RELEASES = (Released("v1.0", date(2026, 1, 1)),)


def main() -> None:
    """Measure in a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=int, default=10_000)
    wanted = parser.parse_args().repositories
    connection.creation.create_test_db(verbosity=0)
    table = Table("run", "calls", "changed", "same", "not seen", "µs CPU a row", "peak MB", "observations")
    try:
        forge = make(wanted)
        for place, name in enumerate(("first figures", "the same figures", "new stars", "the same, memory traced")):
            if name == "new stars":
                forge = more_stars(forge)
            table.add_row(name, *measured(NOW + place * timedelta(days=40), forge, traced=name.endswith("traced")))
    finally:
        connection.creation.destroy_test_db(":memory:", verbosity=0)
    Console(width=120).print(table)


def make(wanted: int) -> DictionaryForge:
    """So many repositories, and the host that knows most of them."""
    kind, function = make_kind(), make_function()
    tools = [Tool(slug=f"tool-{n}", name=f"Tool {n}", kind=kind, function=function) for n in range(wanted)]
    Tool.objects.bulk_create(tools, batch_size=500)
    rows = [Repository(tool=tool, name=f"owner/{tool.slug}", due_at=NOW) for tool in tools]
    Repository.objects.bulk_create(rows, batch_size=500)
    forge = DictionaryForge()
    for number, row in enumerate(rows):
        new_name = f"renamed/tool-{number}" if number % 100 == 1 else row.name
        forge.answers[new_name] = seen(new_name, stars=number, licence="MIT", open_issues=5, releases=RELEASES)
        forge.answers[row.name] = GONE if number % 100 == 0 else forge.answers[new_name]
    return forge


def more_stars(forge: DictionaryForge) -> DictionaryForge:
    """The same host when each repository has another star."""
    answers = {
        name: answer if answer == GONE else seen(answer.name, answer.stars + 1, licence="MIT", releases=RELEASES)  # type: ignore[union-attr]  # it is gone or seen
        for name, answer in forge.answers.items()
    }
    return DictionaryForge(dict(answers))


def measured(now: datetime, forge: DictionaryForge, *, traced: bool) -> list[str]:
    """One run, as a line of the table."""
    forge.questions.clear()
    if traced:
        tracemalloc.start()
    start = process_time()
    outcome = refresh(now, [forge])
    took, peak = process_time() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return _line(outcome, took, f"{peak / 1e6:.1f}" if traced else "")


def _line(outcome: Outcome, took: float, peak: str) -> list[str]:
    counts = (outcome.calls, outcome.changed, outcome.same, len(outcome.failed))
    rows = Observation.objects.count() + Release.objects.count()
    return [*map(str, counts), f"{took / outcome.done * 1e6:.0f}", peak, str(rows)]


if __name__ == "__main__":
    main()
