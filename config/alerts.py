"""Alerts reach who follows their tools or watches stacks with them: on the site, by mail as they wish, by webhook.

One transaction takes a batch, tells it and marks it as told: a process that dies in between has told nothing, and of
two that begin together the second finds nothing left. The keys of what is told would make repeating harmless besides.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import accumulate, takewhile
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from members import delivering
from members.models import Kind, Member, Notification
from stacks.models import Watch
from tools.models import Alert, AlertKind, Follow
from tools.words import counted

BATCH = 500
"""Alerts of one run at most."""
READERS = 20_000
"""Readings of one run: it ends before the alert that would bring more, unless that is its first."""
SPELT_OUT = 5
"""Alerts that one member is told one by one in a run; of the others they read how many there are."""
RANKS = {kind: rank for rank, kind in enumerate(AlertKind)}
type Told = Mapping[int, Sequence[Alert]]
"""By member what they are told."""


def tell_followers(now: datetime) -> int:
    """Tell what nobody was told yet; return how many alerts that were."""
    with transaction.atomic():
        alerts = _next_batch()
        if alerts:
            told = _by_member(alerts)
            _notify(told)
            messages = {alert.pk: (f"alert-{alert.pk}", payload(alert)) for alert in alerts}
            delivering.queue({member: [messages[row.pk] for row in rows] for member, rows in told.items()})
            Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(told_at=now)
    return len(alerts)


def payload(alert: Alert) -> dict[str, Any]:
    """The alert as programs read it."""
    return {
        "event": alert.kind,
        "id": alert.pk,
        "text": alert.text,
        "happened_on": alert.happened_on.isoformat(),
        "source": alert.source_url or alert.source,
        "tool": {
            "slug": alert.tool.slug,
            "name": alert.tool.name,
            "url": f"{settings.SITE_URL}{alert.tool.get_absolute_url()}",
        },
    }


def by_weight(alerts: Iterable[Alert]) -> list[Alert]:
    """What weighs most first: an archived tool before a changed fact."""
    return sorted(alerts, key=lambda alert: (RANKS[AlertKind(alert.kind)], alert.pk))


def _next_batch() -> Sequence[Alert]:
    """The oldest alerts that nobody was told, as many as a run takes, held until the transaction ends."""
    rows = list(Alert.objects.untold().select_related("tool").select_for_update(of=("self",))[:BATCH])
    watchers = Watch.objects.count_by_tool({row.tool_id for row in rows}) if rows else {}
    readers = accumulate(row.tool.followers_count + watchers.get(row.tool_id, 0) for row in rows)
    fitting = list(takewhile(lambda pair: pair[1] <= READERS, zip(rows, readers, strict=True)))
    return rows[: max(len(fitting), 1)]


def _by_member(alerts: Sequence[Alert]) -> Told:
    """What each follower of the tools and each watcher of stacks with them hears, what weighs most first; two queries.

    Who follows a tool and watches stacks with it hears of it once.
    """
    of_tools: dict[int, list[Alert]] = {}
    for alert in by_weight(alerts):
        of_tools.setdefault(alert.tool_id, []).append(alert)
    followers = Follow.objects.filter(tool__in=of_tools).order_by("pk").values_list("member", "tool")
    told: dict[int, list[Alert]] = {}
    for member, tool in dict.fromkeys([*followers, *Watch.objects.hearing_of(of_tools)]):
        told.setdefault(member, []).extend(of_tools[tool])
    return {member: by_weight(rows) for member, rows in told.items()}


def _notify(told: Told) -> None:
    readers: dict[Alert, list[Member]] = {}
    rests: dict[tuple[int, int], list[Member]] = {}
    for key, member in Member.objects.only("pk").in_bulk(told).items():
        rows = told[key]
        for alert in rows[:SPELT_OUT]:
            readers.setdefault(alert, []).append(member)
        if rest := rows[SPELT_OUT:]:
            rests.setdefault((max(row.pk for row in rows), len(rest)), []).append(member)
    for alert in by_weight(readers):
        tell = (Kind.ALERT, f"alert-{alert.pk}", alert.text, alert.get_absolute_url())
        Notification.objects.tell(readers[alert], *tell)
    for (newest, count), members in rests.items():
        text = f"{counted(count, 'more alert', 'more alerts')} about tools you follow"
        url = reverse("tools:followed_alerts")
        Notification.objects.tell(members, Kind.ALERT, f"alerts-until-{newest}", text, url)
