from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.contacts.offices import load_offices


class Command(BaseCommand):
    help = "Fills an empty contact page with the offices of Perwali 33/2020 Pasal 7 to 10."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_offices()} contacts added")
