"""What only a real browser can tell: looks, accessibility, and what it refuses."""
