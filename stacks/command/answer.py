"""What a scan found, as JSON for programs."""

import json
from collections.abc import Sequence
from typing import Any

from stacks.scanner.clues import Evidence, Found, Scan


def as_json(scan: Scan) -> str:
    """The whole answer, always in the same order."""
    return json.dumps(as_data(scan), indent=2) + "\n"


def as_data(scan: Scan) -> dict[str, Any]:
    """The answer as lists and words."""
    return {
        "tools": _tools(scan.tools),
        "transitive": _tools(scan.transitive),
        "unknown": [{"identifier": row.identifier, "evidence": _evidence(row.evidence)} for row in scan.unknown],
        "skipped": [{"file": row.file, "why": row.why} for row in scan.skipped],
    }


def _tools(tools: Sequence[Found]) -> list[dict[str, Any]]:
    return [{"slug": tool.slug, "evidence": _evidence(tool.evidence)} for tool in tools]


def _evidence(proofs: Sequence[Evidence]) -> list[dict[str, Any]]:
    return [
        {
            "file": proof.file,
            "line": proof.line,
            "identifier": proof.identifier,
            "certainty": proof.certainty.name.lower(),
            "direct": proof.direct,
            "development": proof.development,
        }
        for proof in proofs
    ]
