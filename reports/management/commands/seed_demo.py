import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.demo.seeding import seed, write_accounts
from wacat.servers.running import var_folder


class Command(BaseCommand):
    help = "Makes the demo's data, once, and writes demo-accounts.json into WACAT_VAR."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale",
            type=int,
            default=int(os.environ.get("SEED_SCALE") or 100),
            help="percentage of the residents to make (also SEED_SCALE); 100 gives the figures",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.MODE == "test"):
            raise CommandError("Demo data is for the demo and the tests only (WACAT_MODE).")
        if options["scale"] not in range(1, 101):
            raise CommandError("--scale is a percentage from 1 to 100.")
        accounts = seed(options["scale"])
        write_accounts(accounts, var_folder())
        self.stdout.write(f"{len(accounts)} demo accounts")
