"""Other sites where members may have an account to log in with: each is there when its keys are set."""

from typing import Any
from urllib.parse import urlsplit

GITHUB = "https://github.com"


def providers(*, github: tuple[str, str], gitlab: tuple[str, str], gitlab_url: str) -> dict[str, dict[str, Any]]:
    """The sites whose client id and secret are both set, as allauth wants to know them."""
    apps = {
        "github": _app(*github),
        "gitlab": _app(*gitlab) | {"settings": {"gitlab_url": gitlab_url.rstrip("/")}},
    }
    return {
        name: {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
        for name, app in apps.items()
        if app["client_id"] and app["secret"]
    }


def hosts(sites: dict[str, dict[str, Any]]) -> list[str]:
    """Where a form that begins a log-in may lead to, for the Content-Security-Policy."""
    addresses = [site["APPS"][0].get("settings", {}).get("gitlab_url", GITHUB) for site in sites.values()]
    return [f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, addresses)]


def _app(client_id: str, secret: str) -> dict[str, Any]:
    return {"client_id": client_id, "secret": secret}
