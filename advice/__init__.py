"""What members write: decisions, questions, comments, and what others make of them."""
