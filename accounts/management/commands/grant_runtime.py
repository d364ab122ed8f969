from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from accounts.audit.grants import grant, grant_upkeep


class Command(BaseCommand):
    help = (
        "Gives the runtime role its rights on every table, and the maintenance role those that "
        "retention needs; run it after each migrate."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--database", default="owner", help="the owner's connection")

    def handle(self, *args: Any, **options: Any) -> None:
        role = settings.DATABASES["default"]["USER"]
        with transaction.atomic(using=options["database"]):
            count = grant(options["database"], role)
            kept = grant_upkeep(options["database"], settings.MAINTENANCE_ROLE)
        self.stdout.write(f"rights on {count} tables given to {role}")
        if kept:
            self.stdout.write(f"rights on {kept} tables given to {settings.MAINTENANCE_ROLE}")
        else:
            self.stdout.write(
                f"there is no role {settings.MAINTENANCE_ROLE}: nothing can be anonymised"
            )
