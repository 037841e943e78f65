"""What readers say, in a form that tests compare."""

from stacks.scanner.clues import Manifest, Reader


def said(reader: Reader, text: str, path: str = "manifest") -> list[str]:
    """Each clue in a line: its line, sort or package, certainty, and what else is worth telling."""
    return [
        " ".join(
            filter(
                None,
                (
                    str(clue.line),
                    clue.value if clue.sort == "purl" else f"{clue.sort}:{clue.value}",
                    clue.certainty.name.lower(),
                    "" if clue.direct else "transitive",
                    "development" if clue.development else "",
                ),
            )
        )
        for clue in reader(Manifest(path, text))
    ]
