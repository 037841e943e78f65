"""How a stack is shown elsewhere: what its picture says, and the lines that others paste."""

from dataclasses import dataclass
from hashlib import sha256
from html import escape

from django.conf import settings
from django.core.cache import caches
from django.urls import reverse

from stacks.models import Stack, Use
from tools import logos
from tools.cards import Card, Mark, drawn
from tools.models import Tool
from tools.words import counted

# No picture has room for more.
MARKS = 24
KEPT_SECONDS = 7 * 24 * 3600


def card(stack: Stack) -> Card:
    """What the picture of a stack says; one query for its tools."""
    uses = Use.objects.filter(stack=stack).with_tools()[:MARKS]
    return Card("Stack", stack.name, line(stack), [_mark(use.tool) for use in uses], stack.tools_count)


def line(stack: Stack) -> str:
    """Whose stack it is, in one line."""
    domain = getattr(stack, "domain", None)
    proof = f"{domain.name}, verified" if domain and domain.is_verified else f"told by {stack.owner.get_full_name()}"
    return f"{stack.get_kind_display().capitalize()} · {proof} · {counted(stack.tools_count, 'tool', 'tools')}"


def picture(card: Card) -> bytes:
    """The card as a PNG, drawn once as long as it says the same."""
    key = f"card-{digest(repr(card))}"
    kept: bytes | None = caches["pages"].get(key)
    if kept is None:
        kept = drawn(card)
        caches["pages"].set(key, kept, KEPT_SECONDS)
    return kept


def digest(text: str) -> str:
    """A mark that is another for another text."""
    return sha256(text.encode()).hexdigest()[:32]


def _mark(tool: Tool) -> Mark:
    logo = logos.of(tool)
    return Mark(tool.name, logo.path, logo.colour, logo.is_initial)


@dataclass(frozen=True, slots=True)
class Badge:
    """A label and a value beside each other; widths in pixels, for letters of eleven of them."""

    label: str
    value: str

    @property
    def label_width(self) -> int:
        """Of the label's letters."""
        return _width(self.label)

    @property
    def value_width(self) -> int:
        """Of the value's letters."""
        return _width(self.value)

    @property
    def middle(self) -> int:
        """Where the value's side begins: after the drawing, the label and some air."""
        return MARK_WIDTH + self.label_width + AIR

    @property
    def value_at(self) -> int:
        """Where the value's letters begin."""
        return self.middle + AIR

    @property
    def width(self) -> int:
        """Of all of it."""
        return self.value_at + self.value_width + AIR


MARK_WIDTH, AIR, LETTER = 25, 7, 6.6


def _width(text: str) -> int:
    return round(LETTER * len(text))


def badge(stack: Stack) -> Badge:
    """The stack's, for READMEs."""
    return Badge("stack", f"{stack.tools_count:,} tool{'' if stack.tools_count == 1 else 's'}")


@dataclass(frozen=True, slots=True)
class Snippets:
    """What to paste to show a stack elsewhere."""

    page: str
    badge: str
    """Its address."""
    markdown: str
    """The badge, for a README."""
    frame: str
    """The stack, for a page."""

    @classmethod
    def of(cls, stack: Stack) -> "Snippets":
        """Those of this stack; its owner is at hand."""
        at = [stack.owner.username, stack.slug]
        page, badge, embed = (f"{settings.SITE_URL}{reverse(f'stacks:{name}', args=at)}" for name in PAGES)
        title = f"{stack.name}: {settings.SITE_NAME} stack"
        frame = f'<iframe src="{embed}" title="{escape(title)}" width="100%" height="420" loading="lazy"></iframe>'
        return cls(page, badge, f"[![{_plain(title)}]({badge})]({page})", frame)


PAGES = ("stack", "badge", "embed")


def _plain(text: str) -> str:
    """The text without what Markdown would take for its own."""
    return "".join(f"\\{letter}" if letter in r"\[]" else letter for letter in text)
