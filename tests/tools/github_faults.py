"""What goes wrong when GitHub is asked about flask, by REST and by GraphQL, and what the client makes of it.

The same rows, in words, are docs/github-faults.md: `python -m tests.tools.github_faults` writes it, a test compares.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.tools.forge_server import Reply, breaks_off, drips, drips_headers, hangs, is_not_http, moved, says
from tests.tools.github_server import NOW, Known, description
from tools.forges.answers import Answer, Gone, Nonsense, RateLimited, Seen, Stop, Unauthorized, Unchanged, Unreachable


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong, and what becomes of flask."""

    name: str
    reply: Reply
    answer: Gone | Nonsense | Stop
    seconds: float = 20
    """How long the client has patience."""


@dataclass(frozen=True)
class Told:
    """Something that is no fault, and what is seen of flask."""

    name: str
    reply: Reply
    answer: Seen | Unchanged


def _with(**fields: Any) -> Reply:
    return says(200, description("pallets/flask", **fields))


def _without(field: str) -> Reply:
    return says(200, {key: value for key, value in description("pallets/flask").items() if key != field})


def _limited(status: int, until: datetime, **headers: str) -> tuple[Reply, RateLimited]:
    reply = says(status, {"message": "API rate limit exceeded"}, {k.replace("_", "-"): v for k, v in headers.items()})
    return reply, RateLimited("GitHub wants to be asked less often.", until)


MINUTE = timedelta(minutes=1)
RESET = str(int((NOW + 40 * MINUTE).timestamp()))
GONE = Gone("GitHub has no repository of this name, or may not show it.")
TOO_LATE = Unreachable("GitHub did not answer in time.")
BROKEN = Unreachable("GitHub's answer broke off or is not HTTP.")
NOT_JSON = Unreachable("The answer is not JSON, so it is not GitHub's.")
STRANGER = Unreachable("The answer leads to another host, which the token must not reach.")
ENDLESS = Unreachable("GitHub leads from one address to the next without an end.")
STARS = Nonsense("stargazers_count is not a whole number from 0 to 10,000,000.")
FORKS = Nonsense("forks_count is not a whole number from 0 to 10,000,000.")
ARCHIVED = Nonsense("archived is neither true nor false.")
PUSHED = Nonsense("pushed_at is not a moment of the past.")
NAME = Nonsense("full_name is not a repository's name.")

