"""What moderators need to know of each thing on a page of the desk, in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Max, QuerySet

from advice.desk.waiting import VOTES, Key, unjudged
from advice.models import Act, Comment, Deed, Grounds, Post, Report, deeds_for, kind_of, state_of, token
from advice.models.about import SUBJECTS, stacks
from advice.models.post import PARTS
from tools import markdown
from tools.models import Reason

if TYPE_CHECKING:
    from members.models import Member

EXCERPT = 600
"""Characters of a thing that are shown at the desk."""
SHOWN = 5
"""Reports, and voters of a ring, that are shown one by one."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a member: their earlier reports and what moderators did, and what may be done now."""

    member: "Member"
    seen: str
    reports: int
    """How often they or something of theirs was reported, ever."""
    acts: tuple[tuple[str, int], ...]
    """What moderators did about them or something of theirs, in words, and how often."""
    deeds: tuple[Deed, ...]


@dataclass(frozen=True)
class Item:
    """A thing on the desk."""

    subject: Any
    seen: str
    record: Record | None
    """Of its author; None where nobody is named as such."""
    reports: Sequence[Report]
    held: Sequence[Any]
    """Votes held that no moderator has judged."""
    deeds: tuple[Deed, ...]

    @cached_property
    def kind(self) -> str:
        """Which of the five it is."""
        return kind_of(self.subject)

    @cached_property
    def key(self) -> str:
        """What forms call it, and its anchor."""
        return f"{self.kind}-{self.subject.pk}"

    @cached_property
    def what(self) -> str:
        """Its kind in words."""
        match self.subject:
            case Post():
                return f"{self.subject.kind.capitalize()}: {self.subject.title}"
            case Comment():
                kind = "Answer" if self.subject.is_answer else "Comment"
                return f"{kind} {self.subject.pk} on “{self.subject.post.title}”"
            case Reason():
                return (
                    f"{self.subject.get_side_display().capitalize()} of {self.subject.tool.name}: {self.subject.text}"
                )
        return f"Stack: {self.subject}" if self.kind == "stack" else f"Member: {self.subject.get_full_name()}"

    @cached_property
    def excerpt(self) -> str:
        """What it says beyond that, without markup, as far as there is room."""
        match self.subject:
            case Post():
                text = "\n\n".join(getattr(self.subject, part) for part in PARTS)
            case Comment():
                text = self.subject.body
            case Reason():
                return f"Said of version {self.subject.version}." if self.subject.version else ""
            case stack if self.kind == "stack":
                text = "\n\n".join([stack.description, stack.link])
            case member:
                text = "\n\n".join([member.headline, member.company, member.bio, *map(str, member.links)])
        return markdown.plain(text, EXCERPT)

    @cached_property
    def state(self) -> str:
        """What forms and readers of the desk call its state."""
        return state_of(self.subject)

    @cached_property
    def grounds(self) -> list[tuple[str, int]]:
        """On which grounds it was reported and how often, the commonest first."""
        counted = Counter(report.grounds for report in self.reports)
        return [(Grounds(ground).label, number) for ground, number in counted.most_common()]

    @cached_property
    def likely_ground(self) -> str:
        """The ground on which most reported it."""
        return Counter(report.grounds for report in self.reports).most_common(1)[0][0] if self.reports else ""

    @cached_property
    def latest_reports(self) -> Sequence[Report]:
        """The newest few, which are shown one by one."""
        return self.reports[-SHOWN:][::-1]

    @cached_property
    def first_held(self) -> Sequence[Any]:
        """The first few of the ring."""
        return self.held[:SHOWN]

    @cached_property
    def more_held(self) -> int:
        """How many of the ring are not shown."""
        return len(self.held) - len(self.first_held)


def items(keys: Iterable[Key]) -> list[Item]:
    """These things in this order, without those that are gone."""
    wanted = list(keys)
    subjects = _subjects(wanted)
    authors = {author.pk: author for author in map(_author, subjects.values()) if author is not None}
    concerned = {**subjects, **{("member", pk): member for pk, member in authors.items()}}
    last, reports, held = _last_acts(concerned.values()), _reports(subjects.values()), _held(subjects)
    records = _records(authors, last)
    found = []
    for key in wanted:
        if (subject := subjects.get(key)) is not None:
            author = _author(subject)
            found.append(
                Item(
                    subject=subject,
                    seen=token(subject, last.get(key)),
                    record=records[author.pk] if author else None,
                    reports=reports.get(key, []),
                    held=held.get(key, []),
                    deeds=deeds_for(subject, held=key in held),
                )
            )
    return found


def _author(subject: Any) -> "Member | None":
    author: Member | None = subject if kind_of(subject) == "member" else subject.author
    return author


def _rows(kind: str) -> QuerySet[Any]:
    match kind:
        case "post":
            return Post.objects.select_related("author")
        case "comment":
            return Comment.objects.select_related("author", "post")
        case "reason":
            return Reason.objects.select_related("author", "tool")
        case "stack":
            return stacks()
    return get_user_model().objects.all()


def _subjects(keys: Sequence[Key]) -> dict[Key, Any]:
    found: dict[Key, Any] = {}
    for kind in SUBJECTS:
        if wanted := [pk for of_kind, pk in keys if of_kind == kind]:
            found |= {(kind, row.pk): row for row in _rows(kind).filter(pk__in=wanted)}
    return found


def _key(row: dict[str, Any]) -> Key:
    return next((kind, row[kind]) for kind in SUBJECTS if row[kind] is not None)


def _last_acts(subjects: Iterable[Any]) -> dict[Key, int]:
    rows = Act.objects.about_any(subjects).order_by().values(*SUBJECTS).annotate(last=Max("pk"))
    return {_key(row): row["last"] for row in rows}


def _reports(subjects: Iterable[Any]) -> dict[Key, list[Report]]:
    """The open reports about each thing, the oldest first."""
    found: dict[Key, list[Report]] = {}
    for report in Report.objects.open().about_any(subjects).select_related("reporter"):
        kind = report.subject_kind
        found.setdefault((kind, getattr(report, f"{kind}_id")), []).append(report)
    return found


def _held(subjects: dict[Key, Any]) -> dict[Key, list[Any]]:
    found: dict[Key, list[Any]] = {}
    for kind in VOTES:
        if wanted := [pk for of_kind, pk in subjects if of_kind == kind]:
            for vote in unjudged(kind).filter(on__in=wanted).select_related("member").order_by("created_at", "pk"):
                found.setdefault((kind, vote.on_id), []).append(vote)
    return found


def _records(authors: "dict[int, Member]", last: dict[Key, int]) -> dict[int, Record]:
    reported = {row["of"]: row["number"] for row in Report.objects.per_author(authors)}
    acts: dict[int, list[tuple[str, int]]] = {}
    for row in Act.objects.per_author(authors, "deed"):
        acts.setdefault(row["of"], []).append((Deed(row["deed"]).label, row["number"]))
    return {
        pk: Record(
            member=member,
            seen=token(member, last.get(("member", pk))),
            reports=reported.get(pk, 0),
            acts=tuple(acts.get(pk, [])),
            deeds=deeds_for(member, held=False),
        )
        for pk, member in authors.items()
    }
