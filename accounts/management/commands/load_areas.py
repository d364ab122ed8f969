from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from accounts.areas.loading import load_decree, load_rts


class Command(BaseCommand):
    help = "Adds the areas of Balikpapan that are not there yet; with --rts, the planned RTs too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rts", action="store_true", help="also the RTs of rt_plan.csv")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        added = load_decree() + (load_rts() if options["rts"] else 0)
        self.stdout.write(f"{added} areas added")
