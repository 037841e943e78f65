"""How often a post is read: each reader once a day, known by a digest that is thrown away when the day is over."""

from datetime import date

from django.db import models, transaction
from django.db.models import F

from advice.models.post import Post


class ReadingQuerySet(models.QuerySet["Reading"]):
    """The vocabulary for readings."""

    def note(self, post: int, day: date, reader: str) -> bool:
        """Count this reader of the post today, once; say whether they are new."""
        with transaction.atomic():
            _, is_new = self.get_or_create(post_id=post, day=day, reader=reader)
            if is_new:
                ReaderDay.objects.get_or_create(post_id=post, day=day)
                ReaderDay.objects.filter(post=post, day=day).update(readers=F("readers") + 1)
                Post.objects.filter(pk=post).update(views_count=F("views_count") + 1)
        return is_new

    def forget(self, today: date) -> None:
        """Throw away who read on days that are over; how many stays."""
        self.filter(day__lt=today).delete()


class Reading(models.Model):
    """That one reader read a post on a day."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="readings")
    day = models.DateField(db_index=True)
    reader = models.CharField(max_length=32, help_text="A keyed digest of address and browser.")

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "day", "reader"], name="reading_once_a_day")]

    def __str__(self) -> str:
        return f"{self.post}, {self.day}"


class ReaderDay(models.Model):
    """How many read a post on a day."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reader_days")
    day = models.DateField()
    readers = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["post", "day"], name="reader_day_once")]

    def __str__(self) -> str:
        return f"{self.post}, {self.day}: {self.readers}"
