"""A comparison as its template shows it: statements with numbered citations, a table, sources, neighbours."""

from comparisons.page.whole import alternatives_page, comparison_page, excerpt

__all__ = ["alternatives_page", "comparison_page", "excerpt"]
