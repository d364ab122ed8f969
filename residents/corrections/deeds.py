"""What is done to a correction and, in the same transaction, to its service.

An operator and an RT, or two operators, may act at one moment: one of them has done it, and the
other is told (WrongState) what happened instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from residents.corrections.models import Correction, CorrectionStep
from residents.corrections.photos import add_photos
from residents.corrections.words import latest_step, what_happened
from residents.corrections.workflow import WORKFLOW
from residents.services.models import Service
from residents.services.workflow import WORKFLOW as SERVICES
from wacat.workflow import InputMissing, Move, Outcome, WrongState

# What the RT may say of the service in place of a correction that it withdraws.
BACK = {"told": "take_back", "confirmed": "confirm"}
NOT_PLACED = "Data ini sudah diperbarui. Data yang baru menentukan RT-nya."


def reply(pk: int, move: Move, photos: Sequence[ContentFile[bytes]] = ()) -> Correction:
    """Answer the operator's question, with photographs."""
    with transaction.atomic():
        outcome = advance(pk, "reply", move)
        if not outcome.repeated:
            add_photos(latest_step(outcome.row), photos, move.actor)
        return outcome.row


def accept(pk: int, move: Move) -> Correction:
    """The RT is right. ``data["area"]``: the service is told to that RT instead.

    Raises InputMissing at ``area`` where that is the RT that it is told to already.
    """
    with transaction.atomic():
        outcome = advance(pk, "accept", move)
        area, correction = move.data.get("area"), outcome.row
        if area and not outcome.repeated:
            service = _in_force(correction)
            if service is None:
                raise WrongState(NOT_PLACED)
            if service.area_id == area:
                raise InputMissing({"area": "Data ini sudah diberitahukan kepada RT itu."})
            told = {"area": area, "reason": "Koreksi RT diterima."}
            SERVICES.advance(service.pk, "replace", Move(move.actor, told, move.key))
        return correction


def withdraw(pk: int, move: Move) -> Correction:
    """Take the correction back; the service is then ``data["back"]``: told, or confirmed.

    A version that is no longer in force is left as it is: the new one is to be answered.
    """
    with transaction.atomic():
        outcome = advance(pk, "withdraw", move)
        if not outcome.repeated and _in_force(outcome.row):
            name = BACK.get(move.data.get("back", ""))
            if name is None:
                raise InputMissing({"back": "Pilih salah satu."})
            told = Move(move.actor, {"reason": "Koreksi ditarik."}, move.key)
            SERVICES.advance(outcome.row.service_id, name, told)
        return outcome.row


def advance(pk: int, name: str, move: Move) -> Outcome:
    """As the workflow's; who comes too late is told what has happened."""
    try:
        return WORKFLOW.advance(pk, name, move)
    except WrongState as error:
        if str(error) != WORKFLOW.wrong_state:
            raise
        step = CorrectionStep.objects.filter(subject=pk).latest("pk")
        raise WrongState(what_happened(step)) from error


def _in_force(correction: Correction) -> Service | None:
    """The correction's service, locked after the correction; None where a newer one stands."""
    rows: Any = Service.objects.in_force().filter(pk=correction.service_id)
    found: Service | None = rows.select_for_update(of=("self",)).first()
    return found
