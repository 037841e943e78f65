"""Every part of the pages in its states, for those who work on the looks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advice.rows import PostRow
from members.models import Member
from tools.models import Tool
from tools.pages import for_its_reader

TOKEN = re.compile(r"^    --([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);$", re.MULTILINE)
SAMPLES = 6
SAMPLE_DAY = date(2026, 8, 20)


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of tokens.css with its contrast against the paper, in light and dark."""

    name: str
    light: str
    dark: str
    contrast_light: float
    contrast_dark: float


class SampleForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(help_text="As its makers write it.", max_length=20)
    kind = forms.ChoiceField(choices=[("library", "Library"), ("framework", "Framework")])
    why = forms.CharField(label="Why it was chosen", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="I have read the terms")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """The style guide, for staff; nobody else learns that there is one."""
    if not request.user.is_staff:
        raise Http404
    tools = Tool.objects.with_place().by_popularity()
    context = {
        "colours": colours((Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text()),
        "forms": [SampleForm(auto_id="empty_%s"), SampleForm({"name": "a" * 21}, auto_id="wrong_%s")],
        "with_logo": tools.exclude(icon="")[:SAMPLES],
        "without_logo": tools.filter(icon="")[:SAMPLES],
        "posts": sample_posts(list(tools[:SAMPLES])),
        "page": Paginator(range(3), 1).page(2),
        "sources": [
            {"number": 1, "fact": {"id": "sample-source", "source": "pkg:pypi/sample"}},
            {"number": 2, "fact": {"id": "sample-unsourced", "source": ""}},
        ],
    }
    return for_its_reader(request, render(request, "pages/styleguide.html", context))


def sample_posts(tools: Sequence[Tool]) -> list[PostRow]:
    """A decision that was revisited and a question without an author, about whatever tools there are."""
    decision = PostRow(
        anchor="sample-decision",
        url="#posts",
        kind="Decided",
        title="A sample of a decision, with a title that may run on for as long as a line has room",
        author=Member(username="sample", display_name="Sample Member", headline="Headline of a sample"),
        day=SAMPLE_DAY,
        age="3 months ago",
        chosen=tools[:1],
        considered=tools[1:4],
        about=[],
        summary="The beginning of what its author wrote, without markup and cut after a word…",
        votes=12,
        comments=4,
        answers=None,
        views=682_113,
        views_shown="682.1K",
        outcome="Kept, with regrets, after 12 months",
        result="regrets",
    )
    question = replace(
        decision,
        anchor="sample-question",
        kind="Needs advice",
        title="A sample of a question",
        author=None,
        chosen=[],
        considered=[],
        about=tools[:3],
        votes=1,
        comments=0,
        answers=0,
        views=0,
        outcome="",
        result="",
    )
    return [decision, question]


def colours(css: str) -> list[Colour]:
    """The colours of a style sheet’s tokens, without those for readers who prefer more contrast."""
    pairs = {name: (light, dark) for name, light, dark in TOKEN.findall(css)}
    paper = pairs["paper"]
    return [
        Colour(name, light, dark, contrast(light, paper[0]), contrast(dark, paper[1]))
        for name, (light, dark) in pairs.items()
    ]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 defines it, 1 to 21, to a tenth."""
    lower, higher = sorted((_luminance(one), _luminance(other)))
    return round((higher + 0.05) / (lower + 0.05), 1)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
