"""Delivered services, statements and tickets that are due: whose they were goes, figures stay."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import ProgrammingError, connections, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse

from accounts.areas.models import CITY_CODE
from accounts.helpdesk.models import TicketFile
from accounts.rules import Role
from reports.summaries.tallies import recount, totals_at
from residents.corrections.models import Correction, CorrectionPhoto
from residents.corrections.workflow import WORKFLOW as CORRECTIONS
from residents.feeds import deciding
from residents.feeds.models import FeedFile, PlaceDecision
from residents.feeds.remembered import remembered
from residents.retention.keeping import NAMELESS
from residents.retention.models import RetentionRun
from residents.services.codes import Kind, Status
from residents.services.comparing import in_force
from residents.services.delivered import Delivered
from residents.services.models import Service
from residents.services.recording import Origin, record
from residents.tasks import forget_uploads
from residents.truth.models import TruthFile, TruthReport
from tests import factories
from tests.accounts import tickets
from tests.factories import KELURAHAN, RT, holder, on_day
from tests.residents import corrected, pages
from tests.residents.papers import PDF
from tests.residents.retained import LONG_AGO, a_rule, again, anonymise, days_ago, tables_with
from tests.residents.retained_services import NIK, SAID, WHOSE, a_ticket, everything
from tests.residents.services_told import a_service, a_version
from tests.residents.stated import signed
from tests.residents.test_retention_runs import waiting_for_a_lock
from wacat.clock import today
from wacat.workflow import Move


def files() -> list[str]:
    """All that is stored beside these rows."""
    models = (CorrectionPhoto, TicketFile, TruthFile, FeedFile)
    rows = [model._default_manager.exclude(file="") for model in models]
    return [name for one in rows for name in one.values_list("file", flat=True)]


def figures() -> dict[Any, Any]:
    """Of the city and the RT, at days around; each statement's counts."""
    days = [days_ago(LONG_AGO + extra) for extra in (1, 0, -1)] + [today()]
    counts = TruthReport.objects.order_by("pk").values_list(
        "total", "confirmed", "corrected", "unanswered", "fingerprint"
    )
    told = Service.objects.order_by("pk").values_list(
        "status", "kind", "served_on", "told_on", "area", "identity", "answered_at"
    )
    totals = {code: totals_at([code], days) for code in (CITY_CODE, RT)}
    return {"totals": totals, "counts": list(counts), "told": list(told)}


def test_nobody_is_found_any_more_and_the_figures_stay(committed_db: None) -> None:
    made = everything()
    secrets = [*WHOSE.values(), *SAID.values()]
    told = {secret: tables_with(secret) for secret in secrets}
    assert all(told.values()), "what is not there before proves nothing"
    assert {"residents_service", "residents_serviceevent"} <= set(told[NIK])
    stored, before = files(), figures()
    assert len(stored) == 6
    assert before["totals"][RT][RT, today()]["told"] == 2
    a_rule()
    said = anonymise()
    for line in ("Data layanan: 4", "Laporan kebenaran data: 1", "Permintaan bantuan: 1"):
        assert line in said
    anonymise("--do")
    assert {secret: left for secret in secrets if (left := tables_with(secret))} == {}
    assert tables_with("Zulkifli") == tables_with("Rahasia") == []
    assert [name for name in stored if default_storage.exists(name)] == files() == []
    assert figures() == before
    assert recount() == 0
    assert again(made.service).anonymised_on == again(made.ticket).anonymised_on == today()
    assert again(made.ticket).number == made.ticket.number
    assert CorrectionPhoto.objects.count() == 3
    decision = PlaceDecision.objects.get()
    assert (decision.address, decision.place_key) == (NAMELESS, made.unplaced.place_key)
    anonymise("--do")
    first, second = RetentionRun.objects.order_by("pk")
    assert first.others == {
        "Data layanan": 4,
        "Laporan kebenaran data": 1,
        "Permintaan bantuan": 1,
    }
    assert (first.files, second.files, second.others) == (6, 0, {})


