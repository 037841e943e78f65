"""What happened around the tools that some members follow or watch: thirteen queries at most, however many they are."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, Q

from advice.models import Outcome, Post, PostTool
from advice.models.post import PARTS
from config.digest.news import Happened
from stacks.models import Watch
from tools.models import Alert, AlertKind, Fact, Follow

UNTOLD = [*PARTS, *(f"{part}_html" for part in PARTS)]


def followed(members: Iterable[int]) -> dict[int, frozenset[int]]:
    """The tools each of the members follows, or that stand in a stack they watch; two queries."""
    of_members = list(members)
    follows = Follow.objects.filter(member__in=of_members).values_list("member", "tool")
    watches = Watch.objects.filter(member__in=of_members, stack__uses__isnull=False).of_readable()
    tools: dict[int, set[int]] = {}
    for member, tool in [*follows, *watches.order_by().values_list("member", "stack__uses__tool")]:
        tools.setdefault(member, set()).add(tool)
    return {member: frozenset(found) for member, found in tools.items()}


def happened(tools: frozenset[int], since: datetime, until: datetime) -> Happened:
    """The posts, outcomes, alerts and facts of that time about these tools.

    Alerts about facts are left out: what changed is told with all other facts.
    """
    past: dict[tuple[int, int], list[Fact]] = {}
    for fact in Fact.objects.filter(tool__in=tools, superseded_at__gt=since).with_values():
        past.setdefault((fact.tool_id, fact.attribute_id), []).append(fact)
    recorded = Fact.objects.current().filter(tool__in=tools, recorded_at__gt=since, recorded_at__lte=until)
    facts = recorded.with_values().select_related("tool").order_by("tool__name", "-attribute__importance", "pk")
    noticed = Alert.objects.newest().filter(tool__in=tools, created_at__gt=since, created_at__lte=until)
    alerts = noticed.exclude(kind=AlertKind.FACT).order_by("tool__name", "tool_id", "-happened_on", "-pk")
    return Happened(_posts(tools, since, until), list(facts), past, list(alerts))


def _posts(tools: frozenset[int], since: datetime, until: datetime) -> list[Post]:
    new = Q(published_at__gt=since, published_at__lte=until) | Q(revisited_at__gt=since, revisited_at__lte=until)
    about = PostTool.objects.filter(tool__in=tools).values("post")
    told = Outcome.objects.answered().select_related("tool", "replaced_by")
    rows = (Prefetch("tool_rows", PostTool.objects.select_related("tool")), Prefetch("outcomes", told))
    posts = Post.objects.published().filter(new, pk__in=about).hottest().defer(*UNTOLD)
    return list(posts.select_related("author").prefetch_related(*rows))
