"""Make somebody a member of staff: of a group, with the rights of that group alone."""

import getpass
import os
from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q

from members.models import Member


class StaffCommand(BaseCommand):
    """Create a member of a group of staff, or make an existing member one."""

    group: ClassVar[str]
    rights: ClassVar[Q]
    """Which permissions the group has."""
    password_from: ClassVar[str]
    """The environment variable a new member's password is read from."""
    welcome: ClassVar[str]

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the username, and the address of a new member."""
        parser.add_argument("username", help="their username, also their address: /members/<username>/")
        parser.add_argument("--email", default="", help="needed for a new member")

    def handle(self, *args: Any, username: str, email: str, **options: Any) -> None:
        """Make them staff; raise CommandError for what cannot be a member."""
        member = Member.objects.filter(username__iexact=username).first()
        with transaction.atomic():
            member = member or self._create(username, email)
            Member.objects.filter(pk=member.pk).update(is_staff=True)
            member.groups.add(self._group())
        self.stdout.write(self.welcome.format(member=member.username))

    def _group(self) -> Group:
        group, _ = Group.objects.get_or_create(name=self.group)
        group.permissions.set(Permission.objects.filter(self.rights))
        return group

    def _create(self, username: str, email: str) -> Member:
        if not email:
            raise CommandError(f"There is no member {username} yet: give --email to create one.")
        member = Member(username=username, email=email)
        password = os.environ.get(self.password_from) or getpass.getpass(f"Password for {username}: ")
        try:
            validate_password(password, member)
            member.set_password(password)
            member.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        member.save()
        EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
        return member
