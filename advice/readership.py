"""Who counts as a reader of a post. The page does not wait for the count, and no cookie tells readers apart."""

import logging
import re
from datetime import date
from functools import cache
from typing import Final

from celery import current_app
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from kombu import Connection
from kombu.pools import producers

from advice.models import Post
from advice.tasks import count_reading

logger = logging.getLogger(__name__)
# Programs that fetch pages say so, by and large; whoever does not say what they are is none of our readers either.
BOTS: Final = re.compile(
    r"bot\b|bot[/;_ -]|crawl|spider|slurp|scrap|fetch|feed|monitor|preview|headless|lighthouse|archive|validator"
    r"|facebookexternal|curl|wget|python|java/|go-http|okhttp|axios|node|ruby|perl|php|libwww|http-?client|httpx",
    re.IGNORECASE,
)
# Browsers that load a page before anybody asked to read it.
AHEAD_OF_READING: Final = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
# No page waits longer than this, in seconds, for a queue that does not answer.
PATIENCE: Final = 0.25
SECONDS_OF_A_DAY: Final = 86_400


def note_reading(request: HttpRequest, post: Post) -> None:
    """Have the worker count this reader of a published post, unless they are its author or no person."""
    if is_reader(request) and not post.is_of(request.user):
        day = timezone.now().date()
        hand_on((post.pk, day.isoformat(), digest(request, post, day)), _usual_queue())


def hand_on(reading: tuple[int, str, str], queue: Connection) -> bool:
    """Put a reading into the queue; say whether that went well. A page never fails for it."""
    try:
        with producers[queue].acquire(block=True, timeout=PATIENCE) as producer:
            count_reading.apply_async(reading, producer=producer, retry=False, expires=SECONDS_OF_A_DAY)
    except Exception as error:  # whatever is wrong with the queue, the page is right
        logger.warning("A reading of post %s is not counted: %s", reading[0], error)
        return False
    return True


def impatient_queue(url: str | None = None) -> Connection:
    """The queue, asked by a connection that gives up soon: Celery's own waits for one that does not answer."""
    quick = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "max_retries": 0}
    connection: Connection = current_app.connection_for_write(url, transport_options=quick)
    return connection


def is_reader(request: HttpRequest) -> bool:
    """Whether a person seems to have asked to read, now."""
    agent = request.headers.get("User-Agent", "")
    ahead = any("fetch" in request.headers.get(name, "") for name in AHEAD_OF_READING)
    return request.method == "GET" and bool(agent) and not BOTS.search(agent) and not ahead


def digest(request: HttpRequest, post: Post, day: date) -> str:
    """Address and browser as 32 digits, keyed so that they are others for the next day and for the next post."""
    said = [str(post.pk), request.META.get("REMOTE_ADDR", ""), request.headers.get("User-Agent", "")]
    key = salted_hmac(
        f"whystack.reading.{day.isoformat()}", "\n".join(said), secret=settings.SECRET_KEY, algorithm="sha256"
    )
    return key.hexdigest()[:32]


@cache
def _usual_queue() -> Connection:
    return impatient_queue()