FAULTS = [
    Fault("the repository is gone", says(404, {"message": "Not Found"}), GONE),
    Fault(
        "the repository is closed by GitHub",
        says(403, {"message": "Repository access blocked", "block": {"reason": "tos"}}),
        GONE,
    ),
    Fault("the repository is blocked by law", says(451, {"message": "Repository access blocked"}), GONE),
    Fault(
        "the token is refused",
        says(401, {"message": "Bad credentials"}),
        Unauthorized("GitHub does not accept the token."),
    ),
    Fault("403 says how many seconds to wait", *_limited(403, NOW + 2 * MINUTE, Retry_After="120")),
    Fault("429 says how many seconds to wait", *_limited(429, NOW + 2 * MINUTE, Retry_After="120")),
    Fault(
        "429 says until when to wait",
        *_limited(429, NOW + 3 * MINUTE, Retry_After="Sat, 21 Nov 2026 12:03:00 GMT"),
    ),
    Fault(
        "403 says when the count begins anew",
        *_limited(403, NOW + 40 * MINUTE, X_RateLimit_Remaining="0", X_RateLimit_Reset=RESET),
    ),
    Fault(
        "429 says when the count begins anew",
        *_limited(429, NOW + 40 * MINUTE, X_RateLimit_Remaining="0", X_RateLimit_Reset=RESET),
    ),
    Fault(
        "403 leaves questions to ask, and says nothing of waiting",
        *_limited(403, NOW + MINUTE, X_RateLimit_Remaining="17", X_RateLimit_Reset=RESET),
    ),
    Fault("403 says nothing", *_limited(403, NOW + MINUTE)),
    Fault("429 says nothing", *_limited(429, NOW + MINUTE)),
    Fault("429 says something that is no time", *_limited(429, NOW + MINUTE, Retry_After="tomorrow")),
    Fault("429 names a day that no calendar has", *_limited(429, NOW + MINUTE, Retry_After=f"Mon, 32 Jan {10**11}")),
    Fault("429 wants years", *_limited(429, NOW + timedelta(days=1), Retry_After="99999999")),
    Fault("429 names a moment of the past", *_limited(429, NOW, Retry_After="Sat, 21 Nov 2020 12:03:00 GMT")),
    Fault("an HTML page with 502", says(502, b"<html>Bad Gateway</html>"), Unreachable("GitHub answered 502.")),
    Fault("an empty 500", says(500, b""), Unreachable("GitHub answered 500.")),
    Fault("an unexpected 204", says(204, b""), Unreachable("GitHub answered 204.")),
    Fault("304 though nothing was known", says(304, b""), Unreachable("GitHub answered 304.")),
    Fault("an HTML page with 200", says(200, b"<html>Log in to the hotel</html>"), NOT_JSON),
    Fault("half of a JSON document", says(200, b'{"full_name": "pallets/flask", "stargazers'), NOT_JSON),
    Fault("bytes that are not text", says(200, b'{"full_name": "\xff\xfe"}'), NOT_JSON),
    Fault("brackets without an end", says(200, b"[" * 200_000), NOT_JSON),
    Fault("compressed bytes nobody asked for", says(200, b"\x1f\x8b\x08", {"Content-Encoding": "gzip"}), NOT_JSON),
    Fault("an answer that breaks off", breaks_off, BROKEN),
    Fault("an answer that is not HTTP", is_not_http, BROKEN),
    Fault("no answer at all", hangs, TOO_LATE, seconds=0.5),
    Fault("an answer that drips", drips, TOO_LATE, seconds=0.5),
    Fault("headers that drip", drips_headers, TOO_LATE, seconds=0.5),
    Fault("an answer of three megabytes", says(200, b" " * 3_000_000), Nonsense("The answer is far too long.")),
    Fault("a list", says(200, []), Nonsense("The answer does not describe a repository.")),
    Fault("null", says(200, None), Nonsense("The answer does not describe a repository.")),
    Fault("no stars", _without("stargazers_count"), STARS),
    Fault("null stars", _with(stargazers_count=None), STARS),
    Fault("stars in a string", _with(stargazers_count="73000"), STARS),
    Fault("stars that are true", _with(stargazers_count=True), STARS),
    Fault("half a star", _with(stargazers_count=73_000.5), STARS),
    Fault("negative stars", _with(stargazers_count=-1), STARS),
    Fault("more stars than there are people", _with(stargazers_count=2**63), STARS),
    Fault("negative forks", _with(forks_count=-1), FORKS),
    Fault("forks in a list", _with(forks_count=[17_000]), FORKS),
    Fault("archived in a string", _with(archived="false"), ARCHIVED),
    Fault("null pushed", _with(pushed_at=None), PUSHED),
    Fault("pushed in the future", _with(pushed_at="2027-01-01T00:00:00Z"), PUSHED),
    Fault("pushed on a day that never was", _with(pushed_at="2026-02-30T00:00:00Z"), PUSHED),
    Fault("pushed before Git was", _with(pushed_at="1970-01-01T00:00:00Z"), PUSHED),
    Fault("no name", _without("full_name"), NAME),
    Fault("a name that is a path", _with(full_name="../../etc/passwd"), NAME),
    Fault("a redirect to another host", moved("https://stranger.invalid/repos/pallets/flask"), STRANGER),
    Fault("a redirect to another scheme", moved("ftp://127.0.0.1/repos/pallets/flask"), STRANGER),
    Fault("a redirect to nowhere", says(301, b""), ENDLESS),
    Fault("a redirect in circles", moved("/repos/pallets/flask"), ENDLESS),
]


def _node(**fields: Any) -> Reply:
    """GraphQL's answer with some fields wrong."""
    return says(200, {"data": {"r0": Known(description("pallets/flask")).node() | _EMPTY | fields}})


def _error(**error: Any) -> Reply:
    return says(200, {"data": {"r0": None}, "errors": [{"path": ["r0"], "message": "", **error}]})


_EMPTY: dict[str, Any] = {"issues": {"totalCount": 5}, "releases": {"nodes": []}}
_RELEASE = {"tagName": "3.1.0", "publishedAt": "2024-11-13T10:00:00Z", "isPrerelease": False, "isDraft": False}
_SECONDARY = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}
_PRIMARY = {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}]}
_USED_UP = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": RESET}
FLASK = Seen("pallets/flask", 73_000, 17_000, archived=False, pushed_on=date(2026, 11, 20))
LESS_OFTEN = "GitHub wants to be asked less often."
ILL = Unreachable("GitHub cannot answer at the moment.")
UNRELATED = Unreachable("The answer does not answer a GraphQL question, so it is not GitHub's.")
STAR_COUNT = Nonsense("stargazerCount is not a whole number from 0 to 10,000,000.")

