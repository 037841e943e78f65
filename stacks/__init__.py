"""Stacks: who uses what, entered by hand or scanned from manifests."""
