"""What stacks count, proved and mended against the rows it comes from."""

from collections.abc import Iterator

from stacks.models import Stack, Use
from tools.counting import Counter
from tools.models import Tool


def counters() -> Iterator[Counter]:
    """Of tools and stacks."""
    yield Counter(Tool, "stacks_count", Use.objects.listed(), "tool")
    yield Counter(Stack, "tools_count", Use.objects.all(), "stack")
