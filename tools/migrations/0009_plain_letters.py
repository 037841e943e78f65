"""Lines of a tool are stored with their letters as they are, so that a search finds them on every database."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import tools.models.tool


def write_anew(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("tools", "Tool").objects.only("features", "choose_if")
    rows.bulk_update(rows, ["features", "choose_if"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("tools", "0008_rivals")]

    operations = [
        migrations.AlterField(
            "tool",
            "choose_if",
            models.JSONField(
                blank=True,
                default=list,
                encoder=tools.models.tool.PlainLetters,
                help_text="Completes “Choose it if …”, a line each.",
            ),
        ),
        migrations.AlterField(
            "tool",
            "features",
            models.JSONField(
                blank=True,
                default=list,
                encoder=tools.models.tool.PlainLetters,
                help_text="What it brings, a line each.",
            ),
        ),
        migrations.RunPython(write_anew, migrations.RunPython.noop),
    ]
