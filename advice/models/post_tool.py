"""What a tool is to a post."""

from django.db import models

from tools.models import Tool


class Role(models.TextChoices):
    """What a tool is to a post."""

    CHOSEN = "chosen", "chosen"
    CONSIDERED = "considered", "considered"
    ABOUT = "about", "about"


class PostTool(models.Model):
    """A tool of a post, in the one role it has there."""

    post = models.ForeignKey("advice.Post", models.CASCADE, related_name="tool_rows")
    tool = models.ForeignKey(Tool, models.PROTECT, related_name="post_rows")
    role = models.CharField(max_length=10, choices=Role)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "tool"], name="post_tool_once")]

    def __str__(self) -> str:
        return f"{self.post}: {self.role} {self.tool}"
