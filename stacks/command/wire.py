"""The only way out: one request, to the site that was named and to no other."""

import http.client
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import IO, Any

from stacks.command.problems import CommandError, Exit, printable
from stacks.command.sites import Site

SECONDS = 20
MOST_BYTES = 100_000
MADE = 201


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nobody: a token is for the site that was named."""

    def redirect_request(  # as urllib calls it
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> None:
        """No other request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site said."""

    site: Site
    status: int
    data: dict[str, Any]
    """Empty where it was no JSON object."""
    wait: str = ""
    """Seconds, or a date, that it asks to wait."""
    elsewhere: str = ""
    """Where it sends who asks."""

    def word(self, name: str) -> str:
        """What it said under that name, fit for a terminal; empty where it said nothing."""
        said = self.data.get(name)
        return printable(said) if isinstance(said, str) else ""

    def words(self, name: str) -> list[str]:
        """The texts that it listed under that name, fit for a terminal."""
        said = self.data.get(name)
        return [printable(word) for word in said if isinstance(word, str)] if isinstance(said, list) else []


def post(site: Site, path: str, body: bytes, kind: str, *, token: str = "") -> Answer:
    """Send the body; return whatever the site answers. Raise CommandError where it cannot be reached."""
    headers = {"Content-Type": kind, "Accept": "application/json", "User-Agent": "whystack"}
    request = urllib.request.Request(site.origin + path, body, headers, method="POST")  # noqa: S310  # checked by site_of
    if token:
        request.add_unredirected_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=SECONDS) as response:
            return _answer(site, response.status, response.headers, response.read(MOST_BYTES))
    except urllib.error.HTTPError as error:
        with error:
            return _answer(site, error.code, error.headers, error.read(MOST_BYTES))
    except (OSError, http.client.HTTPException) as error:
        why = printable(str(getattr(error, "reason", error)) or type(error).__name__)
        raise CommandError(f"{site.origin} cannot be reached: {why}.") from error


def _answer(site: Site, status: int, headers: Message, body: bytes) -> Answer:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    wait, elsewhere = (printable(headers.get(name) or "") for name in ("Retry-After", "Location"))
    return Answer(site, status, data if isinstance(data, dict) else {}, wait, elsewhere)


def complaint(answer: Answer) -> CommandError:
    """What to tell the user of an answer that is not the one hoped for."""
    origin, said = answer.site.origin, answer.word("detail") or answer.word("error_description")
    match answer.status:
        case 401:
            sentence = f"You are not logged in at {origin} any more: run whystack login {origin}"
            return CommandError(sentence, Exit.REFUSED)
        case 403:
            return CommandError(f"{origin} refuses: {said or 'you may not do this.'}", Exit.REFUSED)
        case 404:
            return CommandError(said or f"{origin} has no such address: is it a Whystack site, and new enough?")
        case 429:
            wait = f"Wait {answer.wait} seconds" if answer.wait.isdigit() else "Wait a while"
            return CommandError(f"{origin} was asked too often. {wait}, then try again.")
        case 301 | 302 | 303 | 307 | 308:
            return CommandError(f"{origin} sends us on to {answer.elsewhere}, and nothing is sent there unasked.")
        case status if status >= 500:
            return CommandError(f"{origin} is in trouble ({status}). Try again later.")
        case status:
            return CommandError(f"{origin} answered {status}: {said or 'it did not say why.'}")
