"""The weekly digest of followed tools: rows -> news (pure) -> a letter; nothing to say, nothing sent."""
