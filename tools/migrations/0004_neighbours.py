from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tools", "0003_choose_if"),
    ]

    operations = [
        migrations.AddField(
            model_name="function",
            name="neighbours",
            field=models.ManyToManyField(
                blank=True, help_text="Functions whose tools may be an alternative to this one's.", to="tools.function"
            ),
        ),
    ]
