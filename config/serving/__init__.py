"""The embedded site, which `manage.py serve` runs: a web server, a worker and a clock on this machine only."""


class ServeError(Exception):
    """Why the site cannot be served, in one sentence for its owner."""
