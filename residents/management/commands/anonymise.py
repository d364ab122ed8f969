from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.management.operator import system_user
from residents.retention.due import Preview, preview
from residents.retention.running import (
    DATABASE,
    Done,
    Refused,
    erase_due,
    must_be_maintenance,
    rule_to_follow,
)


class Command(BaseCommand):
    help = (
        "Shows which residents' records, delivered services and tickets are due by the retention "
        "rule; with --do, erases their personal data for good. Works as the maintenance role "
        "(MAINTENANCE_DATABASE_URL)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--do", action="store_true", help="erase, instead of showing")
        parser.add_argument("--by", default="", help="who runs it, when that is not the OS user")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["do"]:
                self._tell_done(erase_due(_who(options["by"])))
            else:
                must_be_maintenance()
                _, before = rule_to_follow()
                self._tell(preview(before, DATABASE))
        except Refused as reason:
            raise CommandError(str(reason)) from reason

    def _tell(self, due: Preview) -> None:
        self.stdout.write(f"Stays that ended on {due.before} or earlier:")
        for place in due.places:
            spans = f"{place.oldest or '-'} to {place.newest or '-'}"
            self.stdout.write(f"  {place.name}: {place.records} records ({spans})")
        self.stdout.write(f"  merged into these: {due.merged} records")
        for label, count in due.others.items():
            self.stdout.write(f"  {label}: {count}")
        self.stdout.write(f"Due: {due.records} records, about {due.files} files.")
        self.stdout.write("Nothing was changed; --do erases them.")

    def _tell_done(self, done: Done) -> None:
        run = done.run
        self.stdout.write(
            f"Erased: {run.records} records, {run.files} files (run {run.pk}, until {run.before})."
        )
        for label, count in run.others.items():
            self.stdout.write(f"  {label}: {count}")
        if done.files_left:
            self.stdout.write(f"{done.files_left} files are still there; run it again.")


def _who(said: str) -> str:
    user = system_user()
    return f"{said.strip()} ({user})" if said.strip() else user
