"""gunicorn's settings for the embedded site: one process of eight threads, which dies with its master."""

from typing import Any

from config.serving.lifeline import die_with_parent

wsgi_app = "config.wsgi"
workers = 1
worker_class = "gthread"
threads = 8
graceful_timeout = 3
loglevel = "warning"
control_socket_disable = True  # it would lie in $HOME, which may not be writable
# Long addresses are answered by our own pages, 404 as any that do not exist; only this machine can send them.
limit_request_line = 0
forwarded_allow_ips = ""  # config.middleware decides which proxy is believed


def post_fork(_master: Any, worker: Any) -> None:
    """Runs in the new worker process."""
    die_with_parent(worker.ppid)
