"""From the command line to the site and back: logging in by a code, sharing a scan, logging out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from members.models import AccessToken, DeviceLogin, Member
from stacks.command import entering, keeping
from stacks.command.main import main
from stacks.command.problems import CommandError
from stacks.models import Proposal
from tests.members.builders import logged_in, make_member
from tests.stacks.commanding import make_project
from tests.tools.builders import make_tool

pytestmark = pytest.mark.django_db(transaction=True)
type Pause = Callable[[float], None]


@pytest.fixture
def ada() -> Member:
    return make_member("ada")


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """The server after the database, whose connection it borrows where that lies in memory."""
    return live_server


@pytest.fixture
def site(live_server: LiveServer, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A site on a socket, and a home where nobody has logged in."""
    settings.SITE_URL = live_server.url
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("WHYSTACK_TOKEN", raising=False)
    return live_server.url


def deciding(member: Member, capsys: pytest.CaptureFixture[str], do: str) -> Pause:
    """What a member does with the code that was shown, while the command waits."""

    def pause(seconds: float) -> None:
        code = next(line.strip() for line in capsys.readouterr().err.splitlines() if line.startswith("    "))
        logged_in(member).post("/device/", {"code": code, "do": do})

    return pause


def test_a_scan_is_shared_by_a_member_who_let_the_command_in(
    ada: Member, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for slug in ("docker", "docker-compose"):
        make_tool(slug)
    entering.log_in(site, "laptop", pause=deciding(ada, capsys, "allow"))
    told = capsys.readouterr().err
    assert told == f"Logged in at {site}. The token is kept in {tmp_path}/config/whystack/tokens.json.\n"
    assert ada.access_tokens.get().name == "laptop"
    secret = keeping.token(site)
    assert main(["scan", str(make_project(tmp_path / "shop")), "--share", site, "--yes"]) == 0
    said = capsys.readouterr()
    proposal = ada.proposals.get()
    assert proposal.slugs == ["docker", "docker-compose"]
    assert said.out.splitlines()[-1] == f"{site}/stacks/proposals/{proposal.pk}/"
    assert main(["logout"]) == 0
    assert (keeping.token(site), AccessToken.objects.count()) == ("", 0)
    assert [secret in text for text in (told, *said, *capsys.readouterr())] == [False] * 5


def test_who_keeps_the_command_out_is_not_logged_in(ada: Member, site: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match=r"^You did not let this command in\.$") as refused:
        entering.log_in(site, "", pause=deciding(ada, capsys, "refuse"))
    assert (refused.value.exit_code, keeping.token(site)) == (3, "")


def test_the_command_waits_and_gives_up_in_the_end(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    waited: list[float] = []
    with pytest.raises(CommandError, match=r"^The code has expired\. Run whystack login again\.$"):
        entering.log_in(site, "", pause=waited.append)
    # It is told to slow down each time, because here no time passes.
    assert waited[:4] == [5, 5, 10, 15]
    assert 600 <= sum(waited) < 700
    assert DeviceLogin.objects.get().name.startswith("whystack on ")


def test_a_revoked_token_is_told_in_a_sentence(
    ada: Member, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keeping.keep(site, "revoked")
    assert main(["scan", str(make_project(tmp_path / "shop")), "--share", site, "--yes"]) == 3
    assert capsys.readouterr().err.endswith(f"You are not logged in at {site} any more: run whystack login {site}\n")
    assert Proposal.objects.count() == 0


def test_logging_out_works_where_the_site_is_gone(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    keeping.keep("http://127.0.0.1:9", "a-token")
    assert main(["logout", "http://127.0.0.1:9"]) == 0
    assert capsys.readouterr().err == (
        "Logged out at http://127.0.0.1:9. It did not hear of it: revoke the token on your account pages there.\n"
    )
    assert list(keeping.origins()) == []
    assert (main(["logout"]), capsys.readouterr().err) == (0, "You are logged in nowhere.\n")
