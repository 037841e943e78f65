"""What tests of pages share: reading a page's markup, and an anonymous reader."""

from bs4 import BeautifulSoup
from django.test import Client


def soup(content: bytes) -> BeautifulSoup:
    return BeautifulSoup(content, "html.parser")


def page(client: Client, url: str, status: int = 200) -> BeautifulSoup:
    """The markup at an address that must answer with this status."""
    response = client.get(url)
    assert response.status_code == status, (url, response.status_code)
    return soup(response.content)
