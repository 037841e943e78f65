"""What members fill in, one module per occasion."""
