"""How tests change areas: by the functions, or through the pages as an administrator would."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.areas.changing import Order
from accounts.areas.models import Area, AreaPeriod
from accounts.login.models import User
from accounts.posts.models import Mandate
from accounts.rules import Role
from tests import factories
from wacat.clock import today

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n"


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def administrator() -> User:
    return factories.holder(Role.ADMINISTRATOR, factories.CITY_CODE)


def order(starts: date | None = None, key: UUID | None = None) -> Order:
    """An administrator's, on a letter of the Camat's, from today on without a day."""
    factories.load_areas()
    by = administrator()
    mandate = Mandate.objects.create(
        kind=Mandate.Kind.AREA,
        number="100/7/UJI",
        date=today(),
        issuer="Camat Balikpapan Selatan",
        recorded_by=by,
    )
    return Order(by, mandate, starts or today(), key or uuid4())


def area(code: str = factories.RT) -> Area:
    """The area as it is now."""
    factories.load_areas()
    found: Area = Area.objects.select_related("parent").get(code=code)
    return found


def past_of(code: str) -> list[tuple[date, date | None, str, str]]:
    """Its periods, the first one first."""
    rows = AreaPeriod.objects.filter(area=code).order_by("starts")
    return list(rows.values_list("starts", "until", "name", "state"))


def letter(**changes: Any) -> dict[str, Any]:
    """What a browser posts of the letter."""
    return {
        "letter_number": "100/8/UJI",
        "letter_date": today().isoformat(),
        "letter_issuer": "Camat Balikpapan Selatan",
        "letter_scan": SimpleUploadedFile("surat.pdf", PDF, "application/pdf"),
        **changes,
    }


def post(client: Client, code: str, what: str, **answers: Any) -> Any:
    """The check page's POST, with a letter, from today on unless ``date`` says otherwise."""
    factories.load_areas()
    given = {"date": today().isoformat(), "key": str(uuid4()), **answers}
    return client.post(f"/wilayah/{code}/{what}/", {**letter(), **given})
