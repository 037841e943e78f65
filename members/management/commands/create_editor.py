"""Make somebody an editor: a member who may enter the admin."""

import getpass
import os
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from members.models import Member


class Command(BaseCommand):
    help = (
        "Create an editor, who keeps the catalogue in the admin, or make an existing member one "
        "(createsuperuser makes somebody who may do everything). "
        "A new editor's password is asked for, or read from EDITOR_PASSWORD in the environment."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the editor's username, also their address: /members/<username>/")
        parser.add_argument("--email", default="", help="needed for a new member")

    def handle(self, *args: Any, username: str, email: str, **options: Any) -> None:
        member = Member.objects.filter(username__iexact=username).first()
        with transaction.atomic():
            member = member or self._create(username, email)
            Member.objects.filter(pk=member.pk).update(is_staff=True)
            member.groups.add(editors())
        self.stdout.write(f"{member.username} is an editor now and can log in at /admin/.")

    def _create(self, username: str, email: str) -> Member:
        if not email:
            raise CommandError(f"There is no member {username} yet: give --email to create one.")
        member = Member(username=username, email=email)
        password = os.environ.get("EDITOR_PASSWORD") or getpass.getpass(f"Password for {username}: ")
        try:
            validate_password(password, member)
            member.set_password(password)
            member.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        member.save()
        EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
        return member


def editors() -> Group:
    """The group whose members keep the catalogue: every right over it, and none over people."""
    group, _ = Group.objects.get_or_create(name="Editors")
    group.permissions.set(Permission.objects.filter(content_type__app_label="tools"))
    return group
