"""How a letter moves: Diajukan → Siap diterbitkan → Terbit → Dicabut, and Dikembalikan.

Replacing makes another letter; the old moves only when that one is issued.
It needs a report, never the operator's verification. The number is taken in the transaction
that issues; the drawing's row is written there too.
"""

from __future__ import annotations

from accounts.rules import Action, Role
from reports.letters.gathering import gather, office_of, people_of
from reports.letters.models import Drawing, Letter, LetterStep, NumberCounter, Status
from reports.letters.numbering import introduction_number, take, write_number
from reports.letters.readiness import must_be_drawable, must_be_ready
from reports.letters.replacing import (
    carry_introduction,
    locked_old,
    locked_people,
    make_replacement,
    why_replaced,
)
from reports.letters.signatory import must_be_entitled, signing_post
from reports.tasks import draw_letter
from wacat.clock import today
from wacat.work import hasten
from wacat.workflow import Move, Transition, Workflow, WrongState


def _introduce(letter: Letter, move: Move) -> None:
    must_be_ready(letter, people_of(letter))
    if move.actor is None:
        carry_introduction(letter)
        return
    day, area = today(), letter.area
    serial = take(area.code, NumberCounter.Kind.INTRODUCTION, day.year)
    letter.introduction_number = introduction_number(serial, area.name, day)
    letter.introduced_on = day
    letter.introduced_by_ketua_rt = any(
        post.role == Role.KETUA_RT and post.area_id == area.code for post in move.actor.todays_posts
    )


def _issue(letter: Letter, move: Move) -> None:
    old = locked_old(letter)
    must_be_ready(letter, locked_people(letter))
    post, office, day = signing_post(move.actor, letter), office_of(letter), today()
    must_be_entitled(post, letter)
    kelurahan = letter.area.kelurahan_code
    serial = take(kelurahan, NumberCounter.Kind.LETTER, day.year)
    number = write_number(office.number_template, serial, kelurahan, day)
    facts = gather(letter, post, number, on=day)
    must_be_drawable(facts)
    if facts.valid_until < day:
        raise WrongState("Masa tinggal sudah lewat. Perpanjang dulu sebelum surat diterbitkan.")
    letter.facts = facts
    letter.number, letter.number_year, letter.number_serial = number, day.year, serial
    letter.issued_on, letter.valid_until = facts.issued_on, facts.valid_until
    if old is not None and old.status == Status.ISSUED:
        said = {"reason": f"Digantikan oleh surat nomor {number}.", "note": why_replaced(old)}
        WORKFLOW.advance(old.pk, "revoke", Move(move.actor, said))
    Drawing.objects.create(letter=letter)
    hasten(draw_letter, letter.pk)


def _revoke(letter: Letter, move: Move) -> None:
    letter.revoked_on = today()


def _replace(letter: Letter, move: Move) -> None:
    made = make_replacement(letter, move)
    said = {"note": f"Memakai pengantar surat nomor {letter.number}."}
    WORKFLOW.advance(made.pk, "introduce", Move(None, said))


_ASKED = frozenset({Status.REQUESTED, Status.RETURNED})

WORKFLOW = Workflow(
    Letter,
    LetterStep,
    (
        Transition("introduce", _ASKED, Status.READY, Action.LETTER_INTRODUCE, apply=_introduce),
        Transition(
            "issue", frozenset({Status.READY}), Status.ISSUED, Action.LETTER_DECIDE, apply=_issue
        ),
        Transition(
            "return",
            frozenset({Status.REQUESTED, Status.READY}),
            Status.RETURNED,
            Action.LETTER_DECIDE,
            needs=("reason",),
        ),
        Transition(
            "revoke",
            frozenset({Status.ISSUED}),
            Status.REVOKED,
            Action.LETTER_DECIDE,
            needs=("reason",),
            apply=_revoke,
        ),
        Transition(
            "replace",
            frozenset({Status.ISSUED}),
            None,
            Action.LETTER_DECIDE,
            needs=("reason",),
            apply=_replace,
        ),
    ),
    wrong_state="Surat ini sudah berubah. Silakan lihat keadaannya yang terbaru.",
)
