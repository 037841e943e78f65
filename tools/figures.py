"""Figures as people read them: compact, and the same everywhere. Pure."""

_UNITS = ((1_000, "K"), (1_000_000, "M"), (1_000_000_000, "B"))
_WHOLE_TIMES = {
    "2": "twice",
    "3": "three times",
    "4": "four times",
    "5": "five times",
    "6": "six times",
    "7": "seven times",
    "8": "eight times",
    "9": "nine times",
}
UNKNOWN = "-"


def compact(count: float | None) -> str:
    """Return 666, 19.3K, 107.6K, 1.2M: at most one decimal, halves rounded up, `-` for an unknown count."""
    if count is None:
        return UNKNOWN
    whole = round(count)
    if whole < 1_000:
        return exact(whole)
    for unit, letter in _UNITS:
        tenths = (whole * 10 + unit // 2) // unit
        if tenths < 10_000:
            return f"{_decimal(tenths)}{letter}"
    return f"{_decimal(tenths)}{letter}"


def exact(count: float | None) -> str:
    """Return every digit, thousands apart, without a needless decimal: 19,300 or 2.5; `-` for unknown."""
    if count is None:
        return UNKNOWN
    return f"{count:,.0f}" if count == round(count) else f"{count:,}"


def _decimal(tenths: int) -> str:
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}" if tenth else f"{whole}"


def times(ratio: float) -> str:
    """Return a ratio in words fit for “… as many”: 1.5 times, twice, three times, 12 times, 1,200 times."""
    rounded = f"{ratio:.1f}".removesuffix(".0") if ratio < 9.95 else f"{ratio:,.0f}"
    return _WHOLE_TIMES.get(rounded, f"{rounded} times")
