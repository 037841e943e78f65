"""What a post said before it was changed."""

from django.conf import settings
from django.db import models

from advice.models.post import Post


class Revision(models.Model):
    """One version of a post, kept when the next took its place."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    context = models.TextField(blank=True)
    why = models.TextField(blank=True)
    consequences = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    tools = models.JSONField(default=dict, help_text="The names of its tools by role.")
    kept_at = models.DateTimeField(auto_now_add=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["post", "version"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @classmethod
    def keep(cls, post: Post) -> "Revision":
        """Keep what the post says now, as it lies in the database."""
        tools: dict[str, list[str]] = {}
        for row in post.tool_rows.select_related("tool"):
            tools.setdefault(row.role, []).append(row.tool.name)
        return cls.objects.create(
            post=post,
            version=post.version,
            title=post.title,
            context=post.context,
            why=post.why,
            consequences=post.consequences,
            decided_on=post.decided_on,
            tools=tools,
            author=post.author,
        )
