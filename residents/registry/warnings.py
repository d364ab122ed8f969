"""What a person should look at again. Nothing here refuses anything."""

from residents.registry.cautions import number_warnings
from residents.registry.models import Resident
from residents.registry.stays import a_year_after
from wacat.clock import today

# What whoever stays for more than a year needs; a plan to do so deserves no more than this word.
IF_FOR_GOOD = "Bila berniat menetap, warga perlu mengurus surat pindah di Disdukcapil."


def warnings_of(resident: Resident) -> list[str]:
    """Sentences about the numbers and dates of the record, to be read and overridden."""
    return [one.text for one in number_warnings(resident)] + list(_about_the_stay(resident))


def _about_the_stay(resident: Resident) -> list[str]:
    texts = []
    if (resident.ended_on or today()) > a_year_after(resident.arrived_on):
        texts.append(f"Sudah tinggal lebih dari satu tahun. {IF_FOR_GOOD}")
    if resident.is_overdue or (resident.reported_at is None and resident.days_left() < 0):
        texts.append("Masa tinggal sudah lewat. Perpanjang, atau catat kepindahannya.")
    return texts
