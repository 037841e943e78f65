"""What a folder's manifests say of the tools it uses. No Django, no network, no other process; nothing is written.

`walking` reads the folder → `reading` turns each manifest into clues → `resolving` turns clues into tools.
"""
