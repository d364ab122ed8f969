"""A dump of everything that is stored shows no NIK, no No. KK and no facts of a letter."""

from __future__ import annotations

from pathlib import Path

import redis
from django.conf import settings
from django.urls import reverse

from accounts.rules import Role
from reports.letters import printing
from reports.letters.models import Drawing, Letter
from residents.registry.models import Resident
from residents.registry.spans import Placement
from tests import factories
from tests.database import owner_connection
from wacat.sealing.crypto import blind_index
from wacat.work import perform

NIK, NO_KK = "9971051205901234", "9971052001019876"


def a_letter_is_issued_and_drawn() -> None:
    """Through the pages, as people would: entering, correcting, looking, issuing."""
    ketua_rt = factories.client_of(factories.user_as(Role.KETUA_RT))
    data = factories.form_data(nik=NIK, no_kk=NO_KK, full_name="Sulaiman Contoh")
    ketua_rt.post(reverse("resident_add"), data)
    resident = Resident.objects.get()
    page = reverse("resident_detail", args=[resident.pk])
    ketua_rt.post(page, {"action": "report"})
    ketua_rt.post(reverse("resident_edit", args=[resident.pk]), {**data, "notes": "Lengkap"})
    assert NIK in ketua_rt.post(page, {"action": "reveal"}).content.decode().replace(" ", "")
    ketua_rt.post(reverse("resident_list"), {"q": NIK})
    ketua_rt.post(page, {"action": "introduce"})
    letter = Letter.objects.get()
    lurah = factories.client_of(factories.user_as(Role.LURAH))
    lurah.post(reverse("letter_detail", args=[letter.pk]), {"action": "issue"})
    assert perform(Drawing, letter.pk, printing.draw)
    lurah.get(reverse("letter_pdf", args=[letter.pk]))


def database_dump() -> dict[str, bytes]:
    """Every table as COPY writes it."""
    with owner_connection() as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [str(name) for (name,) in rows]
        dump = {}
        for name in names:
            with connection.cursor().copy(f"COPY {name} TO STDOUT") as copy:
                dump[name] = b"".join(bytes(part) for part in copy)
    return dump


def broker_dump() -> dict[str, bytes]:
    """Every value in the cache and the queues."""
    server = redis.Redis.from_url(settings.REDIS_URL)
    return {f"broker {key!r}": server.dump(key) or b"" for key in server.scan_iter()}


def spellings(secret: str) -> list[bytes]:
    """As text, and as COPY writes the bytes of a text."""
    plain = secret.encode()
    return [plain, plain.hex().encode()]


def test_a_dump_tells_no_number_and_no_facts(committed_db: None) -> None:
    a_letter_is_issued_and_drawn()
    stored = {**database_dump(), **broker_dump()}
    files = {str(one): one.read_bytes() for one in Path(settings.SEALED_ROOT).rglob("*.pdf")}
    assert b"Sulaiman Contoh" in stored["residents_resident"]
    assert len(stored["residents_residentevent"].splitlines()) >= 2
    assert files
    for secret in (NIK, NO_KK, '"lives_here_since"', "%PDF-"):
        for spelling in spellings(secret):
            assert [n for n, body in {**stored, **files}.items() if spelling in body] == []


def test_the_dump_would_show_them(committed_db: None) -> None:
    """Plain text and plain bytes alike are found where they do stand."""
    factories.reported(notes=NIK, nik=NO_KK)
    table = database_dump()["residents_resident"]
    assert NIK.encode() in table
    assert blind_index(NO_KK, "nik").hex().encode() in table


def test_what_the_owner_deletes_is_in_the_trail(committed_db: None) -> None:
    """Retention runs as the owner; what it removes is recorded all the same."""
    place = Placement.objects.get(resident=factories.draft())
    with owner_connection() as connection:
        connection.execute("DELETE FROM residents_placement WHERE id = %s", [place.pk])
    assert b"\tdelete\t" in database_dump()["residents_placementevent"]
