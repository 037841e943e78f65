"""The edits of a post, told from the versions that were kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page

from advice.models import Post, Revision
from advice.versions import PartChange, Version, changes, of_post, of_revision


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a post; the first is number 1."""

    number: int
    at: datetime
    changes: Sequence[PartChange]


def edits(post: Post, page: Page[Revision]) -> list[Edit]:
    """The edits of one page of kept versions, the latest first: each replaced its version by the next; one query."""
    after = _after(post, page)
    told: list[Edit] = []
    first = page.paginator.count - page.start_index() + 1
    for place, revision in enumerate(page):
        before = of_revision(revision)
        told.append(Edit(first - place, revision.kept_at, changes(before, after)))
        after = before
    return told


def _after(post: Post, page: Page[Revision]) -> Version:
    """What the post said after the page's latest edit."""
    if not page.has_previous():
        return of_post(post)
    return of_revision(post.revisions.filter(version__gt=page[0].version).order_by("version")[0])
