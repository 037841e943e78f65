from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tools", "0002_themes"),
    ]

    operations = [
        migrations.AddField(
            model_name="attribute",
            name="choose_if",
            field=models.CharField(
                blank=True,
                help_text="Completes “Choose it if …”: you want {value} typing. Of a yes-or-no attribute, for yes; of a number, for the side it favours.",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="attribute",
            name="choose_if_no",
            field=models.CharField(blank=True, max_length=120, verbose_name="choose if, for no"),
        ),
        migrations.AddField(
            model_name="attribute",
            name="favours",
            field=models.CharField(
                blank=True,
                choices=[("", "neither"), ("more", "more, or later"), ("less", "less, or earlier")],
                help_text="Numbers and dates only.",
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="tool",
            name="choose_if",
            field=models.JSONField(blank=True, default=list, help_text="Completes “Choose it if …”, a line each."),
        ),
        migrations.AddConstraint(
            model_name="attribute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("choose_if", ""),
                    ("type", "boolean"),
                    models.Q(("type__in", ["number", "date"]), models.Q(("favours", ""), _negated=True)),
                    models.Q(
                        models.Q(("type__in", ["number", "date"]), _negated=True), ("choose_if__contains", "{value}")
                    ),
                    _connector="OR",
                ),
                name="a_reason_to_choose_follows_from_the_answer",
                violation_error_message="“Choose if” must hold {value}, or for numbers and dates what is favoured.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attribute",
            constraint=models.CheckConstraint(
                condition=models.Q(("choose_if_no", ""), ("type", "boolean"), _connector="OR"),
                name="only_yes_or_no_has_a_reason_for_no",
                violation_error_message="Only a yes-or-no attribute can be a reason by its no.",
            ),
        ),
    ]