def test_what_is_open_or_young_is_left(committed_db: None) -> None:
    edge = today().replace(year=today().year - 2)
    with on_day(days_ago(LONG_AGO)):
        disputed = corrected.sent(service=a_service())
        newer = a_version(again(disputed.service))
        asked = corrected.asked()
        open_ticket, answered_ticket = tickets.opened(), tickets.answered()
        placed_late = a_service(KELURAHAN, address="Jl. Terlambat 1")
        late = tickets.answered()
    with on_day(edge + timedelta(days=1)):
        young, young_ticket, unplaced = a_service(), tickets.closed(), a_service(KELURAHAN)
        statement = signed(RT)
        tickets.done(late, "close", tickets.opener())
        lurah = holder(Role.LURAH, KELURAHAN)
        deciding.decide(placed_late, deciding.Answer(lurah, uuid4(), rt=RT))
    with on_day(edge):
        due, due_ticket = a_service(), tickets.closed()
    a_rule()
    anonymise("--do")
    kept = (disputed.service, newer, asked.service, placed_late, young, unplaced)
    for one in (*kept, open_ticket, answered_ticket, late, young_ticket):
        assert again(one).anonymised_on is None
    assert again(statement).facts.rows
    assert [again(due).anonymised_on, again(due_ticket).anonymised_on] == [today()] * 2
    # What was said of a service is kept as long after its answer.
    for correction, day in ((disputed, edge), (asked, edge + timedelta(days=1))):
        with on_day(day):
            operator = holder(Role.OPERATOR, CITY_CODE)
            CORRECTIONS.advance(correction.pk, "reject", Move(operator, {"reason": "Benar."}))
    assert "Data layanan: 2" in anonymise()


def test_who_corrects_one_at_that_moment_keeps_it(committed_db: None) -> None:
    with on_day(days_ago(LONG_AGO)):
        service, other = a_service(), a_service()
    a_rule()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            corrected.sent(service=service)
            running = pool.submit(anonymise, "--do")
            end = monotonic() + 30
            while not waiting_for_a_lock() and monotonic() < end:
                sleep(0.02)
        assert "Data layanan: 1" in running.result()
        pool.submit(connections.close_all).result()
    assert [again(one).anonymised_on for one in (service, other)] == [None, today()]


def _refused(connection: str, statement: str, *errors: type[Exception]) -> str:
    there = connections[connection]
    with pytest.raises(errors) as caught, transaction.atomic(connection), there.cursor() as cursor:
        cursor.execute(statement)
    return type(caught.value.__cause__).__name__


def test_only_the_maintenance_role_erases_and_only_whole(committed_db: None) -> None:
    a_service(**WHOSE)
    signed(RT)
    bare = "full_name = 'x', anonymised_on = now()"
    changes = (bare, "anonymised_on = now()", "nik = NULL", "detail = ''")
    for change in changes:
        statement = f"UPDATE residents_service SET {change}"
        assert _refused("default", statement, IntegrityError) == "CheckViolation"
    for change in ("full_name = 'x'", bare):  # without the flag; without all the rest
        statement = f"UPDATE residents_service SET {change}"
        assert _refused("maintenance", statement, IntegrityError) == "CheckViolation"
    for table, change in (
        ("service", "status = 'confirmed'"),
        ("service", "identity = content"),
        ("service", "told_on = NULL"),
        ("correction", "status = 'accepted'"),
        ("truthreport", "total = 1"),
        ("feedfile", "rows = 1"),
        ("placedecision", "rt_id = NULL"),
    ):
        statement = f"UPDATE residents_{table} SET {change}"
        assert _refused("maintenance", statement, ProgrammingError) == "InsufficientPrivilege"
    statement = "UPDATE residents_truthreport SET sealed_facts = NULL"
    assert _refused("default", statement, ProgrammingError) == "InsufficientPrivilege"


def _post(client: Client, address: str, action: str) -> int:
    return client.post(address, {"action": action, "key": str(uuid4())}).status_code


