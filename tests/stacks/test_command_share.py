"""`whystack scan --share`: what is shown is what is sent, to nobody else, and only if its user agrees."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from stacks.command import keeping
from stacks.command.main import main
from stacks.command.problems import CommandError
from stacks.command.sites import Site, site_of
from tests.stacks.commanding import Home, make_project

PATH = "/api/v1/stacks/proposals/"
SECRET = "a-token-that-nobody-may-see"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A user who has logged in; in this process too."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("WHYSTACK_TOKEN", SECRET)
    return Home(tmp_path, {"WHYSTACK_TOKEN": SECRET})


@pytest.fixture
def project(tmp_path: Path) -> str:
    return str(make_project(tmp_path / "shop"))


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    """A site that takes what is shared."""
    url = httpserver.url_for("/stacks/proposals/1/")
    httpserver.expect_request(PATH, method="POST").respond_with_json({"url": url, "tools": 2}, status=201)
    return httpserver


def heard(server: HTTPServer) -> list[Request]:
    return [request for request, _ in server.log]


def test_what_is_shown_is_what_is_sent_once_its_user_agrees(home: Home, project: str, site: HTTPServer) -> None:
    address = site.url_for("/stacks/ada/shop/")
    code, shown = home.run_on_terminal("scan", project, "--share", address, at="[y/N]", typed="y\n")
    (request,) = heard(site)
    assert (code, request.get_data().decode() in shown, site.url_for("/stacks/proposals/1/") in shown) == (
        0,
        True,
        True,
    )
    assert SECRET not in shown
    said = json.loads(request.get_data())
    assert (said.keys(), said["stack"], {"docker"} - set(said["tools"])) == ({"tools", "stack"}, "ada/shop", set())
    assert request.headers["Authorization"] == f"Bearer {SECRET}"
    assert {name for name, _ in request.headers} == {
        *("Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"),
        *("Content-Type", "Content-Length", "Authorization"),
    }


@pytest.mark.parametrize("answer", ["n\n", "\n", "no\n", "yep\n"])
def test_nothing_is_sent_unless_its_user_agrees(answer: str, home: Home, project: str, site: HTTPServer) -> None:
    code, shown = home.run_on_terminal("scan", project, "--share", site.url_for("/"), at="[y/N]", typed=answer)
    assert (code, "Nothing was sent." in shown, heard(site)) == (1, True, [])


def test_an_interrupted_question_is_a_no(home: Home, project: str, site: HTTPServer) -> None:
    code, shown = home.run_on_terminal("scan", project, "--share", site.url_for("/"), at="[y/N]", stop=True)
    assert (code, shown.endswith("\nwhystack: interrupted.\n"), heard(site)) == (130, True, [])


def test_without_a_terminal_nothing_is_sent_unasked(home: Home, project: str, site: HTTPServer) -> None:
    refused = home.run("scan", project, "--share", site.url_for("/"), typed="y\n")
    assert (refused.returncode, heard(site)) == (1, [])
    assert refused.stderr.endswith("nobody is there to ask. Add --yes to share without a question.\n")
    done = home.run("scan", project, "--json", "--share", site.url_for("/"), "--yes")
    (request,) = heard(site)
    assert (done.returncode, request.get_data().decode() in done.stderr) == (0, True)
    assert [tool["slug"] for tool in json.loads(done.stdout)["tools"]] == json.loads(request.get_data())["tools"]
    assert done.stderr.endswith(f"{site.url_for('/stacks/proposals/1/')}\n")


def test_what_the_site_does_not_know_is_told(home: Home, project: str, httpserver: HTTPServer) -> None:
    said = {"url": httpserver.url_for("/stacks/proposals/1/"), "tools": 1, "unknown": ["docker", "\x1b[31m", 7]}
    httpserver.expect_request(PATH, method="POST").respond_with_json(said, status=201)
    done = home.run("scan", project, "--share", httpserver.url_for("/"), "--yes")
    assert "\nNot in the catalogue there, and left out: docker, " in done.stderr
    assert (done.returncode, "\x1b" in done.stderr) == (0, False)


def test_who_has_not_logged_in_is_told_how(project: str, site: HTTPServer, tmp_path: Path) -> None:
    done = Home(tmp_path).run("scan", project, "--share", site.url_for("/"), "--yes")
    origin = site.url_for("/").rstrip("/")
    assert (done.returncode, done.stderr) == (
        3,
        f"whystack: You are not logged in there: run whystack login {origin}\n",
    )


def test_nobody_is_followed_elsewhere(
    home: Home, project: str, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = httpserver.url_for("/elsewhere/")
    httpserver.expect_request(PATH).respond_with_data(status=307, headers={"Location": elsewhere})
    assert main(["scan", project, "--share", httpserver.url_for("/"), "--yes"]) == 1
    assert f"sends us on to {elsewhere}, and nothing is sent there unasked.\n" in capsys.readouterr().err
    assert [request.path for request in heard(httpserver)] == [PATH]


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (401, 3, "You are not logged in at {} any more: run whystack login {}"),
        (403, 3, "{} refuses: Because �[31m so."),
        (404, 1, "Because �[31m so."),
        (413, 1, "{} answered 413: Because �[31m so."),
        (422, 1, "{} answered 422: Because �[31m so."),
        (429, 1, "{} was asked too often. Wait 60 seconds, then try again."),
        (503, 1, "{} is in trouble (503). Try again later."),
    ],
)
def test_each_refusal_is_a_sentence(  # the site's own words are shown without its orders to the terminal
    status: int,
    code: int,
    said: str,
    home: Home,
    project: str,
    httpserver: HTTPServer,
    capsys: pytest.CaptureFixture[str],
) -> None:
    body = json.dumps({"detail": "Because \x1b[31m so."})
    answer = Response(body, status, {"Retry-After": "60"}, content_type="application/problem+json")
    httpserver.expect_request(PATH).respond_with_response(answer)
    assert main(["scan", project, "--share", httpserver.url_for("/"), "--yes"]) == code
    origin = httpserver.url_for("/").rstrip("/")
    assert capsys.readouterr().err.splitlines()[-1] == f"whystack: {said.replace('{}', origin)}"


def test_a_page_that_is_no_answer_is_told_in_a_sentence(
    home: Home, project: str, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    httpserver.expect_request(PATH).respond_with_data("<html>", status=404)
    assert main(["scan", project, "--share", httpserver.url_for("/"), "--yes"]) == 1
    assert capsys.readouterr().err.endswith("has no such address: is it a Whystack site, and new enough?\n")


def test_an_address_elsewhere_is_not_shown(
    home: Home, project: str, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    httpserver.expect_request(PATH).respond_with_json({"url": "https://elsewhere.example/"}, status=201)
    assert main(["scan", project, "--share", httpserver.url_for("/"), "--yes"]) == 1
    assert "elsewhere.example" not in "".join(capsys.readouterr())


def test_no_connection_is_told_in_a_sentence(home: Home, project: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", project, "--share", "http://127.0.0.1:9", "--yes"]) == 1
    assert capsys.readouterr().err.endswith(
        "whystack: http://127.0.0.1:9 cannot be reached: [Errno 111] Connection refused.\n"
    )


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://whystack.example", Site("https://whystack.example")),
        ("whystack.example/", Site("https://whystack.example")),
        ("https://whystack.example:8443/?x#y", Site("https://whystack.example:8443")),
        ("https://WHYSTACK.example/stacks/ada/shop/", Site("https://whystack.example", "ada/shop")),
        ("http://localhost:8000/stacks/a%40b/shop", Site("http://localhost:8000", "a@b/shop")),
        ("http://[::1]:8000", Site("http://[::1]:8000")),
    ],
)
def test_an_address_names_a_site_or_a_stack(address: str, site: Site) -> None:
    assert site_of(address) == site


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://whystack.example", "does not begin with https://"),
        ("http://localhost.example", "does not begin with https://"),
        ("ftp://localhost", "does not begin with https://"),
        ("https://ada:secret@whystack.example", "no address of a site"),
        ("https://", "no address of a site"),
        ("https://whystack.example:x", "no address"),
        ("https://whystack.example\r\nHost: x", "is no address."),
        ("https://whystack.example/tools/flask/", "neither a site nor a stack"),
    ],
)
def test_other_addresses_are_refused(address: str, said: str) -> None:
    with pytest.raises(CommandError) as refused:
        site_of(address)
    assert said in str(refused.value)
    assert refused.value.exit_code == 2


def test_a_token_is_kept_in_a_file_that_its_owner_alone_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "new"))
    monkeypatch.delenv("WHYSTACK_TOKEN", raising=False)
    file = tmp_path / "new" / "whystack" / "tokens.json"
    assert keeping.keep("https://a.example", "one") == str(file)
    keeping.keep("https://b.example", "two")
    assert [oct(path.stat().st_mode)[-3:] for path in (file, file.parent)] == ["600", "700"]
    assert [keeping.token(f"https://{name}.example") for name in "abc"] == ["one", "two", ""]
    keeping.forget("https://a.example")
    assert json.loads(file.read_text()) == {"https://b.example": "two"}
    assert [path.name for path in file.parent.iterdir()] == ["tokens.json"]


def test_a_file_that_others_could_read_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("WHYSTACK_TOKEN", raising=False)
    keeping.keep("https://a.example", "one")
    (tmp_path / "whystack" / "tokens.json").chmod(0o644)
    with pytest.raises(CommandError, match=r"^Others can read .*tokens\.json") as refused:
        keeping.token("https://a.example")
    assert refused.value.exit_code == 3


RING = """
from types import SimpleNamespace
import json, pathlib, os
FILE = pathlib.Path(os.environ["RING"])
def read(): return json.loads(FILE.read_text()) if FILE.exists() else {}
def get_keyring(): return SimpleNamespace(priority=float(os.environ["PRIORITY"]))
def get_password(service, name): return read().get(f"{service} {name}")
def set_password(service, name, secret): FILE.write_text(json.dumps(read() | {f"{service} {name}": secret}))
def delete_password(service, name): FILE.write_text(json.dumps({}))
"""
TRY = """
from stacks.command import keeping
keeping.keep("https://a.example", "one")
print(keeping.token("https://a.example"), list(keeping.origins()))
keeping.forget("https://a.example")
print(keeping.token("https://a.example"), list(keeping.origins()))
"""


@pytest.mark.parametrize(("priority", "used"), [("5", True), ("0", False)])
def test_the_systems_keyring_keeps_it_where_there_is_one(priority: str, used: bool, tmp_path: Path) -> None:
    (tmp_path / "keyring.py").write_text(RING)
    home = Home(tmp_path, {"RING": str(tmp_path / "ring"), "PRIORITY": priority})
    environment = home.environment | {"PYTHONPATH": f"{tmp_path}:{home.environment['PYTHONPATH']}"}
    done = subprocess.run([sys.executable, "-c", TRY], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "one ['https://a.example']\n []\n"
    assert (tmp_path / "ring").exists() == used
