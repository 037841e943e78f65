"""The moderators' desk: what waits for them, and what they need to know of each thing."""
