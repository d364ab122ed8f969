from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.closing.workflow import reset_factor
from accounts.login.models import User
from accounts.management.operator import system_user
from wacat.workflow import Move

NAME = "reset_second_factor"


class Command(BaseCommand):
    help = (
        "Takes a lost second factor off an account and ends its sessions: for an administrator "
        "whom no other administrator can help. The account's history names who ran it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", required=True, help="or the telephone number")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.by_login(options["username"])
        if user is None:
            raise CommandError("Nobody logs in with this user name.")
        if not user.has_second_factor:
            raise CommandError(f"{user.username} has no second factor.")
        reason = f"Perintah {NAME} di server, dijalankan oleh {system_user()}."
        reset_factor(user.pk, Move(None, {"reason": reason}))
        self.stdout.write(
            f"{user.username} logs in with the password alone now, and sets up a second factor."
        )
