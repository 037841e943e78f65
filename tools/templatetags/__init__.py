"""What the catalogue's templates may ask for by name."""
