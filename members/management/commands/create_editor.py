"""Make somebody an editor: a member who may enter the admin and keep the catalogue."""

from django.db.models import Q

from members.staff import StaffCommand


class Command(StaffCommand):
    help = (
        "Create an editor, who keeps the catalogue in the admin, or make an existing member one "
        "(createsuperuser makes somebody who may do everything). "
        "A new editor's password is asked for, or read from EDITOR_PASSWORD in the environment."
    )
    group = "Editors"
    # Every right over the catalogue, and none over people.
    rights = Q(content_type__app_label="tools")
    password_from = "EDITOR_PASSWORD"  # noqa: S105  # the name of a variable
    welcome = "{member} is an editor now and can log in at /admin/."