GRAPHQL_FAULTS = [
    Fault("null and NOT_FOUND", _error(type="NOT_FOUND"), GONE),
    Fault("null and FORBIDDEN", _error(type="FORBIDDEN"), Nonsense("GitHub does not show this repository to us.")),
    Fault("null and an error of no type", _error(), ILL),
    Fault("null and RESOURCE_LIMITS_EXCEEDED", _error(type="RESOURCE_LIMITS_EXCEEDED"), ILL),
    Fault("null and no error", says(200, {"data": {"r0": None}}), ILL),
    Fault("errors and no data", says(200, {"errors": [{"message": "Something went wrong."}]}), ILL),
    Fault("neither data nor errors", says(200, {}), UNRELATED),
    Fault("a list", says(200, []), UNRELATED),
    Fault(
        "a list for a repository",
        says(200, {"data": {"r0": []}}),
        Nonsense("The answer does not describe a repository."),
    ),
    Fault(
        "200 says that the points are used up",
        says(200, _PRIMARY, _USED_UP),
        RateLimited(LESS_OFTEN, NOW + 40 * MINUTE),
    ),
    Fault(
        "200 says that the points are used up, and not until when",
        says(200, _PRIMARY),
        RateLimited(LESS_OFTEN, NOW + MINUTE),
    ),
    Fault(
        "200 tells the secondary limit and how many seconds to wait",
        says(200, {"errors": [_SECONDARY]}, {"Retry-After": "120"}),
        RateLimited(LESS_OFTEN, NOW + 2 * MINUTE),
    ),
    Fault("200 tells the secondary limit alone", says(200, _SECONDARY), RateLimited(LESS_OFTEN, NOW + MINUTE)),
    Fault("403 tells the secondary limit alone", says(403, _SECONDARY), RateLimited(LESS_OFTEN, NOW + MINUTE)),
    Fault(
        "403 tells the secondary limit and how many seconds to wait",
        says(403, _SECONDARY, {"Retry-After": "120"}),
        RateLimited(LESS_OFTEN, NOW + 2 * MINUTE),
    ),
    Fault(
        "the token is refused",
        says(401, {"message": "Bad credentials"}),
        Unauthorized("GitHub does not accept the token."),
    ),
    Fault("an HTML page with 502", says(502, b"<html>Bad Gateway</html>"), ILL),
    Fault("an empty 503", says(503, b""), Unreachable("GitHub answered 503.")),
    Fault("an HTML page with 200", says(200, b"<html>Log in to the hotel</html>"), NOT_JSON),
    Fault("half of a JSON document", says(200, b'{"data": {"r0": {"stargazer'), NOT_JSON),
    Fault("an answer of three megabytes", says(200, b" " * 3_000_000), ILL),
    Fault("an answer that breaks off", breaks_off, BROKEN),
    Fault("no answer at all", hangs, TOO_LATE, seconds=0.5),
    Fault("an answer that drips", drips, TOO_LATE, seconds=0.5),
    Fault("a redirect to another host", moved("https://stranger.invalid/graphql", 307), STRANGER),
    Fault("a redirect that would drop the question", moved("/elsewhere"), Unreachable("GitHub answered 301.")),
    Fault("null stars", _node(stargazerCount=None), STAR_COUNT),
    Fault("stars in a string", _node(stargazerCount="73000"), STAR_COUNT),
    Fault("stars that are true", _node(stargazerCount=True), STAR_COUNT),
    Fault("negative stars", _node(stargazerCount=-1), STAR_COUNT),
    Fault("more stars than there are people", _node(stargazerCount=2**63), STAR_COUNT),
    Fault("negative forks", _node(forkCount=-1), Nonsense("forkCount is not a whole number from 0 to 10,000,000.")),
    Fault("archived in a string", _node(isArchived="false"), Nonsense("isArchived is neither true nor false.")),
    Fault("disabled is null", _node(isDisabled=None), Nonsense("isDisabled is neither true nor false.")),
    Fault(
        "pushed in the future",
        _node(pushedAt="2027-01-01T00:00:00Z"),
        Nonsense("pushedAt is not a moment of the past."),
    ),
    Fault(
        "a name that is a path", _node(nameWithOwner="../../etc"), Nonsense("nameWithOwner is not a repository's name.")
    ),
    Fault("a licence in a list", _node(licenseInfo=["MIT"]), Nonsense("licenseInfo does not hold what it should.")),
    Fault(
        "negative issues",
        _node(issues={"totalCount": -1}),
        Nonsense("totalCount is not a whole number from 0 to 10,000,000."),
    ),
    Fault(
        "a release in the future",
        _node(releases={"nodes": [_RELEASE | {"publishedAt": "2027-01-01T00:00:00Z"}]}),
        Nonsense("publishedAt is not a moment of the past."),
    ),
    Fault(
        "a release that may be a draft",
        _node(releases={"nodes": [_RELEASE | {"isDraft": None}]}),
        Nonsense("isDraft is neither true nor false."),
    ),
]

