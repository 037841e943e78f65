"""How fast pages and sentences are, as ratios within one run: `uv run --group dev poe benchmark`."""
