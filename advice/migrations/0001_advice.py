import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "__first__"),
        ("tools", "0011_follows_and_votes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("votes_count", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "kind",
                    models.CharField(choices=[("decision", "Decided"), ("question", "Needs advice")], max_length=8),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("queued", "waiting for a moderator"),
                            ("published", "published"),
                            ("hidden", "hidden by a moderator"),
                            ("deleted", "deleted by its author"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                (
                    "context",
                    models.TextField(
                        blank=True, help_text="What a decision answers, or what a question asks; Markdown."
                    ),
                ),
                ("why", models.TextField(blank=True, help_text="Why it was decided so; Markdown.")),
                ("consequences", models.TextField(blank=True, help_text="What came of it; Markdown.")),
                ("context_html", models.TextField(blank=True, editable=False)),
                ("why_html", models.TextField(blank=True, editable=False)),
                ("consequences_html", models.TextField(blank=True, editable=False)),
                (
                    "decided_on",
                    models.DateField(
                        blank=True, help_text="When it was decided; its outcome is asked after.", null=True
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "form_token",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        help_text="Of the form it was written in: sent twice, it is one post.",
                        null=True,
                    ),
                ),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("revisited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("comments_count", models.PositiveIntegerField(default=0, editable=False)),
                ("answers_count", models.PositiveIntegerField(default=0, editable=False)),
                ("views_count", models.PositiveIntegerField(default=0, editable=False)),
                ("heat", models.FloatField(default=0, editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        help_text="What it answers.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to="advice.post",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "permissions": [("moderate", "Can moderate what members write")],
                "indexes": [
                    models.Index(condition=models.Q(("state", "published")), fields=["-heat"], name="post_hottest"),
                    models.Index(
                        condition=models.Q(("state", "published")), fields=["-published_at"], name="post_newest"
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["-comments_count"],
                        name="post_most_discussed",
                    ),
                    models.Index(fields=["author", "state"], name="post_of_author"),
                    models.Index(fields=["fingerprint"], name="post_fingerprint"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("author", "form_token"), name="post_once_a_form"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="post_published_at_some_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "question"), _negated=True),
                            models.Q(("consequences", ""), ("decided_on", None), ("question", None), ("why", "")),
                            _connector="OR",
                        ),
                        name="post_question_only_asks",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("votes_count", models.PositiveIntegerField(default=0, editable=False)),
                ("depth", models.PositiveSmallIntegerField(default=0)),
                ("body", models.TextField()),
                ("html", models.TextField(editable=False)),
                ("is_answer", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("shown", "shown"),
                            ("hidden", "hidden by a moderator"),
                            ("deleted", "deleted by its author"),
                        ],
                        default="shown",
                        max_length=7,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "form_token",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        help_text="Of the form it was written in: sent twice, it is one comment.",
                        null=True,
                    ),
                ),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="advice.comment",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="thread",
                        to="advice.comment",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="advice.post"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "indexes": [
                    models.Index(fields=["post", "parent"], name="comment_threads"),
                    models.Index(fields=["fingerprint"], name="comment_fingerprint"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("author", "form_token"), name="comment_once_a_form"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("depth", 0), ("parent", None), ("root", None)),
                            models.Q(("depth__gt", 0), ("parent__isnull", False), ("root__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_in_a_thread",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_answer", False), ("parent", None), _connector="OR"),
                        name="comment_answers_the_post",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostTool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("chosen", "chosen"), ("considered", "considered"), ("about", "about")], max_length=10
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tool_rows", to="advice.post"
                    ),
                ),
                (
                    "tool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="post_rows", to="tools.tool"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("post", "tool"), name="post_tool_once")],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="tools",
            field=models.ManyToManyField(related_name="posts", through="advice.PostTool", to="tools.tool"),
        ),
        migrations.CreateModel(
            name="PostVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "address",
                    models.CharField(
                        blank=True, help_text="A digest of the network address, to find rings.", max_length=32
                    ),
                ),
                (
                    "held",
                    models.BooleanField(
                        default=False, help_text="Looks like one of a ring: does not count until released."
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="advice.post"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("on", "member"), name="postvote_once")],
            },
        ),
        migrations.CreateModel(
            name="ReaderDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("readers", models.PositiveIntegerField(default=0)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reader_days", to="advice.post"
                    ),
                ),
            ],
            options={
                "ordering": ["-day"],
                "constraints": [models.UniqueConstraint(fields=("post", "day"), name="reader_day_once")],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(db_index=True)),
                ("reader", models.CharField(help_text="A keyed digest of address and browser.", max_length=32)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="advice.post"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("post", "day", "reader"), name="reading_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recommendations", to="advice.comment"
                    ),
                ),
                (
                    "tool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recommendation_rows", to="tools.tool"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("comment", "tool"), name="recommendation_once")],
            },
        ),
        migrations.AddField(
            model_name="comment",
            name="tools",
            field=models.ManyToManyField(related_name="recommending", through="advice.Recommendation", to="tools.tool"),
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "grounds",
                    models.CharField(
                        choices=[
                            ("spam", "Spam or advertising"),
                            ("paid", "Bought praise, or a tie that is not declared"),
                            ("wrong", "Wrong or misleading"),
                            ("rude", "Rude or hateful"),
                            ("private", "Private or unlawful content"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="advice.comment",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss_about",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="advice.post",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="tools.reason",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "indexes": [
                    models.Index(condition=models.Q(("closed_at", None)), fields=["created_at"], name="report_open")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("comment__isnull", True),
                                ("member__isnull", True),
                                ("post__isnull", False),
                                ("reason__isnull", True),
                            ),
                            models.Q(
                                ("comment__isnull", False),
                                ("member__isnull", True),
                                ("post__isnull", True),
                                ("reason__isnull", True),
                            ),
                            models.Q(
                                ("comment__isnull", True),
                                ("member__isnull", True),
                                ("post__isnull", True),
                                ("reason__isnull", False),
                            ),
                            models.Q(
                                ("comment__isnull", True),
                                ("member__isnull", False),
                                ("post__isnull", True),
                                ("reason__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="report_about_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("reporter", "post"),
                        name="report_once_per_post",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("reporter", "comment"),
                        name="report_once_per_comment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("reporter", "reason"),
                        name="report_once_per_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("reporter", "member"),
                        name="report_once_per_member",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("context", models.TextField(blank=True)),
                ("why", models.TextField(blank=True)),
                ("consequences", models.TextField(blank=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("tools", models.JSONField(default=dict, help_text="The names of its tools by role.")),
                ("kept_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="advice.post"
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [models.UniqueConstraint(fields=("post", "version"), name="revision_once")],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decisions_count",
                    models.PositiveIntegerField(default=0, help_text="Published decisions that chose the tool."),
                ),
                ("cases", models.PositiveIntegerField(default=0, help_text="Those that were revisited at least once.")),
                (
                    "steps",
                    models.JSONField(
                        default=list, help_text="Kaplan-Meier: day, share, at risk; empty under five cases."
                    ),
                ),
                (
                    "watched",
                    models.PositiveIntegerField(
                        default=0, help_text="The last day on which any case was watched; 0 under five cases."
                    ),
                ),
                ("came_from", models.JSONField(default=list, help_text="Tools it replaced: slug, name, count.")),
                ("gone_to", models.JSONField(default=list, help_text="Tools that replaced it: slug, name, count.")),
                (
                    "tool",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="standing", to="tools.tool"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wanted", models.BooleanField(default=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="advice.post"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "post"), name="subscription_once")],
            },
        ),
        migrations.CreateModel(
            name="CommentVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "address",
                    models.CharField(
                        blank=True, help_text="A digest of the network address, to find rings.", max_length=32
                    ),
                ),
                (
                    "held",
                    models.BooleanField(
                        default=False, help_text="Looks like one of a ring: does not count until released."
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="advice.comment"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("on", "member"), name="commentvote_once")],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "months",
                    models.PositiveSmallIntegerField(blank=True, help_text="Empty where told unasked.", null=True),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, help_text="When the author told it first.", null=True)),
                ("on", models.DateField(blank=True, help_text="The day for which the result is told.", null=True)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "Kept"),
                            ("regrets", "Kept, with regrets"),
                            ("replaced", "Replaced"),
                            ("ended", "Project ended"),
                        ],
                        max_length=8,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("why_html", models.TextField(blank=True, editable=False)),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacing_rows",
                        to="tools.tool",
                    ),
                ),
                (
                    "tool",
                    models.ForeignKey(
                        blank=True,
                        help_text="What was replaced.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_rows",
                        to="tools.tool",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outcomes", to="advice.post"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("asked_at", None), ("result", "")), fields=["due_on"], name="outcome_to_ask"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("post", "months"), name="outcome_once_a_visit"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("on", None), ("result", "")),
                            models.Q(models.Q(("result", ""), _negated=True), ("on__isnull", False)),
                            _connector="OR",
                        ),
                        name="outcome_told_for_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "replaced"), ("tool__isnull", False)),
                            models.Q(models.Q(("result", "replaced"), _negated=True), ("tool", None)),
                            _connector="OR",
                        ),
                        name="outcome_replaces_a_tool",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_by", None),
                            models.Q(
                                ("result", "replaced"), models.Q(("replaced_by", models.F("tool")), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="outcome_replaced_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("approve", "let through"),
                            ("hide", "hidden"),
                            ("restore", "restored"),
                            ("dismiss", "left as it is"),
                            ("warn", "author warned"),
                            ("suspend", "member suspended"),
                            ("readmit", "suspension ended"),
                            ("hold", "votes held"),
                            ("release", "held votes released"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "grounds",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("spam", "Spam or advertising"),
                            ("paid", "Bought praise, or a tie that is not declared"),
                            ("wrong", "Wrong or misleading"),
                            ("rude", "Rude or hateful"),
                            ("private", "Private or unlawful content"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("done_at", models.DateTimeField(auto_now_add=True)),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss_about",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="tools.reason",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="advice.comment",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="advice.post",
                    ),
                ),
            ],
            options={
                "ordering": ["-done_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("comment__isnull", True),
                                ("member__isnull", True),
                                ("post__isnull", False),
                                ("reason__isnull", True),
                            ),
                            models.Q(
                                ("comment__isnull", False),
                                ("member__isnull", True),
                                ("post__isnull", True),
                                ("reason__isnull", True),
                            ),
                            models.Q(
                                ("comment__isnull", True),
                                ("member__isnull", True),
                                ("post__isnull", True),
                                ("reason__isnull", False),
                            ),
                            models.Q(
                                ("comment__isnull", True),
                                ("member__isnull", False),
                                ("post__isnull", True),
                                ("reason__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="act_about_one",
                    )
                ],
            },
        ),
    ]
