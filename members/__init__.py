"""Who takes part. Imports no other app."""
