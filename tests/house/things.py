"""What lies in an area, to be looked for there: one of each thing that an address can name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile

from accounts.announcements.models import Announcement
from accounts.areas.models import AreaChange
from accounts.closing.models import BreachReport, Closure
from accounts.contacts.models import ContactOffice
from accounts.helpdesk.models import Ticket
from accounts.issuing.models import SlipSheet
from accounts.login.models import User
from accounts.posts.models import Mandate, Post
from accounts.proposals.models import Proposal, ProposalList
from accounts.rules import Role
from reports.letters.batch_making import batch_of
from reports.letters.batch_models import PrintBatch
from reports.letters.models import Letter
from reports.summaries.release_models import Release
from reports.summaries.report_models import Report
from residents.attachments.models import Attachment
from residents.corrections.models import CorrectionPhoto
from residents.exporting.models import Export
from residents.families.models import Family
from residents.feeds.models import FeedFile, FeedSource
from residents.importing.models import Import
from residents.lodgings.models import Lodging
from residents.registry.codes import EndReason, FamilyRelation
from residents.registry.models import Resident
from residents.services.models import Service
from residents.truth.models import TruthReport
from residents.twins.models import Relocation
from tests import factories
from tests.accounts import announced, tickets
from tests.officials import founder
from tests.residents.corrected import photographed
from tests.residents.stated import signed
from wacat.clock import now, today
from wacat.uploads import keep

# One RT on the line, its sibling, one of a sibling kelurahan, one of a foreign kecamatan.
AREAS = (
    factories.RT,
    factories.SIBLING_RT,
    f"{factories.SIBLING_KELURAHAN}.001",
    factories.FOREIGN_RT,
)


@dataclass(frozen=True)
class Things:
    """What lies in one RT; the proposed Lurah is its kelurahan's."""

    area: str
    resident: Resident
    held: Resident
    lodging: Lodging
    family: Family
    attachment: Attachment
    relocation: Relocation
    imported: Import
    feed: FeedFile
    unplaced: Service
    export: Export
    service: Service
    photo: CorrectionPhoto
    statement: TruthReport
    letter: Letter
    batch: PrintBatch
    report: Report
    release: Release
    head: User
    post: Post
    proposed_head: Proposal
    proposed_lurah: Proposal
    uploaded: ProposalList
    sheet: SlipSheet
    breach: BreachReport
    closure: Closure
    mandate: Mandate
    change: AreaChange
    office: ContactOffice
    ticket: Ticket
    announcement: Announcement


def things_in_every_area(user: User) -> dict[str, Things]:
    """Things in each of ``AREAS``; the sheets and lists are *user*'s own, wherever they lie."""
    return {area: _things(area, user) for area in AREAS}


def owned_by(user: User, everything: dict[str, Things]) -> dict[str, Things]:
    """The same things, with sheets and lists that are *user*'s."""
    return {
        area: replace(things, **_owned(area, user, things.letter, things.mandate))
        for area, things in everything.items()
    }


def _owned(area: str, user: User, letter: Letter, mandate: Mandate) -> dict[str, Any]:
    """What belongs to whoever brought it or asked for it."""
    return {
        "imported": _imported(area, user),
        "feed": _feed(area, user),
        "export": Export.objects.create(area_id=area, asked="{}", asked_by=user, key=uuid4()),
        "batch": batch_of(user, [letter], uuid4()),
        "uploaded": _uploaded(area[:13], user, mandate),
        "sheet": SlipSheet.objects.create(area_id=area[:13], asked_by=user, key=uuid4()),
    }


def _things(area: str, user: User) -> Things:
    resident = factories.reported(area)
    head = factories.holder(Role.KETUA_RT, area)
    mandate, letter = _mandate(), factories.letter_issued(factories.reported(area))
    return Things(
        area=area,
        resident=resident,
        held=factories.held(area),
        lodging=factories.LodgingFactory.create(area_id=area),
        family=_family(resident),
        attachment=_attachment(resident, user),
        relocation=_relocation(area),
        unplaced=factories.a_service(area[:13], address=f"Tanpa RT, {area}"),
        service=factories.a_service(area),
        photo=photographed(area),
        statement=signed(area),
        letter=letter,
        report=_report(area[:13]),
        release=_release(area, user),
        head=head,
        post=Post.objects.filter(user=head, role=Role.KETUA_RT).get(),
        proposed_head=proposed(Role.KETUA_RT, area, mandate),
        proposed_lurah=proposed(Role.LURAH, area[:13], mandate),
        breach=suspected(area, head),
        closure=_closure(head),
        mandate=mandate,
        change=AreaChange.objects.create(**_change(area, mandate)),
        office=ContactOffice.objects.create(duty="Tugas contoh", office="Kantor contoh"),
        ticket=tickets.opened(area),
        announcement=announced.draft(),
        **_owned(area, user, letter, mandate),
    )


