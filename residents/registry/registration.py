"""Entering and correcting a registration. What changes its status is the workflow's."""

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from accounts.areas.guards import IN_A_MERGED_AREA
from accounts.login.models import User
from residents.registry.forms import ResidentForm
from residents.registry.models import Resident
from residents.registry.states import Status
from residents.registry.stays import settle
from residents.registry.workflow import UNIQUE_NIK, WORKFLOW
from wacat.sealing.crypto import blind_index
from wacat.workflow import Move, WrongState

JUST_MERGED = "RT ini baru saja digabung ke RT lain. Buka lagi isian ini, lalu pilih RT yang baru."
IDENTITY = (
    "full_name",
    "nik",
    "no_nik_reason",
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
    values = [str(getattr(resident, name)) for name in (*ResidentForm.Meta.fields, "status")]
    return blind_index("\0".join(values), "version").hex()[:16]


def identity_of(resident: Resident) -> tuple[str, ...]:
    """What the operator verified: who it is and since when."""
    return tuple(str(getattr(resident, name)) for name in IDENTITY)


def correct(form: ResidentForm, user: User, identity: tuple[str, ...]) -> Resident | None:
    """Store corrections to a locked row; a verified *identity* that changes is a report again.

    None when the corrected NIK is active elsewhere: the form then says so.
    """
    try:
        with transaction.atomic():
            resident = form.save()
            settle(resident)
    except IntegrityError as error:
        if IN_A_MERGED_AREA in str(error):
            raise WrongState(JUST_MERGED) from error
        if UNIQUE_NIK not in str(error):
            raise
        form.add_error("nik", "NIK ini sudah terdaftar aktif. Hubungi kelurahan.")
        return None
    if resident.status == Status.VERIFIED and identity_of(resident) != identity:
        WORKFLOW.advance(resident.pk, "amend", Move(user))
    return resident
