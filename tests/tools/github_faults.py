"""What goes wrong when GitHub is asked by REST, and what the client makes of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.tools.forge_server import Reply, breaks_off, drips, drips_headers, hangs, is_not_http, moved, says
from tests.tools.github_server import NOW, description
from tools.forges.answers import Gone, Nonsense, RateLimited, Stop, Unauthorized, Unreachable


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong when flask is asked for, and what the client makes of it."""

    name: str
    reply: Reply
    answer: Gone | Nonsense | Stop
    seconds: float = 20


def _wrong(**fields: Any) -> Reply:
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
    Fault("null stars", _wrong(stargazers_count=None), STARS),
    Fault("stars in a string", _wrong(stargazers_count="73000"), STARS),
    Fault("stars that are true", _wrong(stargazers_count=True), STARS),
    Fault("half a star", _wrong(stargazers_count=73_000.5), STARS),
    Fault("negative stars", _wrong(stargazers_count=-1), STARS),
    Fault("more stars than there are people", _wrong(stargazers_count=2**63), STARS),
    Fault("negative forks", _wrong(forks_count=-1), FORKS),
    Fault("forks in a list", _wrong(forks_count=[17_000]), FORKS),
    Fault("archived in a string", _wrong(archived="false"), ARCHIVED),
    Fault("null pushed", _wrong(pushed_at=None), PUSHED),
    Fault("pushed in the future", _wrong(pushed_at="2027-01-01T00:00:00Z"), PUSHED),
    Fault("pushed on a day that never was", _wrong(pushed_at="2026-02-30T00:00:00Z"), PUSHED),
    Fault("pushed before Git was", _wrong(pushed_at="1970-01-01T00:00:00Z"), PUSHED),
    Fault("no name", _without("full_name"), NAME),
    Fault("a name that is a path", _wrong(full_name="../../etc/passwd"), NAME),
    Fault("a redirect to another host", moved("https://stranger.invalid/repos/pallets/flask"), STRANGER),
    Fault("a redirect to another scheme", moved("ftp://127.0.0.1/repos/pallets/flask"), STRANGER),
    Fault("a redirect to nowhere", says(301, b""), ENDLESS),
    Fault("a redirect in circles", moved("/repos/pallets/flask"), ENDLESS),
]
