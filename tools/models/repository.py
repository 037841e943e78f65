"""A tool's repository as last seen, and the figures seen in it through time."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.utils import timezone

from tools.models.tool import Tool

# A question takes seconds; a claim older than this was left behind by a worker that died.
CLAIM_LASTS = timedelta(minutes=15)
# Due before anything else can be: an editor wants it asked about next.
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)


class Host(models.TextChoices):
    """Where a source lives; the value begins the notation of what was read there: `github:owner/name`."""

    GITHUB = "github", "GitHub"
    GITLAB = "gitlab", "GitLab"
    CODEBERG = "codeberg", "Codeberg"


ADDRESSES = {
    Host.GITHUB: "https://github.com/",
    Host.GITLAB: "https://gitlab.com/",
    Host.CODEBERG: "https://codeberg.org/",
}

# What was told of a repository and when it is asked about, where its row goes by another one's name from now on:
# nothing of the old one holds for the new one, and followers are not told how the two differ.
OF_ANOTHER: Mapping[str, Any] = {
    "archived": False,
    "disabled": False,
    "gone_on": None,
    "pushed_on": None,
    "seen_on": None,
    "licence": "",
    "open_issues": None,
    "etag": "",
    "failures": 0,
    "failure": "",
    "due_at": AT_ONCE,
}


class RepositoryQuerySet(models.QuerySet["Repository"]):
    """Repositories as the refresh picks them."""

    def promised(self, since: datetime) -> "RepositoryQuerySet":
        """Those whose figures should be newer than that: not gone, and of tools that were here before."""
        return self.filter(gone_on=None, tool__created_at__lt=since)

    def late(self, since: datetime) -> "RepositoryQuerySet":
        """Those of `promised` without a figure of that day or later, told or confirmed."""
        day = since.date()
        older = (Q(stars_on=None) | Q(stars_on__lt=day)) & (Q(seen_on=None) | Q(seen_on__lt=day))
        return self.promised(since).filter(older)

    def ask_now(self) -> int:
        """Let them be asked about before all others, and say how many they are."""
        self.filter(due_at__gt=AT_ONCE).update(due_at=AT_ONCE)
        return self.count()

    def free(self, now: datetime) -> "RepositoryQuerySet":
        """Rows that nobody is asking about at this moment."""
        return self.filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_LASTS))

    def due(self, now: datetime) -> "RepositoryQuerySet":
        """Free rows that want asking, the longest due first."""
        return self.free(now).filter(due_at__lte=now).order_by("due_at", "pk")

    def neediest_first(self) -> "RepositoryQuerySet":
        """Those an editor wants at once, then those seen longest ago first, and of these the most followed."""
        wanted = Case(When(due_at=AT_ONCE, then=0), default=1).asc()
        return self.order_by(wanted, F("seen_on").asc(nulls_first=True), "-tool__followers_count", "due_at", "pk")

    def claim(self, token: UUID, now: datetime, most: int) -> "RepositoryQuerySet":
        """Take up to `most` of these rows that are free for whoever holds the token; of two workers one gets each."""
        with transaction.atomic():
            # Where the database locks rows, nobody waits for rows that another worker is taking.
            free = self.free(now).select_for_update(skip_locked=True, no_key=True)
            chosen = list(free.values_list("pk", flat=True)[:most])
            Repository.objects.filter(pk__in=chosen).free(now).update(claimed_at=now, claim_token=token)
        return Repository.objects.claimed_by(token)

    def claimed_by(self, token: UUID) -> "RepositoryQuerySet":
        """The rows that are still in the hands of whoever holds the token."""
        return self.filter(claim_token=token)

    def release(self) -> None:
        """Give the rows back as they are."""
        self.update(claimed_at=None, claim_token=None)


class Repository(models.Model):
    """Where a tool's source lives, with its newest figures, each with its own day and source."""

    tool = models.OneToOneField(Tool, models.CASCADE, related_name="repository")
    host = models.CharField(max_length=8, choices=Host, default=Host.GITHUB)
    name = models.CharField(max_length=200, help_text="owner/name, as its host writes it")
    source = models.CharField(max_length=300, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    stars = models.PositiveIntegerField(null=True, blank=True)
    stars_on = models.DateField(null=True, blank=True)
    stars_source = models.CharField(max_length=300, blank=True)
    stars_rounded = models.BooleanField(default=False)
    forks = models.PositiveIntegerField(null=True, blank=True)
    forks_on = models.DateField(null=True, blank=True)
    forks_source = models.CharField(max_length=300, blank=True)
    forks_rounded = models.BooleanField(default=False)
    archived = models.BooleanField(default=False)
    disabled = models.BooleanField(default=False, help_text="Its host closed it.")
    gone_on = models.DateField(null=True, blank=True, help_text="Since when its host knows it no more.")
    pushed_on = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=60, blank=True, help_text="SPDX identifier, as its host tells it")
    open_issues = models.PositiveIntegerField(null=True, blank=True, help_text="Without pull requests.")
    seen_on = models.DateField(null=True, blank=True, help_text="When its host last told all of this.")
    history_on = models.DateField(null=True, editable=False, help_text="When its host was last asked for its history.")
    due_at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    claim_token = models.UUIDField(null=True, db_index=True, editable=False, help_text="Of the run that asks about it.")
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    failure = models.CharField(max_length=200, blank=True, editable=False)
    etag = models.CharField(max_length=100, blank=True, editable=False)

    objects = RepositoryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "repositories"
        constraints = [
            models.CheckConstraint(
                condition=Q(stars=None, stars_on=None) | Q(stars__isnull=False, stars_on__isnull=False),
                name="stars_have_a_date",
            ),
            models.CheckConstraint(
                condition=Q(forks=None, forks_on=None) | Q(forks__isnull=False, forks_on__isnull=False),
                name="forks_have_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Its page at its host."""
        return f"{ADDRESSES[Host(self.host)]}{self.name}"

    @property
    def notation(self) -> str:
        """How the source of what was read there is written."""
        return f"{self.host}:{self.name}"

    @property
    def known_etag(self) -> str:
        """The ETag as long as the figures are those it came with: files may have brought newer ones since."""
        return self.etag if self.stars_source == self.forks_source == self.notation else ""

    def as_of(self, day: date | None, source: str) -> date | None:
        """The day a figure was last known: its host, where it is what told it, may have said the same again since."""
        if day and self.seen_on and source == self.notation:
            return max(day, self.seen_on)
        return day

    def see(self, observation: "Observation") -> None:
        """Take an observation's figures where they are newer than the known ones; stars and forks each for itself."""
        seen: dict[str, object] = {}
        stars_on, forks_on = self.as_of(self.stars_on, self.stars_source), self.as_of(self.forks_on, self.forks_source)
        if observation.stars is not None and (stars_on is None or stars_on < observation.date):
            seen |= {"stars": observation.stars, "stars_on": observation.date, "stars_source": observation.source}
            seen["stars_rounded"] = observation.rounded
        if observation.forks is not None and (forks_on is None or forks_on < observation.date):
            seen |= {"forks": observation.forks, "forks_on": observation.date, "forks_source": observation.source}
            seen["forks_rounded"] = observation.rounded
        if seen:
            Repository.objects.filter(pk=self.pk).update(**seen)
            for name, value in seen.items():
                setattr(self, name, value)


class ObservationQuerySet(models.QuerySet["Observation"]):
    """The vocabulary for reading figures through time."""

    def of_tools(self, tools: Iterable[Tool]) -> "ObservationQuerySet":
        """What is known of these tools, the oldest first."""
        return self.filter(repository__tool__in=tools).order_by("date", "pk")

    def exact_stars(self, tools: Iterable[Tool]) -> "ObservationQuerySet":
        """These tools' stars as far as they are known exactly and to the day, the oldest first."""
        return self.of_tools(tools).filter(stars__isnull=False, rounded=False)


class Observation(models.Model):
    """Stars and forks of a repository on one day; `rounded` ones are known to three digits and to the month."""

    repository = models.ForeignKey(Repository, models.CASCADE, related_name="observations")
    date = models.DateField()
    stars = models.PositiveIntegerField(null=True, blank=True)
    forks = models.PositiveIntegerField(null=True, blank=True)
    rounded = models.BooleanField(default=False)
    source = models.CharField(max_length=300)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["repository", "date"], name="one_observation_a_day"),
            models.CheckConstraint(
                condition=Q(stars__isnull=False) | Q(forks__isnull=False), name="observation_has_a_figure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.repository} on {self.date}"


class Release(models.Model):
    """A stable release of a repository, as its host told it."""

    repository = models.ForeignKey(Repository, models.CASCADE, related_name="releases")
    tag = models.CharField(max_length=100)
    released_on = models.DateField()
    seen_on = models.DateField()

    class Meta:
        ordering = ["-released_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["repository", "tag"], name="release_once")]

    def __str__(self) -> str:
        return f"{self.repository} {self.tag}"
