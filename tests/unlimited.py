"""The site's own settings, but that members vote as fast as they can: where writes meet, limits would part them."""

from config.settings import *  # noqa: F403  # as a settings module does
from config.settings import ACCOUNT_RATE_LIMITS

ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "vote": ""}
