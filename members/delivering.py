"""Messages to members' webhooks: which there are, and how they get out."""

from collections.abc import Mapping, Sequence
from typing import Any

from members.models import Delivery

type Told = Mapping[int, Sequence[tuple[str, Mapping[str, Any]]]]
"""By a member's number what they are told: a key that names the happening (80 characters), and a payload.

A payload is JSON; its `event` is a word that says what kind of happening it is.
"""


def queue(of_members: Told) -> None:
    """Have the members' enabled webhooks told; who was told under a key is not told again."""
    Delivery.objects.queue(of_members)
