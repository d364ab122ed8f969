"""Letterheads of the demo's kelurahan."""

from accounts.areas.models import Area, Level
from reports.letters.office_models import LetterOffice


def seed_offices() -> None:
    """An invented address, telephone and e-mail for every kelurahan that has none."""
    kelurahan = Area.objects.filter(level=Level.KELURAHAN).order_by("code")
    LetterOffice.objects.bulk_create(
        [_office(area, number) for number, area in enumerate(kelurahan, start=1)],
        ignore_conflicts=True,
    )


def _office(area: Area, number: int) -> LetterOffice:
    mailbox = area.name.lower().replace(" ", "")
    return LetterOffice(
        kelurahan=area,
        address=f"Jl. Contoh {area.name} No. {number}",
        phone=f"0542-{number:06}",
        email=f"kel.{mailbox}@example.id",
    )
