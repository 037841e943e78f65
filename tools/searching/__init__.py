"""Finding tools, comparisons and categories by what people type."""
