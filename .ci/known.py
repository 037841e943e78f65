"""Write stacks/scanner/known.json, by which the scanner knows tools, from catalogue/tools; --check only compares."""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from stacks.scanner import reading  # noqa: E402  # a script finds the house only after the line above
from stacks.scanner.clues import Sort  # noqa: E402  # a script finds the house only after the line above
from stacks.scanner.naming import CANONICAL  # noqa: E402  # a script finds the house only after the line above

FILE = ROOT / "stacks/scanner/known.json"
SORTS = ("purl", "docker", "file", "github-action", "terraform-provider")


def collected() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, Any]] = {"names": {}, "aliases": {}, **{sort: {} for sort in SORTS}}
    for path in sorted((ROOT / "catalogue/tools").glob("*/*.yaml"), key=lambda path: path.stem):
        tool = yaml.load(path.read_bytes(), yaml.CSafeLoader)  # the safe loader, written in C
        found["names"][path.stem] = tool["name"]
        found["aliases"] |= {alias: path.stem for alias in tool.get("aliases", ()) if alias not in found["aliases"]}
        for row in tool.get("identifiers", ()):
            sort = next(sort for sort in SORTS if sort in row)
            slugs = found[sort].setdefault(CANONICAL[Sort(sort)](row[sort]), [])
            slugs += [path.stem] if path.stem not in slugs else []
    return found | {sort: {value: " ".join(found[sort][value]) for value in sorted(found[sort])} for sort in SORTS}


def main() -> int:
    written = {FILE: text(collected()), reading.FILE: text(reading.globs())}
    if "--check" in sys.argv:
        return sum(path.read_text(encoding="utf-8") != content for path, content in written.items())
    for path, content in written.items():
        path.write_text(content, encoding="utf-8")
    return 0


def text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    sys.exit(main())
