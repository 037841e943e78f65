"""Small alerts for tests."""

from datetime import date
from typing import Any

from tools.models import Alert, AlertKind, Tool

HAPPENED = date(2026, 11, 20)


def make_alert(tool: Tool, text: str = "", kind: AlertKind = AlertKind.ARCHIVED, **fields: Any) -> Alert:
    """Something that happened to the tool, unlike anything before."""
    number = Alert.objects.count() + 1
    made_up = {"key": f"{number}", "text": text or f"{tool.name} was archived ({number}).", "happened_on": HAPPENED}
    return Alert.objects.create(tool=tool, kind=kind, **made_up | fields)
