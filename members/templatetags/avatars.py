"""A member's picture for templates that show their name."""

from django import template

from members import avatars
from members.models import Member

register = template.Library()


@register.filter
def avatar(member: Member | None) -> avatars.Avatar:
    """The member's picture; that of nobody where the account is gone."""
    return avatars.avatar(member.username if member else "")
