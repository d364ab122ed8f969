"""From a resident's row to the facts of the form, with all the queries."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.text import Truncator

from residents.f115.facts import Chosen, FormFacts, Place
from residents.families.members import others_of_the_family
from residents.registry.codes import CancellationReason, EndReason, Purpose
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import StayPeriod
from residents.registry.states import Status
from wacat.clock import today
from wacat.words import nik_masked, tanggal

# The form names two purposes and reasons; whatever else our lists know is its third.
_PURPOSES = {Purpose.WORK: "a", Purpose.EDUCATION: "b"}
_CANCELLATIONS = {CancellationReason.WORK: "a", CancellationReason.EDUCATION: "b"}
OTHERWISE = "c"
UNFINISHED = {
    Status.DRAFT: "belum dilaporkan",
    Status.RETURNED: "dikembalikan untuk diperbaiki",
    Status.HELD: "laporan ditahan",
}
# What the form has room for.
MOST_RELATIVES = 6
MOST_WORDS = 200  # letters of a note


def gather(resident: Resident) -> FormFacts:
    """The facts as the record has them now."""
    period = StayPeriod.objects.filter(resident=resident).order_by("starts").last()
    return FormFacts(
        nik=resident.nik or "",
        no_nik_reason="" if resident.nik else str(resident.get_no_nik_reason_display() or ""),
        full_name=resident.full_name,
        place=_place(resident),
        purpose=_purpose(resident),
        since=period.starts if period else resident.arrived_on,
        until=period.until if period else resident.stays_until,
        cancelled=_cancelled(resident),
        made_on=today(),
        unfinished=UNFINISHED.get(Status(resident.status), ""),
        extras=tuple((label, text) for label, text in _extras(resident) if text),
        specimen=settings.DEMO,
    )


def _place(resident: Resident) -> Place:
    kelurahan = resident.area.containing
    return Place(
        address=resident.address,
        rt=resident.area.name,
        kelurahan=kelurahan.name,
        kecamatan=kelurahan.containing.name,
    )


def _purpose(resident: Resident) -> Chosen:
    letter = _PURPOSES.get(Purpose(resident.purpose), OTHERWISE)
    named = resident.get_purpose_display() if letter == OTHERWISE else ""
    if resident.purpose == Purpose.OTHER and resident.purpose_detail:
        named = ""  # "Lainnya: lainnya" says nothing
    return Chosen(letter, _joined(str(named), resident.purpose_detail))


def _cancelled(resident: Resident) -> Chosen | None:
    if resident.end_reason != EndReason.CANCELLED or resident.cancellation_reason is None:
        return None
    letter = _CANCELLATIONS.get(CancellationReason(resident.cancellation_reason), OTHERWISE)
    told = ("end", "correct_end")
    ends = ResidentStep.objects.filter(subject=resident, name__in=told).order_by("-pk")
    note = ends.values_list("note", flat=True).first() or ""
    return Chosen(letter, Truncator(note).chars(MOST_WORDS))


def _extras(resident: Resident) -> Iterator[tuple[str, str]]:
    """What the record has besides: facts with a code list carry its number, as the forms do."""
    yield "Tempat, tanggal lahir", _joined(resident.birth_place, tanggal(resident.birth_date))
    yield "Jenis kelamin", _coded(resident, "sex")
    yield "Kewarganegaraan", _joined(_coded(resident, "nationality"), resident.country)
    yield "Nomor paspor", resident.passport_number or ""
    yield "Agama", _coded(resident, "religion")
    yield "Status perkawinan", _coded(resident, "marital_status")
    yield "Pendidikan", _coded(resident, "education")
    yield "Pekerjaan", _coded(resident, "occupation")
    yield "Alamat asal", _joined(resident.origin_address, resident.origin_area)
    yield "Telepon", resident.phone
    yield "Surel", resident.email
    yield "Tempat tinggal", _lodging(resident)
    yield "Pemilik tempat", _owner(resident)
    yield "Tempat kerja/sekolah", _joined(resident.institution_name, resident.institution_address)
    yield "Penjamin", _guarantor(resident)
    yield "Datang bersama", _family(resident)
    yield "Nomor pendaftaran nasional", resident.national_reference
    yield "Berakhir", _end(resident)


def _coded(resident: Resident, name: str) -> str:
    value = getattr(resident, name)
    return f"{value} {getattr(resident, f'get_{name}_display')()}" if value is not None else ""


def _lodging(resident: Resident) -> str:
    lodging = resident.lodging
    return _joined(lodging.get_kind_display(), lodging.name) if lodging else ""


def _owner(resident: Resident) -> str:
    """As told for this person, else as the lodging has it."""
    lodging = resident.lodging
    if resident.landlord_name or resident.landlord_phone or not lodging:
        return _joined(resident.landlord_name, resident.landlord_phone)
    return _joined(lodging.owner_name, lodging.owner_phone, lodging.owner_address)


def _guarantor(resident: Resident) -> str:
    """The number of somebody else, who has not asked for this paper, stays masked."""
    nik = f"NIK {nik_masked(resident.guarantor_nik)}" if resident.guarantor_nik else ""
    return _joined(
        resident.guarantor_name, nik, resident.guarantor_address, resident.guarantor_phone
    )


def _family(resident: Resident) -> str:
    """Those of the same family who live in the same RT by the record."""
    people = list(others_of_the_family(resident)[: MOST_RELATIVES + 1])
    names = [_with_relation(one) for one in people[:MOST_RELATIVES]]
    return "; ".join([*names, *(["dan lainnya"] if len(people) > MOST_RELATIVES else [])])


def _with_relation(resident: Resident) -> str:
    relation = resident.get_family_relation_display()
    return f"{resident.full_name} ({relation})" if relation else resident.full_name


def _end(resident: Resident) -> str:
    """An end that is no cancellation: the form has no part for it."""
    if resident.status != Status.ENDED or resident.end_reason == EndReason.CANCELLED:
        return ""
    return _joined(tanggal(resident.ended_on), str(resident.get_end_reason_display()))


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
