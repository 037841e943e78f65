"""What templates of the shell may say beyond Django."""
