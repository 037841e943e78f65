"""Slugs in addresses: what cannot be a slug is answered 404 by the resolver, before any query."""

from tools.slugs import MAX_LENGTH, PATTERN


class SlugConverter:
    """A slug of at most MAX_LENGTH characters."""

    regex = rf"(?=[a-z0-9-]{{1,{MAX_LENGTH}}}/){PATTERN}"

    def to_python(self, value: str) -> str:
        """Return the slug as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the slug as it stands."""
        return value
