"""Comparisons: facts in, statements out, each with the facts it cites."""
