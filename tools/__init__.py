"""The catalogue: taxonomy, tools, attributes, facts, reasons and repositories. Imports no other app."""
