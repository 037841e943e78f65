"""How much a stack may hold, in one place: forms, database and exports obey the same numbers."""

NAME = 80
DESCRIPTION = 1_000
WHY = 200
"""Characters of a tool's note."""
VERSION = 40
LINK = 300
TOOLS = 400
"""Tools of one stack."""
STACKS = 60
"""Stacks of one member."""
STACKS_OF_NEWCOMERS = 3
"""As long as no moderator has let anything of theirs through."""
FIRST_YEAR = 1950
"""Nobody has used a tool for longer."""
PROPOSALS = 20
"""Scans of one member that wait to be accepted; the oldest goes first."""
MANIFESTS = 50
MANIFEST_BYTES = 5_000_000
"""Of an upload: files, and bytes of all of them together."""
