import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tools", "0001_catalogue"),
    ]

    operations = [
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        max_length=60,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-[a-z0-9]+)*$",
                                "Use lower-case letters and digits, joined by single hyphens.",
                            )
                        ],
                    ),
                ),
                ("heading", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "heading"],
            },
        ),
        migrations.AddField(
            model_name="attribute",
            name="theme",
            field=models.ForeignKey(
                blank=True,
                help_text="What is said of it stands under this heading; under its own where none is chosen.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attributes",
                to="tools.theme",
            ),
        ),
    ]
