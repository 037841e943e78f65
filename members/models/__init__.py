"""Who takes part, and what the site tells them."""

from members.models.access import AccessToken, DeviceLogin
from members.models.digest import Digest, DigestState
from members.models.member import LINKS, Member
from members.models.notification import Notification
from members.models.preference import Kind, MailPreference
from members.models.webhook import Delivery, Webhook
from members.rhythm import Rhythm

__all__ = [
    "LINKS",
    "AccessToken",
    "Delivery",
    "DeviceLogin",
    "Digest",
    "DigestState",
    "Kind",
    "MailPreference",
    "Member",
    "Notification",
    "Rhythm",
    "Webhook",
]
