"""All of the demo's data, in one transaction: there is all of it or none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.areas.loading import load_decree, load_rts
from accounts.contacts.demo import load_demo_contacts
from accounts.demo.cases import seed_cases
from accounts.demo.help import seed_help
from accounts.demo.officials import seed_officials
from reports.demo.offices import seed_offices
from reports.demo.stories import SEPINGGAN, stories_elsewhere
from reports.demo.telling import Chapter, tell
from residents.demo.cast import Cast
from residents.demo.clerks import Clerks
from residents.demo.seeding import is_seeded, seed_residents
from wacat.clock import today
from wacat.servers.keys import write_private

ACCOUNTS_FILE = "demo-accounts.json"


@transaction.atomic
def seed(scale: int = 100) -> list[dict[str, Any]]:
    """Add what is missing; the accounts. *scale* is the percentage of residents to make."""
    if not is_seeded():
        load_decree()
        load_rts()
        accounts = seed_officials()
        load_demo_contacts()
        seed_cases()
        seed_help()
        seed_offices()
        _seed_letters(seed_residents(today(), scale))
        return accounts
    return seed_officials()


def write_accounts(accounts: list[dict[str, Any]], folder: Path) -> None:
    """The accounts as a file that only its owner can read."""
    folder.mkdir(parents=True, exist_ok=True)
    write_private(folder / ACCOUNTS_FILE, json.dumps(accounts, indent=2) + "\n")


def _seed_letters(cast: Cast) -> None:
    day, clerks = today(), Clerks()
    known = {
        name: [one.resident for one in household] for name, household in cast.households.items()
    }
    chapters = [Chapter(story, known[story.who], clerks, day) for story in SEPINGGAN]
    chapters += [Chapter(story, [person], clerks, day) for story, person in stories_elsewhere(day)]
    tell(chapters, day)
