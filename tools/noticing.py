"""What a refresh learnt of a tool that its followers should hear of: rows and answers in, alerts out. Pure."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from urllib.parse import quote

from tools import versions
from tools.forges.answers import Gone, Released, Seen
from tools.models import Alert, AlertKind, Host, Repository
from tools.models.repository import ADDRESSES

# What hosts say of a licence they cannot name: it may be a new one, or the old one in other words.
UNNAMED_LICENCES = {"", "noassertion", "none", "other"}
LONGEST = 200
"""Characters of a text or a key."""
LONGEST_SOURCE = 300
RELEASE_PAGES: Mapping[Host, str] = {
    Host.GITHUB: "{}/releases/tag/{}",
    Host.GITLAB: "{}/-/releases/{}",
    Host.CODEBERG: "{}/releases/tag/{}",
}


def noticed(repository: Repository, answer: Seen | Gone, day: date, tags: Collection[str]) -> list[Alert]:
    """Alerts, not saved, for what differs between the row as it was and what its host answered on that day.

    `tags` are the releases that were known already. Saved with `ignore_conflicts`, each happening is told once.
    """
    if isinstance(answer, Gone):
        return list(_loss(repository, day))
    return [
        *_return(repository, answer, day),
        *_archiving(repository, answer, day),
        *_move(repository, answer, day),
        *_licence(repository, answer, day),
        *_majors(repository, answer, tags),
    ]


def fitted(text: str) -> str:
    """The text as an alert can hold it."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _loss(repository: Repository, day: date) -> Iterator[Alert]:
    """A repository is lost when it was there before: a name that never answered is a mistake of ours."""
    if repository.gone_on is None and (repository.seen_on or repository.stars_on):
        host, name = repository.get_host_display(), repository.name
        text = f"{repository.tool.name} is gone from {host}: {name} was deleted, closed or made private."
        yield _alert(repository, AlertKind.GONE, f"{day}", text, day, repository.notation)


def _return(repository: Repository, seen: Seen, day: date) -> Iterator[Alert]:
    if repository.gone_on:
        text = f"{repository.tool.name} is back on {repository.get_host_display()}: {seen.name} can be seen again."
        yield _alert(repository, AlertKind.BACK, f"{repository.gone_on}", text, day, _notation(repository, seen))


def _archiving(repository: Repository, seen: Seen, day: date) -> Iterator[Alert]:
    """What was archived before its host was first asked is no news."""
    if repository.archived and not seen.archived:
        kind, became = AlertKind.UNARCHIVED, "taken out of the archive on {}: work on it can go on."
    elif seen.archived and not repository.archived and (repository.seen_on or repository.etag):
        kind, became = AlertKind.ARCHIVED, "archived on {}: its repository takes no more changes."
    else:
        return
    text = f"{repository.tool.name} was {became.format(repository.get_host_display())}"
    yield _alert(repository, kind, f"{day}", text, day, _notation(repository, seen))


def _move(repository: Repository, seen: Seen, day: date) -> Iterator[Alert]:
    """Hosts do not tell upper from lower case in names."""
    if seen.name.casefold() != repository.name.casefold():
        host = repository.get_host_display()
        text = f"{repository.tool.name} has moved on {host}, from {repository.name} to {seen.name}."
        yield _alert(repository, AlertKind.RENAMED, f"{day} {seen.name}", text, day, _notation(repository, seen))


def _licence(repository: Repository, seen: Seen, day: date) -> Iterator[Alert]:
    before, now = repository.licence, seen.licence
    if UNNAMED_LICENCES & {before.casefold(), now.casefold()} or before.casefold() == now.casefold():
        return
    host = repository.get_host_display()
    text = f"The licence of {repository.tool.name} changed from {before} to {now}, as {host} tells it."
    yield _alert(repository, AlertKind.LICENCE, f"{day} {before} {now}", text, day, _notation(repository, seen))


def _majors(repository: Repository, seen: Seen, tags: Collection[str]) -> Iterator[Alert]:
    """One alert for each major version higher than all that were known, told of its first release.

    Where nothing was known, or no known tag has a number, nobody can say what is new. A line whose first release is not
    in sight may have begun long ago: hosts tell a few of the newest only, and those of older lines stand among them.
    """
    if all(release.tag in tags for release in seen.releases):
        return
    known = [number for tag in tags if (number := _major(tag, repository)) is not None]
    if not known:
        return
    latest = max(known)
    days = {number: release.on for release in seen.releases if (number := _major(release.tag, repository)) is not None}
    first: dict[int, Released] = {}
    for release in sorted(seen.releases, key=lambda release: release.on, reverse=True):
        number = _major(release.tag, repository)
        if number is not None and number > latest and not versions.follows_calendar(number, release.on, days):
            first[number] = release
    for number, release in sorted(first.items()):
        if versions.begins_line(versions.of_tag(release.tag, repository.name)):
            yield _major_alert(repository, seen, release, number, latest)
        latest = number


def _major(tag: str, repository: Repository) -> int | None:
    """The major number of a stable tag, if it has one."""
    version = versions.of_tag(tag, repository.name)
    return None if versions.is_early(version) else versions.major(version)


def _major_alert(repository: Repository, seen: Seen, release: Released, number: int, before: int) -> Alert:
    version = versions.of_tag(release.tag, repository.name)
    text = f"{repository.tool.name} {version} is out: major version {number} follows {before}."
    host = Host(repository.host)
    page = RELEASE_PAGES[host].format(f"{ADDRESSES[host]}{seen.name}", quote(release.tag, safe=""))
    return _alert(repository, AlertKind.MAJOR, f"{number}", text, release.on, page)


def _notation(repository: Repository, seen: Seen) -> str:
    """The source: the repository under the name it has now."""
    return f"{repository.host}:{seen.name}"


def _alert(repository: Repository, kind: AlertKind, key: str, text: str, day: date, source: str) -> Alert:
    return Alert(
        tool_id=repository.tool_id,
        kind=kind,
        key=key[:LONGEST],
        text=fitted(text),
        happened_on=day,
        source=source if len(source) <= LONGEST_SOURCE else "",
    )
