from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tools", "0004_neighbours"),
    ]

    operations = [
        migrations.AddField(
            model_name="tool",
            name="well_known",
            field=models.BooleanField(
                default=False, help_text="Counts among the best known, though its stars do not show it."
            ),
        ),
    ]