def test_their_pages_say_so_and_nothing_can_be_done(committed_db: None) -> None:
    made = everything()
    correction = Correction.objects.get()
    [picture, *_] = CorrectionPhoto.objects.all()
    [attachment] = TicketFile.objects.all()
    a_rule()
    anonymise("--do")
    head, operator = pages.ketua_rt(), pages.operator()
    silent, about = f"/layanan/{made.silent.pk}/", f"/koreksi/{correction.pk}/"
    assert "sudah dianonimkan" in pages.shown(head.get(silent))
    assert "Benar atau tidak?" not in pages.shown(head.get(silent))
    for action in ("confirm", "take_back", "reveal", "draft"):
        assert _post(head, silent, action) == 409
    assert head.get(f"{silent}koreksi/").status_code == 409
    for client in (head, operator):
        assert "sudah dianonimkan" in pages.shown(client.get(f"/layanan/{made.service.pk}/"))
        text = pages.shown(client.get(about))
        assert "Koreksi ini sudah dianonimkan" in text
        assert "Lihat foto" not in text
        assert client.get(reverse("correction_photo", args=[picture.pk])).status_code == 404
        assert client.get(reverse("ticket_file", args=[attachment.pk])).status_code == 404
    assert NAMELESS not in pages.shown(pages.lurah().get(reverse("place_groups")))
    month = made.statement.month
    statement = f"/layanan/laporan/{RT}/{month:%Y-%m}/"
    text = pages.shown(head.get(statement))
    assert "Sudah dianonimkan" in text
    assert NAMELESS in text
    assert head.get(f"{statement}pdf/").status_code == 409
    assert NAMELESS not in pages.shown(head.get(f"/layanan/bulan/{month:%Y-%m}/"))
    assert head.get("/layanan/?jawaban=told").status_code == 200
    ticket = reverse("ticket_detail", args=[made.ticket.pk])
    answering = reverse("ticket_answer", args=[made.ticket.pk])
    assert "Masalah ini sudah dianonimkan" in pages.shown(head.get(ticket))
    text = pages.shown(operator.get(answering))
    assert "Masalah ini sudah dianonimkan" in text
    assert "Simpan catatan" not in text
    sent = {"action": "note", "text": "Lagi.", "key": str(uuid4())}
    assert operator.post(answering, sent).status_code == 409
    administrator = factories.client_of(holder(Role.ADMINISTRATOR, CITY_CODE))
    assert "Data layanan 4, Permintaan bantuan 1" in pages.shown(administrator.get("/retensi/"))


def delivered(service: Service, **changes: Any) -> Delivered:
    """The service as a later file brings it again."""
    told = {name: getattr(service, name) for name in WHOSE}
    keys = {name: getattr(service, name).hex for name in ("identity", "content")}
    rest = {"kind": service.kind, "served_on": service.served_on.isoformat(), "row": None}
    where = {"place_key": uuid4().hex, "within": KELURAHAN, "rt": RT, "is_other_end": False}
    return Delivered(**{**told, **keys, **rest, **where, **changes})


def test_what_is_delivered_again_is_known_and_a_change_is_a_new_version(
    committed_db: None,
) -> None:
    with on_day(days_ago(LONG_AGO)):
        service = a_service(kind=Kind.KTP, **WHOSE)
    again_, changed = delivered(service), delivered(service, content=uuid4().hex, detail="Baru")
    a_rule()
    anonymise("--do")
    origin = Origin(holder(Role.OPERATOR, CITY_CODE).pk)
    assert record([again_], origin, remembered)[again_.identity].outcome == "known"
    assert tables_with(NIK) == []
    assert record([changed], origin, remembered)[again_.identity].outcome == "changed"
    latest = in_force([changed])[changed.identity]
    assert (latest.version, latest.status) == (2, Status.TOLD)
    assert again(service).anonymised_on == today()
    anonymise("--do")
    assert Service.objects.get(pk=latest.pk).nik == NIK


def test_files_that_no_row_knows_are_found(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash between storing a file and committing its row."""
    kept = [corrected.photographed().file]
    a_ticket()
    kept += TicketFile.objects.values_list("file", flat=True)
    strays = [f"{name.rpartition('/')[0]}/stray.pdf" for name in kept]
    for stray in strays:
        default_storage.save(stray, ContentFile(PDF))
    with on_day(today() + timedelta(days=1)):
        forget_uploads()
        assert all(map(default_storage.exists, strays))  # somebody may still be at it
        monkeypatch.setattr("wacat.strays.STRAY", -timedelta(days=1))
        forget_uploads()
    assert not any(map(default_storage.exists, strays))
    assert all(map(default_storage.exists, kept))
