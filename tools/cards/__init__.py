"""Pictures for links that are shared: values in, the bytes of a PNG out. Pure: no row, no clock, no settings."""

from tools.cards.drawing import Card, Mark, drawn

__all__ = ["Card", "Mark", "drawn"]
