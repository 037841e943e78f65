"""`whystack login` and `logout`: by a code that is entered in a browser (RFC 8628)."""

import platform
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from stacks.command import keeping
from stacks.command.problems import CommandError, Exit
from stacks.command.sites import Site, site_of
from stacks.command.wire import Answer, complaint, post

BEGIN, ASK, REVOKE = "/api/v1/device/code", "/api/v1/device/token", "/api/v1/device/revoke"
GRANT = "urn:ietf:params:oauth:grant-type:device_code"
CLIENT = "whystack"
FORM = "application/x-www-form-urlencoded"
SLOWER = 5
LONGEST = 3600
SAID = {
    "access_denied": "You did not let this command in.",
    "expired_token": "The code has expired. Run whystack login again.",
}


def log_in(address: str, name: str, *, pause: Callable[[float], None] = time.sleep) -> Exit:
    """Have the member let this command in, in their browser, and keep the token. No host name is sent."""
    site = site_of(address)
    begun = _posted(site, BEGIN, {"client_id": CLIENT, "name": name or f"whystack on {platform.system()}"})
    if begun.status != 200:
        raise complaint(begun)
    _invite(site, begun)
    secret = _wait(site, begun, pause)
    _say(f"Logged in at {site.origin}. The token is kept in {keeping.keep(site.origin, secret)}.")
    return Exit.DONE


def log_out(address: str | None) -> Exit:
    """Forget the token of the site, or of all, and have it revoked where the site can be reached."""
    known = [site_of(address).origin] if address else list(keeping.origins())
    for origin in known:
        secret = keeping.kept(origin)
        keeping.forget(origin)
        _say(f"Logged out at {origin}.{_revoked(Site(origin), secret) if secret else ''}")
    if not known:
        _say("You are logged in nowhere.")
    return Exit.DONE


def _revoked(site: Site, secret: str) -> str:
    """What to add where the site did not hear of it."""
    try:
        done = _posted(site, REVOKE, {"token": secret, "client_id": CLIENT}).status == 200
    except CommandError:
        done = False
    return "" if done else " It did not hear of it: revoke the token on your account pages there."


def _invite(site: Site, begun: Answer) -> None:
    """Tell the member where to enter which code."""
    page, whole, code = (begun.word(name) for name in ("verification_uri", "verification_uri_complete", "user_code"))
    if not code or not page.startswith(f"{site.origin}/"):
        raise CommandError(f"{site.origin} does not say where to enter which code.")
    _say(f"Open {page} in a browser and enter the code\n\n    {code}\n")
    if whole.startswith(f"{site.origin}/"):
        _say(f"or open {whole}\n")
    _say("Waiting for you to let this command in …")


def _wait(site: Site, begun: Answer, pause: Callable[[float], None]) -> str:
    """Ask until the member decided; return the token."""
    interval = _seconds(begun.data.get("interval"), 5)
    left = _seconds(begun.data.get("expires_in"), 600)
    form = {"grant_type": GRANT, "device_code": str(begun.data.get("device_code")), "client_id": CLIENT}
    while left > 0:
        pause(interval)
        left -= interval
        answer = _posted(site, ASK, form)
        secret = answer.data.get("access_token")
        if answer.status == 200 and isinstance(secret, str) and secret.isascii() and secret.isprintable():
            return secret
        interval += _longer(answer)
    raise CommandError(SAID["expired_token"], Exit.REFUSED)


def _longer(answer: Answer) -> int:
    """By how many seconds to wait longer; raise CommandError where waiting is in vain."""
    match answer.word("error"):
        case "authorization_pending":
            return 0
        case "slow_down":
            return SLOWER
        case error if error in SAID:
            raise CommandError(SAID[error], Exit.REFUSED)
        case _:
            raise complaint(answer)


def _seconds(said: Any, default: int) -> int:
    return min(max(said, 1), LONGEST) if isinstance(said, int) else default


def _posted(site: Site, path: str, form: dict[str, str]) -> Answer:
    return post(site, path, urlencode(form).encode(), FORM)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
