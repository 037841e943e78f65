"""The parts of a refresh: when to ask (pure), the pauses that all processes share, what an answer means, its writing."""
