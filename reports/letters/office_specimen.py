"""A letter of nobody, to see the settings on paper: the very drawing, marked as a preview."""

from __future__ import annotations

from datetime import date

from accounts.areas.models import Area
from reports.letters.facts import Introduction, LetterFacts, Signatory, Subject
from reports.letters.gathering import letterhead
from reports.letters.office_models import LetterOffice
from reports.letters.office_numbers import next_number
from reports.letters.requesting import DEFAULT_PURPOSE
from wacat.calendar import months_after
from wacat.clock import today

_NOBODY = Subject(
    full_name="NAMA WARGA CONTOH",
    nik="9999999999999999",
    no_nik_reason="",
    birth_place="Kota Contoh",
    birth_date=date(1990, 1, 1),
    sex="Perempuan",
    religion="Islam",
    marital_status="Belum kawin",
    occupation="Karyawan Swasta",
    nationality="WNI",
    origin_address="Jalan Contoh Asal Nomor 1, Kabupaten Contoh",
)


def specimen(kelurahan: Area, office: LetterOffice) -> LetterFacts:
    """The facts of a letter to nobody, issued today by the settings in *office*, saved or not."""
    day = today()
    return LetterFacts(
        number=next_number(office.number_template, kelurahan.code),
        office=letterhead(kelurahan, office),
        signatory=Signatory(
            "Nama Lurah Contoh", f"Lurah {kelurahan.name}", "Pangkat Contoh", "9" * 18
        ),
        subjects=(_NOBODY,),
        address="Jalan Contoh Nomor 1",
        rt_label="RT 000",
        lives_here_since=day,
        purpose=DEFAULT_PURPOSE,
        introduction=Introduction(by_ketua_rt=True, number="000/RT.000/I/2000", on=day),
        issued_on=day,
        valid_until=months_after(day, office.valid_months),
        verification_url="",
        short_code="",
        specimen=True,
        paper=office.paper,
    )
