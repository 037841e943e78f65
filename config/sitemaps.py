"""What crawlers should know of: pages worth reading, each under its one address."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Count, QuerySet
from django.urls import reverse

from advice.models import Post
from stacks.models import Stack
from tools import pairs
from tools.models import Category, Observation, Rival, Tool

COMPARISONS = 1_000
FEWEST_FIGURES = 3
FEWEST_TOOLS = 5
"""Of a stack that is worth a crawler's time."""


class _OurSitemap[Item](Sitemap[Item]):
    """Addresses begin with SITE_URL, whatever host the crawler asked."""

    def get_protocol(self, protocol: str | None = None) -> str:
        """The site's own protocol."""
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        """The site's own host."""
        return urlsplit(settings.SITE_URL).netloc


class PageSitemap(_OurSitemap[str]):
    """The pages of which there is one."""

    def items(self) -> list[str]:
        """Their URL names."""
        pages = [
            "home",
            "tools:catalogue",
            "tools:categories",
            "tools:alerts",
            "comparisons:picker",
            "advice:feed",
            "advice:ranking",
            "stacks:directory",
            "about",
            "figures",
            "privacy",
            "terms",
        ]
        return [*pages, "contact"] if settings.CONTACT_EMAIL else pages

    def location(self, item: str) -> str:
        """Their addresses."""
        return reverse(item)


class ToolSitemap(_OurSitemap[Tool]):
    """Every tool."""

    def items(self) -> QuerySet[Tool]:
        """All tools in a stable order."""
        return Tool.objects.order_by("pk")


class HistorySitemap(_OurSitemap[Tool]):
    """The histories that tell something: of fewer figures no line can be drawn."""

    def items(self) -> QuerySet[Tool]:
        """Tools with some figures, in a stable order."""
        known = Observation.objects.filter(stars__isnull=False, rounded=False).order_by().values("repository__tool")
        return Tool.objects.filter(
            pk__in=known.annotate(figures=Count("pk")).filter(figures__gte=FEWEST_FIGURES).values("repository__tool")
        ).order_by("pk")

    def location(self, item: Tool) -> str:
        """Their addresses."""
        return reverse("tools:history", args=[item.slug])


class CategorySitemap(_OurSitemap[Category]):
    """Every category."""

    def items(self) -> QuerySet[Category]:
        """All categories in a stable order."""
        return Category.objects.order_by("pk")


class ComparisonSitemap(_OurSitemap[str]):
    """Rivals: any pair has a page, few are worth a crawler's time."""

    def items(self) -> list[str]:
        """Their addresses' slugs."""
        return [pairs.address((a.slug, b.slug)) for a, b in Rival.objects.couples(COMPARISONS)]

    def location(self, item: str) -> str:
        """Their addresses."""
        return reverse("comparisons:comparison", args=[item])


class PostSitemap(_OurSitemap[Post]):
    """Every decision and question that is published."""

    def items(self) -> QuerySet[Post]:
        """All of them in a stable order, without their texts."""
        return (
            Post.objects.published()
            .only("title", "kind", "created_at", "published_at", "edited_at", "revisited_at")
            .order_by("pk")
        )

    def lastmod(self, item: Post) -> datetime:
        """When it last said something new."""
        return item.changed_at


class StackSitemap(_OurSitemap[Stack]):
    """Every stack that everybody finds and that says something."""

    def items(self) -> QuerySet[Stack]:
        """All of them in a stable order, with their owners, in whose names their addresses stand."""
        return Stack.objects.listed().filter(tools_count__gte=FEWEST_TOOLS).select_related("owner").order_by("pk")

    def lastmod(self, item: Stack) -> datetime:
        """When its tools changed last."""
        return item.changed_at


SITEMAPS = {
    "pages": PageSitemap,
    "tools": ToolSitemap,
    "histories": HistorySitemap,
    "categories": CategorySitemap,
    "comparisons": ComparisonSitemap,
    "posts": PostSitemap,
    "stacks": StackSitemap,
}
