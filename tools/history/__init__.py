"""A tool through time: its stars as a drawing, a table and a file; facts that changed; releases."""
