"""The pauses of hosts, in the cache that all processes share, so that a restarted worker keeps them too."""

from dataclasses import astuple
from datetime import datetime, timedelta
from random import random

from django.core.cache import cache

from tools.forges.answers import Stop
from tools.refreshing.rhythm import Pause, next_pause

REMEMBERED = timedelta(hours=1)


def last_pause(host: str) -> Pause | None:
    """Return the host's last pause, over or not, unless the host answered since."""
    kept = cache.get(_key(host))
    return Pause(*kept) if kept else None


def standing_pause(host: str, now: datetime) -> Pause | None:
    """Return the pause that the host is to be left now."""
    pause = last_pause(host)
    return pause if pause and pause.until > now else None


def begin_pause(now: datetime, host: str, stop: Stop) -> Pause:
    """Have nobody ask the host for a while."""
    pause = next_pause(now, host, stop, last_pause(host), random())  # noqa: S311  # nobody gains by guessing it
    cache.set(_key(host), astuple(pause), timeout=(pause.until - now + REMEMBERED).total_seconds())
    return pause


def forget_pause(host: str) -> None:
    """The host answered: its next pause is a first one."""
    cache.delete(_key(host))


def _key(host: str) -> str:
    return f"pause-of-{host}"
