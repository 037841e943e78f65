"""What templates say of members."""
