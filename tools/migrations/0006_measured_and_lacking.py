from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tools", "0005_well_known"),
    ]

    operations = [
        migrations.AddField(
            model_name="attribute",
            name="measured",
            field=models.BooleanField(
                default=False,
                help_text="A count that changes from month to month: told with its day, compared only with one of its time.",
            ),
        ),
        migrations.AddField(
            model_name="choice",
            name="lacks",
            field=models.BooleanField(
                default=False,
                help_text="The answer says that something is missing, so it is no reason to choose a tool.",
            ),
        ),
    ]
