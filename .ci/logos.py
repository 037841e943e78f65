"""Take the drawings of the logos that the catalogue names from an unpacked release of Simple Icons.

    npm pack simple-icons && tar xf simple-icons-*.tgz && python .ci/logos.py package

Writes catalogue/logos/<icon>.svg for every icon that a tool names, removes the others, and writes the LICENSE beside
them. Long drawings are rounded to hundredths of their grid of 24 units and the longest to tenths, which nobody can see
at the sizes we show.
"""

import json
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

CATALOGUE = Path(__file__).resolve().parent.parent / "catalogue"
LOGOS = CATALOGUE / "logos"
DRAWN = re.compile(r' d="([^"]+)"')
# Characters of a path from which it is rounded, and the decimals that are kept; the last that fits holds.
ROUNDING = ((1_500, 2), (12_000, 1))
# How many numbers each command of a path takes.
TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
NUMBER = re.compile(r"[\s,]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
FLAG = re.compile(r"[\s,]*([01])")
COMMAND = re.compile(r"[\s,]*([a-zA-Z])")
HEAD = """\
The drawings of this folder come from Simple Icons {version} (https://simpleicons.org), whose collection is dedicated to
the public domain under CC0 1.0 (https://creativecommons.org/publicdomain/zero/1.0/). Long paths were
rounded; nothing else was changed.

What they show are marks of their owners, used here to name their tools and for nothing else. No endorsement is meant,
and CC0 gives no right in a trademark. Where Simple Icons records a licence or guidelines for a drawing, they follow.

"""


def commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """Each command of a path with its numbers, repeated commands written out."""
    place, letter = 0, ""
    while place < len(path.rstrip()):
        if found := COMMAND.match(path, place):
            letter, place = found[1], found.end()
        elif letter in "mM":
            letter = "l" if letter == "m" else "L"
        numbers = []
        for index in range(TAKES[letter.lower()]):
            flag = letter in "aA" and index in (3, 4)
            number = (FLAG if flag else NUMBER).match(path, place)
            if number is None:
                raise ValueError(f"no number at {place}: {path[place : place + 20]}")
            numbers.append(float(number[1]))
            place = number.end()
        yield letter, numbers


def rounded(path: str, decimals: int) -> str:
    """Return the path in relative commands of so many decimals, from where the pen really is: errors do not add up."""
    written: list[str] = []
    true = pen = start = true_start = (0.0, 0.0)
    for letter, numbers in commands(path):
        low, absolute = letter.lower(), letter.isupper()
        if low == "z":
            written.append("z")
            true, pen = true_start, start
            continue
        points = _absolute(low, numbers, true) if not absolute else _points(low, numbers, true)
        deltas = [(round(x - pen[0], decimals), round(y - pen[1], decimals)) for x, y in points]
        written.append(_word(low, numbers, deltas, decimals))
        true = points[-1]
        pen = (pen[0] + deltas[-1][0], pen[1] + deltas[-1][1])
        if low == "m":
            start, true_start = pen, true
    return _joined(written)


def _points(low: str, numbers: list[float], true: tuple[float, float]) -> list[tuple[float, float]]:
    """The points of an absolute command; of an arc the end alone."""
    if low == "h":
        return [(numbers[0], true[1])]
    if low == "v":
        return [(true[0], numbers[0])]
    pairs = numbers[5:] if low == "a" else numbers
    return list(zip(pairs[::2], pairs[1::2], strict=True))


def _absolute(low: str, numbers: list[float], true: tuple[float, float]) -> list[tuple[float, float]]:
    """The points of a relative command."""
    if low == "h":
        return [(true[0] + numbers[0], true[1])]
    if low == "v":
        return [(true[0], true[1] + numbers[0])]
    return [(true[0] + x, true[1] + y) for x, y in _points(low, numbers, true)]


def _word(low: str, numbers: list[float], deltas: list[tuple[float, float]], decimals: int) -> str:
    """One relative command; nothing where the pen would stay."""
    if low != "m" and not any(x or y for x, y in deltas):
        return ""
    (x, y) = deltas[-1]
    if low == "a":
        # A radius is never rounded to nothing, which would make a line of the arc.
        radii = [_short(max(radius, 10**-decimals), decimals) for radius in numbers[:2]]
        flags = [str(int(flag)) for flag in numbers[3:5]]
        return "a" + _run([*radii, _short(numbers[2], decimals), *flags, _short(x, decimals), _short(y, decimals)])
    if low in "hvl":
        if y == 0 or x == 0:
            return f"h{_short(x, decimals)}" if y == 0 else f"v{_short(y, decimals)}"
        low = "l"
    return low + _run([_short(number, decimals) for delta in deltas for number in delta])


def _short(number: float, decimals: int) -> str:
    text = f"{number:.{decimals}f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0\.", r"\1.", text) if text != "-0" else "0"


def _run(numbers: list[str]) -> str:
    """Numbers with a space between them only where one is needed."""
    text = numbers[0]
    for before, number in pairwise(numbers):
        apart = not (number.startswith("-") or (number.startswith(".") and "." in before))
        text += (" " if apart else "") + number
    return text


def _joined(words: list[str]) -> str:
    """Commands in a row, the letter left out where it repeats the one before."""
    text, last = "", ""
    for word in filter(None, words):
        letter, rest = word[0], word[1:]
        needs_space = not rest.startswith("-")
        text += (" " + rest if needs_space else rest) if letter == last and letter not in "mz" else word
        last = letter
    return text


def drawing(package: Path, icon: str) -> str:
    """The path of an icon, rounded if it is long and that makes it shorter."""
    found = DRAWN.search((package / "icons" / f"{icon}.svg").read_text())
    if found is None:
        raise ValueError(f"{icon} has no path")
    path = found[1]
    decimals = [places for length, places in ROUNDING if len(path) >= length]
    return min(path, rounded(path, decimals[-1]), key=len) if decimals else path


def named_icons() -> list[str]:
    tools = (yaml.safe_load(path.read_text()) for path in CATALOGUE.glob("tools/*/*.yaml"))
    return sorted({tool["icon"]["slug"] for tool in tools if "icon" in tool})


def licence_line(icon: dict[str, Any]) -> str:
    licence = icon.get("license", {})
    stated = " ".join(licence[name] for name in ("type", "url") if name in licence)
    parts = [stated, f"guidelines {icon['guidelines']}" if "guidelines" in icon else ""]
    return "; ".join(part for part in parts if part)


def main(package: Path) -> None:
    version = json.loads((package / "package.json").read_text())["version"]
    described = {icon["slug"]: icon for icon in json.loads((package / "data" / "simple-icons.json").read_text())}
    icons = named_icons()
    LOGOS.mkdir(exist_ok=True)
    for old in LOGOS.glob("*.svg"):
        old.unlink()
    for icon in icons:
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{drawing(package, icon)}"/></svg>\n'
        )
        (LOGOS / f"{icon}.svg").write_text(svg)
    lines = [f"{described[icon]['title']}: {line}\n" for icon in icons if (line := licence_line(described[icon]))]
    (LOGOS / "LICENSE").write_text(HEAD.format(version=version) + "".join(lines))
    sys.stdout.write(f"{len(icons)} logos written\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
