import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "__first__"),
        ("tools", "0010_sourced_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Affiliation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        help_text="Such as “maintainer” or “works for the company behind it”.", max_length=80
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="affiliations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="affiliations", to="tools.tool"
                    ),
                ),
            ],
            options={
                "ordering": ["tool__name"],
                "constraints": [models.UniqueConstraint(fields=("member", "tool"), name="affiliation_once")],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="follows", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "tool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="follows", to="tools.tool"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [models.UniqueConstraint(fields=("member", "tool"), name="follow_once")],
            },
        ),
        migrations.CreateModel(
            name="ReasonVote",
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
                ("version", models.CharField(blank=True, max_length=20)),
                (
                    "team_size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "one person"),
                            ("2-10", "2 to 10"),
                            ("11-50", "11 to 50"),
                            ("51-250", "51 to 250"),
                            ("251+", "more than 250"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "scale",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("trial", "a trial or a prototype"),
                            ("small", "up to a thousand users a day"),
                            ("medium", "up to a hundred thousand users a day"),
                            ("large", "more than a hundred thousand users a day"),
                        ],
                        max_length=6,
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(blank=True, help_text="Months of use.", null=True)),
                (
                    "affiliated",
                    models.BooleanField(default=False, help_text="The voter declared a tie with the tool's vendor."),
                ),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="tools.reason"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("on", "member"), name="reasonvote_once")],
            },
        ),
        migrations.AddField(
            model_name="edition",
            name="contributions",
            field=models.PositiveBigIntegerField(
                default=0, help_text="How often members' posts changed what pages of the catalogue show."
            ),
        ),
        migrations.AddField(
            model_name="reason",
            name="affiliated_votes_count",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="reason",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reasons",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reason",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name="reason",
            name="of_member",
            field=models.BooleanField(default=False, help_text="A member wrote it, not the editors."),
        ),
        migrations.AddField(
            model_name="reason",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "waiting for a moderator"),
                    ("shown", "shown"),
                    ("hidden", "hidden by a moderator"),
                ],
                default="shown",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="reason",
            name="version",
            field=models.CharField(blank=True, help_text="The tool's version it was written about.", max_length=20),
        ),
        migrations.AddField(
            model_name="reason",
            name="votes_count",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="tool",
            name="followers_count",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.CheckConstraint(
                condition=models.Q(("author", None), ("of_member", True), _connector="OR"), name="reason_of_a_member"
            ),
        ),
    ]
