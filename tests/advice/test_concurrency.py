"""Sixteen at a time over HTTP, from a server of real processes and threads: one row each, and counts that say so."""

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from advice.models import Comment, Post
from tests.advice.builders import a_member, a_tool
from tests.config.test_serve import free_port
from tests.members.builders import logged_in, make_member
from tools.models import Reason, Tool

pytestmark = pytest.mark.django_db(transaction=True)

OBJECTS = 13
"""Of each of the four kinds: fifty-two in all."""
AT_ONCE = 16
PATIENCE = 60.0
COUNTED = (
    "advice_post.votes_count",
    "advice_comment.votes_count",
    "tools_reason.votes_count",
    "tools_tool.followers_count",
)
TOKEN = "t" * 32


@dataclass(frozen=True, slots=True)
class Server:
    """Where the site answers, and SQLite's file where its database is one."""

    port: int
    file: Path | None

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database of the server says."""
        if self.file is None:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return list(cursor.fetchall())
        with closing(sqlite3.connect(self.file)) as database:
            return database.execute(sql).fetchall()


@pytest.fixture
def posts() -> Sequence[Post]:
    author, now = a_member(), timezone.now()
    published = {"kind": "question", "state": "published", "published_at": now, "author": author}
    posts = Post.objects.bulk_create(Post(title=f"Question {number}", **published) for number in range(OBJECTS))
    Comment.objects.bulk_create(Comment(post=post, author=author, body="Well.") for post in posts)
    return posts


@pytest.fixture
def tools() -> Sequence[Tool]:
    """As many tools, each with a reason."""
    tools = [a_tool(f"tool-{number}") for number in range(OBJECTS)]
    Reason.objects.bulk_create(Reason(tool=tool, side="pro", text="Small") for tool in tools)
    return tools


@pytest.fixture
def cookies() -> str:
    client = logged_in(make_member("grace"))
    session: SimpleCookie = client.cookies
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={session[name].value}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


@pytest.fixture
def server(posts: Sequence[Post], tools: Sequence[Tool], cookies: str, tmp_path: Path) -> Iterator[Server]:
    """Two processes of eight threads on the rows that were made: on PostgreSQL's own, or on SQLite's as a file."""
    port, environment = free_port(), {"DATA_DIR": str(tmp_path), "SECRET_KEY": settings.SECRET_KEY}
    file = tmp_path / "db.sqlite3" if connection.vendor == "sqlite" else None
    if file:
        _copy_to(file)
    else:
        row = connection.settings_dict
        environment["DATABASE_URL"] = f"postgres://{row['USER']}@{row['HOST']}:{row['PORT']}/{row['NAME']}"
    environment |= {
        "DJANGO_SETTINGS_MODULE": "tests.unlimited",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "ERROR",
    }
    options = f"-b 127.0.0.1:{port} -k gthread -w 2 --threads 8 --preload"
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *options.split(), "config.wsgi"],
        env=os.environ | environment,
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield Server(port, file)
    finally:
        process.terminate()
        process.wait()


def _copy_to(file: Path) -> None:
    """Have SQLite's database, which lies in memory, as a file that other processes can open."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def post_at_once(server: Server, cookies: str, urls: Sequence[str], wanted: str) -> Counter[int]:
    """Send each form sixteen times at the same moment; return how often each status was answered."""
    start = Barrier(AT_ONCE)
    headers = {"Cookie": cookies, "X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}

    def send(_: int) -> list[int]:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        answers = []
        for url in urls:
            start.wait(PATIENCE)
            line.request("POST", url, urlencode({"wanted": wanted}), headers)
            response = line.getresponse()
            response.read()
            answers.append(response.status)
        line.close()
        return answers

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return Counter(status for answers in threads.map(send, range(AT_ONCE)) for status in answers)


def test_of_sixteen_identical_writes_at_once_one_counts(
    server: Server, cookies: str, posts: Sequence[Post], tools: Sequence[Tool]
) -> None:
    comments = [post.comments.get() for post in posts]
    reasons = [tool.reasons.get() for tool in tools]
    urls = {
        "advice_postvote": [reverse("advice:vote", args=[post.pk]) for post in posts],
        "advice_commentvote": [reverse("advice:vote_comment", args=[comment.pk]) for comment in comments],
        "tools_reasonvote": [reverse("tools:vote_reason", args=[reason.pk]) for reason in reasons],
        "tools_follow": [reverse("tools:follow", args=[tool.slug]) for tool in tools],
    }
    asked = {table: post_at_once(server, cookies, addresses, "yes") for table, addresses in urls.items()}
    assert asked == {table: {302: OBJECTS * AT_ONCE} for table in urls}
    rows = {table: server.rows(f"SELECT count(*) FROM {table}") for table in urls}  # noqa: S608  # names of tables
    assert rows == {table: [(OBJECTS,)] for table in urls}
    for column in COUNTED:
        table, _, name = column.partition(".")
        assert server.rows(f"SELECT {name} FROM {table}") == [(1,)] * OBJECTS  # noqa: S608  # as above
