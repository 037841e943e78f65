"""Who takes part: the custom user, in the first migration so that it can grow."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower

from members.usernames import is_username


class Member(AbstractUser):
    """A person with an account; known by the username, reached by email."""

    first_name = None  # type: ignore[assignment]  # names are not asked for; Django lets a field be removed so
    last_name = None  # type: ignore[assignment]  # as above
    username = models.CharField(max_length=40, unique=True, validators=[is_username])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="member_username_unique_without_case",
                violation_error_message="A member with that username already exists.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="member_email_unique_without_case",
                violation_error_message="A member with that email address already exists.",
            ),
        ]

    def get_full_name(self) -> str:
        """The name others see."""
        return self.username

    def get_short_name(self) -> str:
        """The name others see."""
        return self.username
