"""Have an idle worker stop at once: by itself celery looks up from a queue of files every few seconds only."""

from typing import Any

from celery.exceptions import WorkerShutdown
from celery.signals import worker_shutting_down
from celery.worker import state


@worker_shutting_down.connect
def stop_if_idle(**kwargs: Any) -> None:
    """Runs in the worker when it is told to stop; with a task in hand it stops in celery's own time."""
    if not state.reserved_requests:
        raise WorkerShutdown(0)
