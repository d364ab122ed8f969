"""Somebody of long ago, of whom the rooms of delivered services and of help hold all they can."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile

from accounts.areas.models import CITY_CODE
from accounts.helpdesk.models import Ticket
from accounts.helpdesk.opening import open_ticket
from accounts.rules import Role
from residents.corrections.codes import Reason
from residents.corrections.deeds import reply
from residents.corrections.sending import Statement, send
from residents.corrections.workflow import WORKFLOW as CORRECTIONS
from residents.feeds import deciding
from residents.feeds.models import FeedBlock, FeedFile, FeedStatus
from residents.services.models import Service
from residents.truth.models import TruthFile
from tests.accounts import tickets
from tests.factories import KELURAHAN, RT, holder, on_day
from tests.residents.papers import photo
from tests.residents.retained import LONG_AGO, again, days_ago
from tests.residents.services_told import a_service, a_version, answered
from tests.residents.stated import signed
from wacat.clock import now
from wacat.uploads import checked, keep
from wacat.workflow import Move

NIK, KK = "9971051305917711", "9971052001017722"
WHOSE: dict[str, Any] = {
    "full_name": "Zulkifli Rahasia",
    "nik": NIK,
    "no_kk": KK,
    "number": "AKTA/RAHASIA/1",
    "address": "Jl. Rahasia Kini 8",
    "rt_text": "RT rahasia 012",
    "kelurahan_text": "Kelurahan Rahasia",
    "other_place": "Kampung Rahasia Asal",
    "detail": "Cetak ulang rahasia",
}
SAID = {
    "note": "Rahasia tetangga",
    "right_value": "Zulkifli Rahasia Bin Aman",
    "question": "Sejak kapan Zulkifli pergi",
    "reply": "Zulkifli pergi sejak Lebaran",
    "done": "Data Zulkifli diperbaiki",
    "aside": "Rumah orang tua Zulkifli",
    "ticket": "Zulkifli tidak muncul di daftar",
    "message": "NIK Zulkifli salah ketik",
    "internal": "Zulkifli pernah menelepon",
    "file": "Layanan Zulkifli.xlsx",
}


def a_photo(shade: int) -> ContentFile[bytes]:
    return checked(ContentFile(photo(shade)))


def corrected_service() -> Service:
    """Called true, then untrue with photographs, asked back, replied, accepted; then changed."""
    head, operator = holder(Role.KETUA_RT, RT), holder(Role.OPERATOR, CITY_CODE)
    service = answered(a_service(**WHOSE), "confirm")
    told = Statement(
        Reason.WRONG_NAME, SAID["note"], SAID["right_value"], photos=[a_photo(10), a_photo(90)]
    )
    correction = send(head, service.pk, told, uuid4())
    CORRECTIONS.advance(correction.pk, "ask", Move(operator, {"note": SAID["question"]}))
    reply(correction.pk, Move(head, {"note": SAID["reply"]}), [a_photo(200)])
    CORRECTIONS.advance(correction.pk, "accept", Move(operator, {"note": SAID["done"]}))
    a_version(service, full_name="Zulkifli Rahasia Baru")
    return again(service)


def a_ticket() -> Ticket:
    """Told with a file, answered, closed, with a note that its opener never sees."""
    data = {"subject": SAID["ticket"], "text": SAID["message"], "attached": [a_photo(40)]}
    ticket = open_ticket(tickets.opener(), RT, uuid4(), {"category": "other", **data})
    operator = tickets.operator()
    tickets.done(ticket, "answer", operator)
    tickets.done(ticket, "note", operator, text=SAID["internal"])
    return tickets.done(ticket, "close", tickets.opener())


def a_feed() -> FeedFile:
    """A file that is settled and was, after a crash, never cleared."""
    feed = FeedFile.objects.create(
        area_id=CITY_CODE,
        status=FeedStatus.DISCARDED,
        name=SAID["file"],
        file=keep(ContentFile(b"Zulkifli", "isi.xlsx"), "feeds"),
        sha256="0" * 64,
        notes='{"x": "Zulkifli"}',
        uploaded_by=holder(Role.OPERATOR, CITY_CODE),
        settled_at=now(),
        key=uuid4(),
    )
    FeedBlock.objects.create(of=feed, number=0, content=b"x", marks=b"")
    return feed


def everything() -> SimpleNamespace:
    """Of somebody, long ago: all that these rooms hold."""
    with on_day(days_ago(LONG_AGO)):
        service = corrected_service()
        silent = a_service(full_name="Zulkifli Diam")
        unplaced = a_service(KELURAHAN, full_name="Zulkifli Tanpa RT", address=WHOSE["address"])
        lurah = holder(Role.LURAH, KELURAHAN)
        deciding.decide(unplaced, deciding.Answer(lurah, uuid4(), reason=SAID["aside"]))
        statement = signed(RT)
        drawn = keep(ContentFile(b"Zulkifli", "laporan.pdf"), "truth")
        asked = {"report": statement, "asked_by": lurah, "area_id": RT, "file": drawn}
        TruthFile.objects.create(**asked)
        made = {"service": service, "silent": silent, "unplaced": again(unplaced)}
        return SimpleNamespace(**made, statement=statement, ticket=a_ticket(), feed=a_feed())
