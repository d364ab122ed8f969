"""What a person should look at again. Nothing here refuses anything."""

from django.conf import settings

from residents.registry.models import Resident
from residents.registry.nik import PROVINCES, nik_warnings, no_kk_warnings
from residents.registry.stays import a_year_after
from wacat.clock import today

# Generated people have NIK beginning with 99; only where such people live is that a region.
KNOWN = PROVINCES if settings.PRODUCTION else {**PROVINCES, "99": "Wilayah contoh"}


def warnings_of(resident: Resident) -> list[str]:
    """Sentences about the numbers and dates of the record, to be read and overridden."""
    found = []
    if resident.nik:
        found += nik_warnings(
            resident.nik,
            birth_date=resident.birth_date,
            sex=resident.sex,
            no_kk=resident.no_kk,
            known_provinces=KNOWN,
        )
    if resident.no_kk:
        found += no_kk_warnings(resident.no_kk, today=today(), known_provinces=KNOWN)
    return [one.text for one in found] + list(_about_the_stay(resident))


def _about_the_stay(resident: Resident) -> list[str]:
    texts = []
    if resident.stays_until > a_year_after(resident.arrived_on):
        texts.append(
            "Sudah tinggal lebih dari satu tahun. Bila berniat menetap, warga perlu mengurus "
            "surat pindah di Disdukcapil."
        )
    if resident.is_overdue or (resident.reported_at is None and resident.days_left() < 0):
        texts.append("Masa tinggal sudah lewat. Perpanjang, atau catat kepindahannya.")
    return texts
