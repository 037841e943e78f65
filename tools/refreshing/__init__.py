"""The parts of a refresh: when to ask (pure), pauses that all processes share, what an answer means, writing it."""
