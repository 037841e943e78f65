"""When digests go out: on Mondays, each member at a minute of their own, once a week whatever happens.

`members.Digest` is the record. A row is made, and so the digest claimed, just before its mail goes out: a process that
dies in between loses that one digest and repeats none. What the mail server refuses is tried again through the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Mod

from config.digest.gathering import followed, happened
from config.digest.news import News, news_for
from members.letters import Letter, letter
from members.models import Digest, Kind, MailPreference, Member, Rhythm
from members.posting import Round, post, reachable
from tools.models import Follow

BEGINS = time(8, tzinfo=UTC)
OPEN_FOR = timedelta(days=1)
"""How long a Monday's digests may still go out, if the site was down or the mail server refused."""
SPREAD_MINUTES = 60
LONGEST = timedelta(days=15)
"""How far back the first digest looks, and any other at most: over a week in which the mail server refused."""
MEMBERS_PER_RUN = 200
TEMPLATES = ("members/email/digest.txt", "members/email/digest.html")


@dataclass(slots=True)
class Delivery:
    """One member's digest."""

    member: Member
    news: News
    week: date
    now: datetime
    row: Digest | None = None

    def claim(self) -> bool:
        """Make the week's row, or take up the one that failed."""
        self.row = Digest.objects.claim(self.member, self.week, self.now)
        return self.row is not None

    def write(self) -> Letter:
        """The digest as a letter."""
        subject = f"Tools you follow: {self.news.summary}"
        key = f"digest-{self.member.pk}-{self.week}"
        return letter(self.member, [Kind.DIGEST], subject, TEMPLATES, {"news": self.news}, key)

    def sent(self) -> None:
        """Note it."""
        if self.row:
            self.row.sent()

    def failed(self) -> None:
        """Let it wait for another try."""
        if self.row:
            self.row.failed(self.now)


def send_due(now: datetime) -> Round:
    """Send the digests whose minute has come; a constant number of queries to find out what they say."""
    begin = _latest_monday(now)
    if not begin <= now < begin + OPEN_FOR:
        return Round()
    week = begin.date()
    Digest.objects.forget(week)
    members = list(_due(week, (now - begin) // timedelta(minutes=1), now)[:MEMBERS_PER_RUN])
    deliveries = [Delivery(member, news, week, now) for member, news in _news(members, now)]
    silent = [delivery.member for delivery in deliveries if not delivery.news]
    Digest.objects.nothing_to_say(silent, week, now)
    return post([delivery for delivery in deliveries if delivery.news])


def _latest_monday(now: datetime) -> datetime:
    """When digests began to go out last."""
    day = (now.astimezone(UTC) - timedelta(hours=BEGINS.hour)).date()
    return datetime.combine(day - timedelta(days=day.weekday()), BEGINS)


def _due(week: date, minutes: int, now: datetime) -> QuerySet[Member]:
    """Members who follow something, want the digest, have not had this week's, and whose minute has come."""
    of_week = Digest.objects.filter(member=OuterRef("pk"), week=week)
    unwanted = MailPreference.objects.filter(member=OuterRef("pk"), kind=Kind.DIGEST, rhythm=Rhythm.NEVER)
    wanting = reachable(now).filter(Exists(Follow.objects.filter(member=OuterRef("pk"))), ~Exists(unwanted))
    open_ones = wanting.filter(~Exists(of_week) | Exists(of_week.to_retry(now)))
    settled = Q(digests__in=Digest.objects.settled())
    return (
        open_ones.annotate(minute=Mod(F("pk"), SPREAD_MINUTES), last=Max("digests__until", filter=settled))
        .filter(minute__lte=minutes)
        .order_by("pk")
    )


def _news(members: Sequence[Member], now: datetime) -> list[tuple[Member, News]]:
    """What there is to say to each of the members."""
    if not members:
        return []
    since = {member.pk: max(_last(member) or now - LONGEST, now - LONGEST) for member in members}
    tools = followed(since)
    found = happened(frozenset().union(*tools.values()), min(since.values()), now)
    return [
        (member, news_for(member.pk, tools.get(member.pk, frozenset()), since[member.pk], now, found))
        for member in members
    ]


def _last(member: Member) -> datetime | None:
    last: datetime | None = member.last  # type: ignore[attr-defined]  # `_due` annotates it
    return last
