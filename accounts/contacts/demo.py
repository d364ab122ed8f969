"""The demo's contacts: its invented officials, with telephones that nobody has (0800…)."""

from __future__ import annotations

from accounts.contacts.models import ContactOffice
from accounts.contacts.offices import load_offices
from accounts.login.models import User

HOURS = "Senin sampai Jumat, 08.00 sampai 15.00 WITA"
# Who holds the offices of the regulation, in their order: the user names of the demo's officials.
HOLDERS = ("kepala", "sekretaris", "administrator", "", "pranata", "operator")


def load_demo_contacts() -> int:
    """The offices of the regulation, with invented contacts; nothing where there are some already.

    How many were added. To be called after the officials are there.
    """
    added = load_offices()
    if not added:
        return 0
    names = dict(User.objects.filter(username__in=HOLDERS).values_list("username", "full_name"))
    offices = list(ContactOffice.objects.all())
    for number, (office, username) in enumerate(zip(offices, HOLDERS, strict=True), start=1):
        office.holder = names.get(username, "")
        office.phone = f"0800 0000 00{number:02}"
        office.email = f"kontak{number}@contoh.invalid"
        office.hours = HOURS
    ContactOffice.objects.bulk_update(offices, ["holder", "phone", "email", "hours"])
    return added
