"""How a service is shown: its line in a list, its record, and what was said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import reach
from residents.corrections.models import Correction
from residents.page.offices import Offices
from residents.services.codes import ANSWERED, Status
from residents.services.models import Service, ServiceStep
from wacat.words import nik_grouped, nik_masked, tanggal

NIK_LENGTH = 16
# Of components/status.html.
MARKS = {
    Status.WAITING: "waiting",
    Status.ASIDE: "ended",
    Status.TOLD: "requested",
    Status.CONFIRMED: "verified",
    Status.CORRECTED: "returned",
}
_STEPS = {
    "place": "Diberitahukan ke RT ini",
    "replace": "Diberitahukan ke RT ini",
    "set_aside": "Dikesampingkan",
    "bring_back": "Menunggu dicocokkan lagi",
    "confirm": "Dijawab: Benar",
    "correct": "Dijawab: Tidak benar",
    "take_back": "Jawaban dibatalkan",
}
_LISTED = (
    *("kind", "served_on", "nik", "full_name", "address", "status", "told_on", "superseded_at"),
    "anonymised_on",
    *("area__name", "area__level", "area__parent__name", "area__parent__level", "kelurahan"),
)


@dataclass(frozen=True)
class Line:
    """One service in a list. ``is_disputed``: an operator has a correction of it to answer."""

    service: Service
    may_answer: bool
    is_disputed: bool
    key: UUID = field(default_factory=uuid4)

    @property
    def mark(self) -> str:
        return mark_of(self.service)

    @property
    def is_asked(self) -> bool:
        """Whether the reader is asked for an answer."""
        return self.may_answer and self.service.status == Status.TOLD

    @property
    def may_take_back(self) -> bool:
        return self.may_answer and not self.is_disputed and self.service.status in ANSWERED


def mark_of(service: Service) -> str:
    """The mark of its state."""
    return MARKS[Status(service.status)]


def for_lines(rows: Any) -> Any:
    """*rows* with what their lines show, no more: other sealed columns cost their opening."""
    open_ones = Correction.objects.open().filter(service=OuterRef("pk"))
    rows = rows.select_related("area__parent").only(*_LISTED)
    return rows.annotate(is_disputed=Exists(open_ones))


def lines_of(user: User, services: Iterable[Any]) -> list[Line]:
    """Those that came from ``for_lines``, with what *user* may do. No query."""
    codes = reach(user, Action.SERVICE_ANSWER)
    return [
        Line(one, one.is_alive and one.lies_within(codes), bool(one.is_disputed))
        for one in services
    ]


def line_of(user: User, pk: int) -> Line:
    """The line of one in reach. Raises DoesNotExist."""
    rows = Service.objects.visible_to(user, Action.SERVICE_VIEW)
    return lines_of(user, [for_lines(rows).get(pk=pk)])[0]


def record_of(service: Service, revealed: bool) -> list[tuple[str, str]]:
    """The service as it came, as label and words; its numbers masked unless *revealed*."""
    number = nik_grouped if revealed else nik_masked
    rows = (
        ("Layanan", service.get_kind_display()),
        ("Tanggal layanan", tanggal(service.served_on)),
        ("Nama lengkap", service.full_name),
        ("NIK", number(service.nik)),
        ("Nomor KK", number(service.no_kk)),
        ("Nomor dokumen", number(service.number) if _is_a_nik(service) else service.number),
        ("Alamat", service.address),
        ("RT menurut data", service.rt_text),
        ("Kelurahan menurut data", service.kelurahan_text),
        ("Asal atau tujuan", service.other_place),
        ("Keterangan", service.detail),
        ("Diberitahukan ke", _place(service)),
        ("Diberitahukan", tanggal(service.told_on)),
    )
    return [(label, value) for label, value in rows if value]


def _is_a_nik(service: Service) -> bool:
    """The number of a card or a family's document is a NIK or No. KK itself."""
    return len(service.number) == NIK_LENGTH and service.number.isdigit()


def _place(service: Service) -> str:
    if service.told_on is None:
        return ""
    return f"{service.area.label}, Kel. {service.area.containing.name}"


def story_of(viewer: User, service: Service) -> list[dict[str, Any]]:
    """What happened to it, the latest first, as ``components/history.html`` shows it.

    What another RT has said of it, before it was told to this one, is for the operator alone.
    """
    sees_all = bool(service.lies_within(reach(viewer, Action.SERVICE_RECEIVE)))
    steps = list(ServiceStep.objects.filter(subject=service))
    if service.told_at and not sees_all:
        steps = [step for step in steps if step.at >= service.told_at]
    actors = {step.actor_id for step in steps if step.actor_id} | {service.entered_by_id}
    offices = Offices(viewer, actors)
    return list(_told(service, steps, offices, sees_all))


def _told(
    service: Service, steps: list[Any], offices: Offices, sees_all: bool
) -> Iterator[dict[str, Any]]:
    for step in reversed(steps):
        is_said = sees_all or step.name != "replace"
        yield {
            "label": _STEPS[step.name],
            "at": step.at,
            "actor": offices.who(step.actor_id, timezone.localdate(step.at), service.area_id),
            "reason": step.reason if is_said else "",
            "note": step.note if is_said else "",
        }
    if service.told_at and not any(step.name in ("place", "replace") for step in steps):
        yield {"label": "Diberitahukan ke RT ini", "at": service.told_at}
    entered = timezone.localdate(service.entered_at)
    yield {
        "label": "Diterima dari Disdukcapil",
        "at": service.entered_at,
        "actor": offices.who(service.entered_by_id, entered, service.area_id),
    }
