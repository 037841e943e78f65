"""Who hears of new comments on a post."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from advice.models.post import Post

if TYPE_CHECKING:
    from members.models import Member


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """The vocabulary for subscriptions."""

    def begin(self, member: "Member", post: Post) -> None:
        """Subscribe whoever takes part, unless they said otherwise."""
        self.get_or_create(member=member, post=post)

    def state(self, member: "Member", post: Post, *, wanted: bool) -> None:
        """Subscribe or unsubscribe the member, as they ask; what they say stays though they take part again."""
        self.update_or_create(member=member, post=post, defaults={"wanted": wanted})

    def wanted(self) -> "SubscriptionQuerySet":
        """Those in force."""
        return self.filter(wanted=True)


class Subscription(models.Model):
    """A member's wish to hear, or not to hear, of new comments on a post."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    post = models.ForeignKey(Post, models.CASCADE, related_name="subscriptions")
    wanted = models.BooleanField(default=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "post"], name="subscription_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.post}"
