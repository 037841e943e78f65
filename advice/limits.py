"""How much may be written, in one place: forms, database and exports obey the same numbers."""

TITLE = 120
BODY = 10_000
"""Characters of each part of a post."""
COMMENT = 5_000
WHY = 2_000
"""Characters of an outcome's reason."""
CHOSEN = 5
CONSIDERED = 8
ABOUT = 8
RECOMMENDED = 5
"""Tools of one post in each role, and of one answer."""
DRAFTS = 30
"""Drafts a member may keep."""
LINKS = 20
LINKS_OF_NEWCOMERS = 2
"""Links in one text."""
DEPTH = 6
"""How deep replies are shown; deeper ones stand beside what they answer."""
EDIT_MINUTES = 30
"""How long a comment may be changed by its author."""
NOTE = 500
"""Characters of a report or of a moderator's note."""
WAITING_OF_NEWCOMERS = 2
"""Posts of a newcomer that may wait for a moderator at once."""
