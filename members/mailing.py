"""Mail to members about what they were told.

The database is the queue: a notification is due by the rhythm its member wants, and claimed by setting `mailed_at`
before the mail goes out, so that two workers never send the same. A process that dies between the claim and the mail
server's answer loses that one mail (what it said stands on the site); a mail server that takes a mail and cannot say
so gets it again, under the same Message-ID. Nothing else is lost or repeated: what a server refuses is tried again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Min
from django.utils.text import Truncator

from members.letters import Letter, letter
from members.models import Kind, Member, Notification
from members.posting import Round, post, reachable

MEMBERS_PER_RUN = 200
TEMPLATES = ("members/email/notifications.txt", "members/email/notifications.html")
SHOWN = 30
"""Notifications that one mail spells out."""
SUBJECT = 80
"""Characters of a sentence in a subject."""


@dataclass(slots=True)
class News:
    """One mail with all that is due to a member."""

    member: Member
    now: datetime
    rows: Sequence[Notification] = field(default=())

    def claim(self) -> bool:
        """Take upon this process what is due to the member."""
        self.rows = Notification.objects.claim(self.member, self.now)
        return bool(self.rows)

    def write(self) -> Letter:
        """Tell all of it, the oldest first."""
        more = len(self.rows) - 1
        subject = Truncator(self.rows[0].text).chars(SUBJECT) + (f" and {more} more" if more else "")
        said = {"rows": self.rows[:SHOWN], "more": len(self.rows[SHOWN:])}
        key = "-".join(["notifications", *(str(row.pk) for row in self.rows)])
        return letter(self.member, (Kind(row.kind) for row in self.rows), subject, TEMPLATES, said, key)

    def sent(self) -> None:
        """The claim stands."""

    def failed(self) -> None:
        """Let it wait for another try."""
        Notification.objects.filter(pk__in=[row.pk for row in self.rows]).mail_failed(self.now)


def mail_due(now: datetime) -> Round:
    """Mail what is due to members, who waited longest first; runs may overlap, for each claims what it sends."""
    members = reachable(now)
    waiting = Notification.objects.due(now).filter(member__in=members.values("pk")).order_by()
    longest = waiting.values("member").annotate(oldest=Min("created_at")).order_by("oldest", "member")
    keys = [row["member"] for row in longest[:MEMBERS_PER_RUN]]
    found = members.in_bulk(keys)
    return post([News(found[key], now) for key in keys if key in found])
