"""Make somebody a moderator: a member who judges at the desk what others write."""

from django.db.models import Q

from members.staff import StaffCommand

READ = ["view_post", "view_posttool", "view_comment", "view_outcome", "view_report", "view_act"]


class Command(StaffCommand):
    help = (
        "Create a moderator, who judges at /admin/desk/ what members write, or make an existing member one. "
        "A new moderator's password is asked for, or read from MODERATOR_PASSWORD in the environment."
    )
    group = "Moderators"
    # To judge what members write and to search it; nothing of the catalogue, and no member's address.
    rights = Q(content_type__app_label="advice", codename__in=["moderate", *READ])
    password_from = "MODERATOR_PASSWORD"  # noqa: S105  # the name of a variable
    welcome = "{member} is a moderator now and can log in at /admin/desk/."
