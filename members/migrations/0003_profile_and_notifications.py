import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_say_email_one_way"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="bio",
            field=models.TextField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="member",
            name="company",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="member",
            name="display_name",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="member",
            name="headline",
            field=models.CharField(blank=True, help_text="Such as “Senior engineer at …”.", max_length=120),
        ),
        migrations.AddField(
            model_name="member",
            name="links",
            field=models.JSONField(blank=True, default=list, help_text="Addresses, https:// each."),
        ),
        migrations.AddField(
            model_name="member",
            name="suspended_until",
            field=models.DateTimeField(blank=True, help_text="Until then they may read, not write.", null=True),
        ),
        migrations.AddField(
            model_name="member",
            name="suspension_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="member",
            name="trusted_at",
            field=models.DateTimeField(
                blank=True, help_text="When a moderator first let something of theirs through.", null=True
            ),
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField(help_text="The Monday on which it goes out.")),
                ("until", models.DateTimeField(help_text="The next one begins here.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("empty", "nothing to say"),
                            ("failed", "refused by the mail server"),
                        ],
                        default="sending",
                        max_length=7,
                    ),
                ),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("retry_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="digests", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-week"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "failed")), fields=["retry_at"], name="digest_to_retry")
                ],
                "constraints": [models.UniqueConstraint(fields=("member", "week"), name="digest_once_a_week")],
            },
        ),
        migrations.CreateModel(
            name="MailPreference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answer", "Answers to your questions"),
                            ("reply", "Replies to your comments"),
                            ("comment", "Comments on posts you subscribe to"),
                            ("mention", "Mentions of you"),
                            ("revisit", "Decisions of yours that are due to be revisited"),
                            ("moderation", "What moderators tell you"),
                            ("digest", "Digest of the tools you follow"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("at-once", "At once"),
                            ("daily", "Once a day"),
                            ("weekly", "Once a week"),
                            ("never", "Never"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_preferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("member", "kind"), name="mail_preference_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "digest"), _negated=True),
                            ("rhythm__in", ["weekly", "never"]),
                            _connector="OR",
                        ),
                        name="mail_preference_digest_is_weekly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answer", "Answers to your questions"),
                            ("reply", "Replies to your comments"),
                            ("comment", "Comments on posts you subscribe to"),
                            ("mention", "Mentions of you"),
                            ("revisit", "Decisions of yours that are due to be revisited"),
                            ("moderation", "What moderators tell you"),
                            ("digest", "Digest of the tools you follow"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(help_text="What happened, such as “comment-12”: told once.", max_length=80)),
                ("text", models.CharField(max_length=200)),
                (
                    "note",
                    models.CharField(blank=True, help_text="What a moderator wrote to the member.", max_length=500),
                ),
                ("url", models.CharField(help_text="A path of this site.", max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("mail_failures", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "mail_after",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="Not before, after a failure.", null=True
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["member", "-created_at"], name="notification_of_member"),
                    models.Index(condition=models.Q(("read_at", None)), fields=["member"], name="notification_unread"),
                    models.Index(
                        condition=models.Q(("mailed_at", None)), fields=["created_at"], name="notification_to_mail"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("member", "key"), name="notification_once")],
            },
        ),
    ]
