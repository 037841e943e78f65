"""The shell of the house: settings, URLs, Celery, and the pages that compose several apps."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
