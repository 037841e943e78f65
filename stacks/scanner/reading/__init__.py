"""Readers of manifests, a module for each ecosystem; its `READERS` says which files it reads, by name or path."""
