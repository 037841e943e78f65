"""Who takes part, and what the site tells them."""

from members.models.member import LINKS, Member
from members.models.notification import Kind, MailPreference, Notification, Rhythm

__all__ = ["LINKS", "Kind", "MailPreference", "Member", "Notification", "Rhythm"]
