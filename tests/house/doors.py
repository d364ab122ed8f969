"""Every address of the URLconf, with the objects to try it on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.login.models import User
from accounts.rules import RULES, Action
from tests.house.things import Things
from wacat.clock import today

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# Function views carry no attributes of their own.
PUBLIC_FUNCTIONS = {"healthz": "asked by the proxy and the containers; says nothing of anyone"}
MISSING = 987_654_321
SOME_KEY = UUID(int=1)


@dataclass(frozen=True)
class Door:
    """One named address. ``keys`` are the names of its parameters."""

    name: str
    keys: tuple[str, ...]
    view: Any

    @property
    def view_class(self) -> Any:
        return getattr(self.view, "view_class", None)

    @property
    def is_public(self) -> bool:
        declared = getattr(self.view_class, "access", None) == "public"
        return declared or self.name in PUBLIC_FUNCTIONS

    @property
    def action(self) -> Action | None:
        """The declared action. Raises AttributeError when none is."""
        action: Action | None = self.view_class.action
        return action

    def address(self, *values: object) -> str:
        """Its path with these values for its parameters; one value stands for all of them."""
        [first, *_] = values or [None]
        given = first if isinstance(first, tuple) else values
        given = given if len(given) > 1 else given * len(self.keys)
        kwargs = {
            key: UUID(int=one) if key == "key" and isinstance(one, int) else one
            for key, one in zip(self.keys, given, strict=True)
        }
        return reverse(self.name, kwargs=kwargs)

    def some_address(self) -> str:
        """Its path with a value of the right kind for each parameter."""
        return self.address(*(SOME_KEY if key == "key" else 1 for key in self.keys))


@cache
def doors() -> tuple[Door, ...]:
    """All addresses of the URLconf."""
    return tuple(_doors(get_resolver().url_patterns))


def guarded() -> list[Door]:
    """Those that are not public."""
    return [door for door in doors() if not door.is_public]


def _doors(patterns: list[Any]) -> Iterator[Door]:
    for one in patterns:
        if isinstance(one, URLResolver):
            assert not one.namespace, "tests of the house know no namespaces yet"
            yield from _doors(one.url_patterns)
        else:
            assert isinstance(one, URLPattern)
            assert one.name, f"{one.pattern} has no name"
            yield Door(one.name, tuple(one.pattern.converters), one.callback)


# Addresses that name something of the visitor's own: tested in their rooms.
OWN = {
    "notice_open",
    "draft_keep",
    "upload_piece",
    "service_month",
    "ticket_detail",
    "ticket_file",
    "announcement_detail",
    "guide_chapter",  # nobody's: text alone
}


def _resident(things: Things) -> object:
    return things.resident.pk


def _letter(things: Things) -> object:
    return things.letter.pk


def _report(things: Things) -> object:
    return things.report.pk


def _head(things: Things) -> object:
    return things.head.pk


def _proposed_head(things: Things) -> object:
    return things.proposed_head.pk


def _proposed_lurah(things: Things) -> object:
    return things.proposed_lurah.pk


def _uploaded(things: Things) -> object:
    return things.uploaded.pk


def _sheet(things: Things) -> object:
    return things.sheet.pk


def _rt(things: Things) -> object:
    return things.area


def _kelurahan(things: Things) -> object:
    return things.area[:13]


def _office(things: Things) -> object:
    return things.office.pk


# The object behind each parameter. A new address with a parameter needs its line here.
OBJECTS: dict[tuple[str, str], Callable[[Things], object]] = {
    ("resident_detail", "pk"): _resident,
    ("resident_edit", "pk"): _resident,
    ("resident_move", "pk"): _resident,
    ("family_of", "pk"): _resident,
    ("merge", "pk"): _resident,
    ("attachment_add", "pk"): _resident,
    ("form_pdf", "pk"): _resident,
    ("attachment_file", "pk"): lambda things: things.attachment.pk,
    ("lodging_detail", "pk"): lambda things: things.lodging.pk,
    ("lodging_edit", "pk"): lambda things: things.lodging.pk,
    ("family_detail", "pk"): lambda things: things.family.pk,
    ("held_case", "pk"): lambda things: things.held.pk,
    ("case_detail", "pk"): lambda things: things.relocation.pk,
    ("feed_detail", "pk"): lambda things: things.feed.pk,
    ("feed_columns", "pk"): lambda things: things.feed.pk,
    ("feed_rejected", "pk"): lambda things: things.feed.pk,
    ("place_group", "key"): lambda things: things.unplaced.place_key,
    ("import_detail", "pk"): lambda things: things.imported.pk,
    ("import_rejected", "pk"): lambda things: things.imported.pk,
    ("export_detail", "pk"): lambda things: things.export.pk,
    ("export_file", "pk"): lambda things: things.export.pk,
    ("service_detail", "pk"): lambda things: things.service.pk,
    ("correction_new", "pk"): lambda things: things.service.pk,
    ("correction_detail", "pk"): lambda things: things.photo.correction_id,
    ("correction_photo", "pk"): lambda things: things.photo.pk,
    ("truth_month", "code"): _rt,
    ("truth_month", "month"): lambda things: f"{today():%Y-%m}",
    ("truth_pdf", "code"): _rt,
    ("truth_pdf", "month"): lambda things: f"{today():%Y-%m}",
    ("letter_request", "resident_pk"): _resident,
    ("letter_detail", "pk"): _letter,
    ("letter_preview", "pk"): _letter,
    ("letter_pdf", "pk"): _letter,
    ("letter_hand", "pk"): _letter,
    ("letter_scan", "pk"): _letter,
    ("letter_scan_add", "pk"): _letter,
    ("letter_send", "pk"): _letter,
    ("letter_batch", "pk"): lambda things: things.batch.pk,
    ("letter_batch_pdf", "pk"): lambda things: things.batch.pk,
    ("report_detail", "pk"): _report,
    ("report_pdf", "pk"): _report,
    ("report_xlsx", "pk"): _report,
    ("release_detail", "pk"): lambda things: things.release.pk,
    ("release_xlsx", "pk"): lambda things: things.release.pk,
    ("account_detail", "pk"): _head,
    ("account_close", "pk"): _head,
    ("account_reopen", "pk"): _head,
    ("breach_report", "pk"): _head,
    ("password_renew", "pk"): _head,
    ("second_factor_reset", "pk"): _head,
    ("post_end", "pk"): lambda things: things.post.pk,
    ("mandate_scan", "pk"): lambda things: things.mandate.pk,
    ("proposal_rt", "pk"): _proposed_head,
    ("proposal_rt_edit", "pk"): _proposed_head,
    ("proposal_lurah", "pk"): _proposed_lurah,
    ("proposal_lurah_edit", "pk"): _proposed_lurah,
    ("proposal_lists_detail", "pk"): _uploaded,
    ("proposal_lists_rejected", "pk"): _uploaded,
    ("slip_sheet", "pk"): _sheet,
    ("slip_pdf", "pk"): _sheet,
    ("breach_detail", "pk"): lambda things: things.breach.pk,
    ("breach_evidence", "pk"): lambda things: things.breach.pk,
    ("closure_evidence", "pk"): lambda things: things.closure.pk,
    ("area_letter", "pk"): lambda things: things.change.pk,
    ("area_detail", "code"): _rt,
    ("area_create", "code"): _kelurahan,
    ("area_freeze", "code"): _rt,
    ("area_thaw", "code"): _rt,
    ("area_renumber", "code"): _rt,
    ("area_merge", "code"): _rt,
    ("contact_edit", "pk"): _office,
    ("contact_delete", "pk"): _office,
    ("contact_move", "pk"): _office,
    ("ticket_answer", "pk"): lambda things: things.ticket.pk,
    ("announcement_case", "pk"): lambda things: things.announcement.pk,
    ("announcement_edit", "pk"): lambda things: things.announcement.pk,
}


@contextmanager
def undone() -> Iterator[None]:
    """What happens within leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def object_of(door: Door, things: Things) -> object:
    """What the door's parameter names among *things*; of several a tuple."""
    first, *others = (OBJECTS[door.name, key](things) for key in door.keys)
    return (first, *others) if others else first


def posts_of(user: User) -> list[tuple[str, str]]:
    """Role and area of each post, read without the application's own scope."""
    return list(user.posts.values_list("role", "area_id"))


def has(user: User, action: Action) -> bool:
    """Whether any post has the action, wherever."""
    return any(role in RULES[action] for role, _ in posts_of(user))


def reaches(user: User, action: Action, area: str) -> bool:
    """Whether one post has the action at or above *area*."""
    return any(
        role in RULES[action] and (area == own or area.startswith(f"{own}."))
        for role, own in posts_of(user)
    )


def ends(user: User, action: Action, areas: Sequence[str]) -> list[str]:
    """The first and the last of these *areas* in reach, and of those out of it."""
    within = [area for area in areas if reaches(user, action, area)]
    beyond = [area for area in areas if area not in within]
    return sorted({area for some in (within, beyond) if some for area in (some[0], some[-1])})
