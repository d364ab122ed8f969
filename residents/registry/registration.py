"""Entering and correcting a registration. What changes its status is the workflow's."""

from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.areas.guards import IN_A_MERGED_AREA
from accounts.login.models import User
from residents.registry.forms import ResidentForm
from residents.registry.models import Resident
from residents.registry.states import COUNTED, Status
from residents.registry.stays import settle
from residents.registry.twice import refuse_overlap
from residents.registry.workflow import UNIQUE_NIK, WORKFLOW
from wacat.sealing.crypto import blind_index
from wacat.workflow import InputMissing, Move, WrongState

JUST_MERGED = "RT ini baru saja digabung ke RT lain. Buka lagi isian ini, lalu pilih RT yang baru."
# What the database refuses in a correction: the field to tell it at, and the words.
CLASHES = {
    UNIQUE_NIK: ("nik", "NIK ini sudah terdaftar aktif. Hubungi kelurahan."),
    "resident_family_one_head": (
        "family_relation",
        "Keluarga ini sudah ada kepala keluarganya.",
    ),
}
IDENTITY = (
    "full_name",
    "nik",
    "no_nik_reason",
    "passport_number",
    "country",
    "sex",
    "birth_place",
    "birth_date",
    "nationality",
    "arrived_on",
)


def already_entered(user: User, key: UUID | None) -> Resident | None:
    """What this very form has made before, so that sending it again answers alike."""
    if key is None:
        return None
    return Resident.objects.filter(form_key=key, entered_by=user).first()


def enter(form: ResidentForm, user: User, key: UUID | None) -> Resident:
    """Store a new draft from a valid form; the same key at the same moment makes one record."""
    resident = form.save(commit=False)
    resident.entered_by, resident.form_key = user, key or uuid4()
    try:
        with transaction.atomic():
            resident.save()
            settle(resident)
    except IntegrityError as error:
        if IN_A_MERGED_AREA in str(error):
            raise WrongState(JUST_MERGED) from error
        if key is None:
            raise
        # The same form at the same moment; or a key that somebody else has used.
        return already_entered(user, key) or enter(form, user, None)
    return resident


def version_of(resident: Resident) -> str:
    """A digest of what the form shows: by it a form knows that the record moved on meanwhile."""
    names = (*ResidentForm.Meta.fields, "status")
    values = [str(resident.serializable_value(name)) for name in names]
    return blind_index("\0".join(values), "version").hex()[:16]


def identity_of(resident: Resident) -> tuple[str, ...]:
    """What the operator verified: who it is and since when."""
    return tuple(str(getattr(resident, name)) for name in IDENTITY)


def correct(form: ResidentForm, user: User, identity: tuple[str, ...]) -> Resident | None:
    """Store corrections to a locked row; a verified *identity* that changes is a report again.

    None when the record would then stand against another one: the form says at which field.
    """
    try:
        _must_be_once(form.instance, user, identity)
        with transaction.atomic():
            resident = form.save()
            settle(resident)
    except InputMissing as error:
        for name, text in error.errors.items():
            form.add_error(name, text)
        return None
    except IntegrityError as error:
        if IN_A_MERGED_AREA in str(error):
            raise WrongState(JUST_MERGED) from error
        told = [clash for name, clash in CLASHES.items() if name in str(error)]
        if not told:
            raise
        form.add_error(*told[0])
        return None
    _report_again(resident, user, identity)
    return resident


def locked(resident: Resident) -> Resident:
    """The same record, read anew and locked to the end of the transaction."""
    rows: QuerySet[Resident] = Resident.objects.select_for_update(of=("self",))
    return rows.get(pk=resident.pk)


def fill_in(resident: Resident, user: User, birth_date: date | None, sex: int | None) -> None:
    """Set what is told and still empty on a locked row, as a correction by *user*."""
    identity = identity_of(resident)
    resident.birth_date = resident.birth_date or birth_date
    resident.sex = resident.sex or sex
    resident.save()
    _report_again(resident, user, identity)


def _report_again(resident: Resident, user: User, identity: tuple[str, ...]) -> None:
    """What was verified is verified no more when it is another person by now."""
    if resident.status == Status.VERIFIED and identity_of(resident) != identity:
        WORKFLOW.advance(resident.pk, "amend", Move(user))


def _must_be_once(resident: Resident, user: User, identity: tuple[str, ...]) -> None:
    """Raise InputMissing where what a counted record now says would count days twice."""
    before = dict(zip(IDENTITY, identity, strict=True))
    told = dict(zip(IDENTITY, identity_of(resident), strict=True))
    changed = [name for name in ("nik", "arrived_on") if told[name] != before[name]]
    if changed and resident.status in COUNTED:
        refuse_overlap(resident, user, changed[0])
