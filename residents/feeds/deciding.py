"""One decision for all rows with the same address text, remembered for those to come.

The decision is a row that one of two who decide at once gets to write. It is carried out on the
rows that wait: the first ones at once, the others by a worker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.areas.models import Area, AreaStatus, Level
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import reach
from residents.feeds.gazetteer import Living
from residents.feeds.models import FeedFile, PlaceDecision, PlaceWork
from residents.services.codes import Status
from residents.services.models import Service
from residents.services.workflow import WORKFLOW
from wacat.clock import now
from wacat.work import Work
from wacat.workflow import InputMissing, Move, WrongState

AT_ONCE = 200  # rows that the one who decides waits for
CHUNK = 500
DECIDED = "Alamat ini baru saja diputuskan orang lain. Lihat keputusannya, lalu ubah bila perlu."
NO_RT = "Pilih RT yang ada di kelurahan ini."
NO_REASON = "Tulis alasannya."
NOT_HERE = "RT ini di luar wilayah Bapak/Ibu."
_UNPLACED = (Status.WAITING, Status.ASIDE)


@dataclass(frozen=True)
class Answer:
    """What somebody decides: an RT, or the reason for none.

    ``seen`` is the revision of the decision that the page showed, 0 for none; ``key`` the press.
    """

    by: User
    key: UUID
    seen: int = 0
    rt: str = ""
    reason: str = ""


def group(rows: Any, key: UUID) -> Any:
    """Those of *rows* in force that are not placed and have this address text."""
    return rows.in_force().filter(place_key=key, status__in=_UNPLACED, anonymised_on=None)


@transaction.atomic
def decide(sample: Service | PlaceDecision, answer: Answer) -> PlaceDecision:
    """Remember the answer about the address of *sample* and begin to carry it out.

    The same press answers alike. Raises InputMissing, and WrongState when another has decided
    since the page was shown.
    """
    key = _key_of(sample)
    known = PlaceDecision.objects.select_for_update(of=("self",)).filter(place_key=key).first()
    if known is not None and known.key == answer.key:
        return known
    _check(answer)
    if (known.revision if known else 0) != answer.seen:
        raise WrongState(DECIDED)
    decision = known or _of(sample)
    decision.rt_id, decision.reason = answer.rt or None, answer.reason
    decision.decided_by, decision.decided_at, decision.key = answer.by, now(), answer.key
    decision.revision = answer.seen + 1
    _save(decision)
    if _carry_out(decision, AT_ONCE):
        PlaceWork.objects.create(of=decision)
    return decision


def _key_of(sample: Service | PlaceDecision) -> UUID:
    """Raises WrongState for a service that was never read from words."""
    if sample.place_key is None:
        raise WrongState(DECIDED)
    return sample.place_key


def _of(sample: Any) -> PlaceDecision:
    return PlaceDecision(
        area_id=sample.area_id,
        place_key=sample.place_key,
        address=sample.address,
        rt_text=sample.rt_text,
        kelurahan_text=sample.kelurahan_text,
    )


def _save(decision: PlaceDecision) -> None:
    """Raise WrongState when another has just written the first one."""
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError as error:
        raise WrongState(DECIDED) from error


def _check(answer: Answer) -> None:
    if not answer.rt and not answer.reason:
        raise InputMissing({"reason": NO_REASON})
    if not answer.rt:
        return
    rts = Area.objects.filter(pk=answer.rt, level=Level.RT).exclude(state=AreaStatus.MERGED)
    if not rts.exists():
        raise InputMissing({"rt": NO_RT})
    own = reach(answer.by, Action.SERVICE_PLACE)
    if not any(f"{answer.rt}.".startswith(f"{code}.") for code in own):
        raise InputMissing({"rt": NOT_HERE})


def work_left(decision: PlaceDecision) -> bool:
    """Whether workers are still at it."""
    return bool(PlaceWork.objects.filter(of=decision, state=Work.State.WAITING).exists())


def carry_out(work: PlaceWork) -> None:
    """Do what is decided on all rows that still wait for it."""
    decision = PlaceDecision.objects.select_related("decided_by").get(pk=work.of_id)
    while _carry_out(decision, CHUNK):
        pass


def _carry_out(decision: PlaceDecision, most: int) -> bool:
    """Do it on some of the rows; whether as many as asked for were left to do.

    By whoever decided, as far as the office still reaches, else in the system's name.
    """
    rt = Living().follow(decision.rt_id) if decision.rt_id else ""
    if decision.rt_id and not rt:
        return False
    sources = _UNPLACED if rt else (Status.WAITING,)
    rows = Service.objects.in_force().filter(
        kelurahan=decision.area_id,
        place_key=decision.place_key,
        status__in=sources,
        anonymised_on=None,
    )
    locked = rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    pks = list(locked.values_list("pk", flat=True)[:most])
    if not pks:
        return False
    note = f"Keputusan alamat nomor {decision.pk}."
    data = {"note": note, **({"area": rt} if rt else {"reason": decision.reason})}
    name = "place" if rt else "set_aside"
    try:
        WORKFLOW.advance_many(pks, name, Move(decision.decided_by, data))
    except Http404:
        WORKFLOW.advance_many(pks, name, Move(None, data))
    return len(pks) == most


def follow_up(of: FeedFile) -> None:
    """Carry out what was decided of a file's addresses while its rows were being entered."""
    rows = Service.objects.in_force().filter(file=of, status=Status.WAITING)
    keys = rows.values("place_key").distinct()
    decided = PlaceDecision.objects.filter(place_key__in=keys)
    PlaceWork.objects.bulk_create(PlaceWork(of=one) for one in decided)
