"""What the pages show of areas: their parts, and whether an RT has its Ketua RT."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.areas.models import Area, AreaChange, AreaPeriod, AreaStatus, Level
from accounts.posts.models import Post
from accounts.rules import Role

# The marks of components/status.html.
MARKS = {AreaStatus.ACTIVE: "verified", AreaStatus.FROZEN: "held", AreaStatus.MERGED: "ended"}


NONE = {"active": 0, "frozen": 0, "vacant": 0}


def with_heads(rts: QuerySet[Area]) -> QuerySet[Area]:
    """*rts* with ``has_head``: whether somebody is Ketua RT there today."""
    heads = Post.objects.today().filter(role=Role.KETUA_RT, area=OuterRef("pk"))
    return rts.annotate(has_head=Exists(heads))


def rows_of(rts: QuerySet[Area]) -> list[dict[str, Any]]:
    """The RTs by number, the merged ones last."""
    found: Any = with_heads(rts)
    rows = [{"area": rt, "mark": MARKS[AreaStatus(rt.state)]} for rt in found]
    return sorted(rows, key=_by_number)


def kelurahan_of(areas: QuerySet[Area], rts: QuerySet[Area]) -> list[dict[str, Any]]:
    """The kelurahan among *areas* by kecamatan, each with how many of *rts* it has."""
    counts = _counts(rts)
    groups: dict[str, dict[str, Any]] = {}
    kelurahan = areas.filter(level=Level.KELURAHAN).select_related("parent").order_by("code")
    for area in kelurahan:
        above = area.containing
        group = groups.setdefault(above.code, {"area": above, "rows": []})
        group["rows"].append({"area": area, **counts.get(area.code, NONE)})
    return list(groups.values())


def history_of(rt: Area) -> list[dict[str, Any]]:
    """The RT's changes, its own and those it had a part in, the latest first."""
    changes = AreaChange.objects.filter(Q(area=rt) | Q(other=rt))
    found = changes.select_related("area", "other", "mandate", "by").order_by("-at", "-pk")
    return [
        {
            "label": _told(change, rt),
            "at": change.at,
            "actor": change.by,
            "starts": change.starts,
            "change": change,
        }
        for change in found
    ]


def periods_of(area: Area) -> QuerySet[AreaPeriod]:
    """The area's names and states by date, the latest first."""
    return AreaPeriod.objects.filter(area=area).order_by("-starts")


def summary_of(rt: Any) -> list[tuple[str, str]]:
    """An RT's facts of today. Needs ``with_heads`` and the areas above."""
    kelurahan = rt.containing
    rows = [
        ("Nomor", rt.name),
        ("Kode", rt.code),
        ("Kelurahan", kelurahan.name),
        ("Kecamatan", kelurahan.containing.name),
    ]
    if rt.state == AreaStatus.MERGED:
        return rows
    return [*rows, ("Ketua RT", "Ada" if rt.has_head else "Belum ada")]


def _counts(rts: QuerySet[Area]) -> dict[str, dict[str, int]]:
    active = Q(state=AreaStatus.ACTIVE)
    found = with_heads(rts).order_by().values("parent_id")
    counted: Any = found.annotate(
        active=Count("pk", filter=active),
        frozen=Count("pk", filter=Q(state=AreaStatus.FROZEN)),
        vacant=Count("pk", filter=active & Q(has_head=False)),
    )
    return {row["parent_id"]: {key: row[key] for key in NONE} for row in counted}


def _by_number(row: dict[str, Any]) -> tuple[bool, str, str]:
    area = row["area"]
    return area.state == AreaStatus.MERGED, area.name, area.code


def _told(change: AreaChange, rt: Area) -> str:
    """As in "Digabung ke RT 002" or, on that one's page, "RT 001 digabung ke sini"."""
    mine, other = change.area_id == rt.pk, change.other
    match change.kind:
        case AreaChange.Kind.MERGED if other is not None:
            return f"Digabung ke {other.label}" if mine else f"{change.area.label} digabung ke sini"
        case AreaChange.Kind.SWAPPED:
            partner = change.other_id if mine else change.area_id
            return f"Nomor ditukar dengan RT berkode {partner}"
        case AreaChange.Kind.RENUMBERED:
            return f"Nomor diganti menjadi {change.number}"
        case _:
            return str(change.get_kind_display())