NO_FAULTS = [
    Told("304 to the ETag that is known", says(304, b""), Unchanged()),
    Told(
        "another name than the one that was asked, after a 301 or at once",
        says(200, description("pallets/flask-ng")),
        Seen("pallets/flask-ng", 73_000, 17_000, archived=False, pushed_on=date(2026, 11, 20), licence="BSD-3-Clause"),
    ),
    Told("a repository without a licence", _with(license=None), FLASK),
    Told(
        "a licence that GitHub cannot tell",
        _with(license={"spdx_id": "NOASSERTION"}),
        FLASK,
    ),
    Told("archived", _with(archived=True, license=None), replace(FLASK, archived=True)),
    Told("disabled", _with(disabled=True, license=None), replace(FLASK, disabled=True)),
]

DOCUMENT = Path(__file__).parents[2] / "docs" / "github-faults.md"
HEAD = """# What may go wrong with GitHub

Every row is a test: a stand-in answers so over a real socket. `python -m tests.tools.github_faults` writes this page.

"Backs off" is 2 hours, doubled with each failure in a row, at most 30 days. A "pause" is for all repositories of the
host, kept in the cache that all processes share: 1 minute, doubled each time in a row, at most 15 minutes, and never
shorter than GitHub says; a quarter more by chance. Where several names were asked together and nobody answered, they
are due again after the pause; a single name backs off as well, so that it cannot hold up the others.

With several tokens the one that is used up or refused rests by itself, and the next goes on: only when none is left
does the host pause. A batch that GitHub refuses or answers in part is halved, down to one name; GitHub counts as ill
when it refuses two names alone before it told anything, or five in a row later. GitLab and Codeberg are treated alike.
"""
CONSEQUENCES: dict[type, tuple[str, str, str]] = {
    Seen: ("what differs, with its day", "the figures, as of today", "when it is due"),
    Unchanged: ("the day", "the figures, as of today", "when it is due"),
    Gone: (
        "the sentence; said twice in a row, since when it is gone",
        "the last figures with their day, and that it is gone once it is",
        "backs off",
    ),
    Nonsense: ("the sentence", "the last figures with their day; editors see why", "backs off"),
    RateLimited: ("the pause", "the last figures with their day; editors see why", "not before GitHub says"),
    Unauthorized: ("the pause", "the last figures with their day; editors see why", "after the pause"),
    Unreachable: (
        "the pause and the sentence",
        "the last figures with their day; editors see why",
        "after the pause; alone it backs off",
    ),
}


def document() -> str:
    """The table of all faults, as Markdown."""
    parts: dict[str, Sequence[Fault | Told]] = {"No faults": NO_FAULTS, "REST": FAULTS, "GraphQL": GRAPHQL_FAULTS}
    return HEAD + "".join(f"\n## {heading}\n\n{_table(faults)}" for heading, faults in parts.items())


def _table(faults: Sequence[Fault | Told]) -> str:
    rows = [("what comes", "what we make of it", "what is stored", "what is shown", "asked again"), ("---",) * 5]
    rows += [(fault.name, _made(fault.answer), *CONSEQUENCES[type(fault.answer)]) for fault in faults]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _made(answer: Answer | Stop) -> str:
    match answer:
        case Seen():
            return f"{answer.name} as it is now"
        case Unchanged():
            return "All is as it was."
    return answer.reason


if __name__ == "__main__":
    DOCUMENT.write_text(document())