def _release(area: str, user: User) -> Release:
    made: Release = Release.objects.create(
        area_id=area,
        starts=date(2020, 1, 1),
        asked_by=user,
        state="done",
        known_at=now(),
        tables=[],
    )
    return made


def _family(member: Resident) -> Family:
    made: Family = Family.objects.create(area_id=member.area_id)
    member.family, member.family_relation = made, FamilyRelation.HEAD
    member.save()
    return made


def _attachment(resident: Resident, user: User) -> Attachment:
    made: Attachment = Attachment.objects.create(
        area_id=resident.area_id,
        resident=resident,
        kind="ktp",
        file=_scan(),
        size=15,
        sha256=uuid4().hex * 2,
        added_by=user,
        key=uuid4(),
    )
    return made


def _relocation(area: str) -> Relocation:
    """A move into the area from another kecamatan, to which the old RT objects."""
    elsewhere = factories.RT if area == factories.FOREIGN_RT else factories.FOREIGN_RT
    left = factories.ended(elsewhere, end_reason=EndReason.MOVED_WITHIN_CITY)
    made: Relocation = Relocation.objects.create(
        area_id=area,
        status="objected",
        arrival=factories.reported(area),
        departure=left,
        moved_on=today(),
        declared_by=factories.holder(Role.LURAH, area[:13]),
        objection="Contoh",
        objected_on=today(),
    )
    return made


def _report(kelurahan: str) -> Report:
    """The kelurahan's on January 2026, not built."""
    report, _ = Report.objects.get_or_create(
        area_id=kelurahan, first=date(2026, 1, 1), last=date(2026, 1, 31), reason="monthly"
    )
    made: Report = report
    return made


def _feed(area: str, user: User) -> FeedFile:
    made: FeedFile = FeedFile.objects.create(
        area_id=area,
        status="ready",
        name="contoh.csv",
        source=FeedSource.objects.get_or_create(name="SIAK contoh", defaults={"named_by": user})[0],
        file=_scan(),
        sha256=uuid4().hex * 2,
        notes='{"columns": [], "missing": []}',
        uploaded_by=user,
        key=uuid4(),
    )
    return made


def _imported(area: str, user: User) -> Import:
    made: Import = Import.objects.create(
        area_id=area,
        status="ready",
        name="contoh.xlsx",
        file=_scan(),
        sha256=uuid4().hex * 2,
        uploaded_by=user,
        key=uuid4(),
    )
    return made


def proposed(role: str, area: str, mandate: Mandate | None = None) -> Proposal:
    """An open proposal for the office, entered by the tests' administrator."""
    known = Proposal.objects.open().filter(role=role, area=area).first()
    by = founder()
    proposal: Proposal = known or Proposal.objects.create(
        role=role,
        area_id=area,
        full_name="Calon Contoh",
        email="calon@example.id",
        phone="080000007777",
        decree_number="188.4/7/UJI",
        decree_date=today(),
        starts=today(),
        proposed_by=by.user,
        by_post=by,
        mandate=mandate or _mandate(),
        form_key=uuid4(),
    )
    return proposal


def _scan() -> str:
    return keep(ContentFile(b"%PDF-1.4 contoh", "scan.pdf"), "things")


def _mandate() -> Mandate:
    return Mandate.objects.create(
        kind="proposal",
        number="100/UJI",
        date=today(),
        issuer="Camat Contoh",
        scan=_scan(),
        recorded_by=founder().user,
    )


def _uploaded(area: str, user: User, mandate: Mandate) -> ProposalList:
    post = user.todays_posts[0] if user.todays_posts else founder()
    made: ProposalList = ProposalList.objects.create(
        area_id=area,
        uploaded_by=user,
        by_post=post,
        mandate=mandate,
        digest=uuid4().hex * 2,
        file=keep(ContentFile(b"[]", "rows.json"), "things"),
        accepted=0,
        rejected=0,
    )
    return made


def suspected(area: str, head: User) -> BreachReport:
    """A report of the area's Lurah about *head*, not decided yet."""
    made: BreachReport = BreachReport.objects.create(
        area_id=area,
        user=head,
        reported_by=factories.holder(Role.LURAH, area[:13]),
        happened_on=today(),
        description="Contoh",
        evidence=_scan(),
        form_key=uuid4(),
    )
    return made


def _closure(head: User) -> Closure:
    return Closure.objects.create(
        user=head,
        kind="breach",
        happened_on=today(),
        description="Contoh",
        evidence=_scan(),
        closed_by=founder().user,
    )


def _change(area: str, mandate: Mandate) -> dict[str, Any]:
    return {
        "area_id": area,
        "kind": "frozen",
        "mandate": mandate,
        "starts": today(),
        "by": founder().user,
        "key": uuid4(),
    }
