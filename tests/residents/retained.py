"""Retention in tests: a rule, old stays, the run as the maintenance role, and a whole dump."""

from __future__ import annotations

import zlib
from contextlib import suppress
from datetime import date, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pghistory.models
from django.apps import apps
from django.core.management import call_command
from django.db import models

from accounts.areas.models import CITY_CODE
from accounts.rules import Role
from residents.feeds.staging import PLACE as FEED_PLACE
from residents.importing.staging import PLACE
from residents.registry.models import Resident
from residents.retention.models import RetentionRule
from residents.retention.rules import set_rule
from tests import factories
from tests.database import owner_connection
from wacat.clock import today
from wacat.sealing.crypto import SealBroken, unseal
from wacat.sealing.fields import SealedTextField

MONTHS = 24
LONG_AGO = 3 * 365  # days: well beyond the period


def a_rule(months: int | None = MONTHS) -> RetentionRule:
    """The office's word, from now on."""
    administrator = factories.holder(Role.ADMINISTRATOR, CITY_CODE)
    return set_rule(administrator, months, "Keputusan 12/UJI", uuid4())


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def long_gone(area: str = factories.RT, /, days: int = LONG_AGO, **fields: Any) -> Resident:
    """Somebody whose stay ended so many days ago."""
    stay = {"arrived_on": days_ago(days + 90), "stays_until": days_ago(days - 90)}
    return factories.ended(area, on=days_ago(days), **{**stay, **fields})


def anonymise(*arguments: str) -> str:
    """What the command says. Raises CommandError."""
    said = StringIO()
    call_command("anonymise", *arguments, stdout=said)
    return said.getvalue()


def again(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def places() -> set[str]:
    """Every place that something in the database is sealed for."""
    sealed = {
        field.place
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, SealedTextField)
    }
    return sealed | {PLACE, FEED_PLACE}


def dump() -> dict[str, str]:
    """Every table in words: what is sealed, opened."""
    known = sorted(places())
    with owner_connection() as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [str(name) for (name,) in rows]
        return {
            name: "\n".join(
                " ".join(_words(value, known) for value in row)
                for row in connection.execute(f"SELECT * FROM {name}".encode()).fetchall()
            )
            for name in names
        }


def _words(value: object, known: list[str]) -> str:
    if not isinstance(value, bytes):
        return str(value)
    for place in known:
        with suppress(SealBroken, IndexError):
            opened = unseal(value, place)
            with suppress(zlib.error):
                opened = zlib.decompress(opened)
            return opened.decode(errors="replace")
    return value.hex()


def tables_with(text: str) -> list[str]:
    """The tables in which *text* stands anywhere, in any case."""
    return sorted(name for name, words in dump().items() if text.casefold() in words.casefold())


def event_models() -> list[type[models.Model]]:
    return [one for one in apps.get_models() if issubclass(one, pghistory.models.Event)]
