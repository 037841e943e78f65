"""The catalogue's files: read, checked, merged with what editors changed, and loaded.

`reading` turns a file into a document or refuses it with the line, `documents` says what a tool's rows would read as
in a file, `merging` joins base, site and file (pure), `vocabulary` checks documents against the attributes, and
`loading` writes.
"""
