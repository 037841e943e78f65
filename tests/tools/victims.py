"""Processes to be killed while they refresh: each is forked off one that has read Django already.

Reads lines: `refresh` and `edit` fork a process that does so and print its number, a number waits until that one ended.
"""

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import django
from django.db.models import Count, F, Sum


def refresh() -> None:
    """Refresh tick by tick, as a worker does that is started a quarter of an hour later."""
    from tools.tasks import refresh_due

    time_passes()
    while True:
        refresh_due()


def edit() -> None:
    """Be an editor who names another repository, due or not, claimed or not."""
    from tools.models import Repository

    Repository.objects.filter(tool__slug="edited").update(name="editors/choice", source="an editor")


def make(number: int) -> None:
    """So many tools with repositories that are due, and one that will be edited."""
    from tests.tools.builders import make_function, make_kind
    from tools.models import Repository, Tool

    slugs = [*(f"tool-{place}" for place in range(number - 1)), "edited"]
    place = {"function": make_function(), "kind": make_kind()}
    tools = Tool.objects.bulk_create([Tool(slug=slug, name=slug, **place) for slug in slugs], batch_size=500)
    rows = [Repository(tool=tool, name=f"owner/{tool.slug}") for tool in tools]
    Repository.objects.bulk_create(rows, batch_size=500)


def time_passes() -> None:
    """Let claims that dead processes left behind grow old."""
    from tools.models import Repository
    from tools.models.repository import CLAIM_LASTS

    older = F("claimed_at") - CLAIM_LASTS - timedelta(minutes=1)
    Repository.objects.exclude(claimed_at=None).update(claimed_at=older)


def settle() -> None:
    """Refresh what is left, and print what became of it all."""
    from tools.models import Alert, Observation, RefreshRun, Repository
    from tools.tasks import refresh_due

    time_passes()
    while Repository.objects.filter(seen_on=None).exists():
        refresh_due()
    told = RefreshRun.objects.aggregate(told=Sum("changed") + Sum("same"))["told"]
    twice = Alert.objects.order_by().values("tool", "kind").annotate(times=Count("pk")).filter(times__gt=1)
    edited = Repository.objects.get(tool__slug="edited")
    left = Repository.objects.exclude(claimed_at=None)
    print(told, Observation.objects.count(), twice.count(), left.count(), edited.name, edited.source)  # noqa: T201  # for the test


def main(does: dict[str, Callable[[], None]]) -> None:
    """Do what is asked, line by line."""
    django.setup()
    # Read once, not by each of them.
    import_module("tools.tasks")
    for line in map(str.strip, sys.stdin):
        if line in does:
            child = os.fork()
            if not child:
                does[line]()
                os._exit(0)
        else:
            child, _ = os.waitpid(int(line), 0)
        print(child, flush=True)  # noqa: T201  # for the test


if __name__ == "__main__":
    main({"refresh": refresh, "edit": edit})
