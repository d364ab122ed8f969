"""How tests propose: through the pages, as a browser would."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.login.models import User
from accounts.proposals.models import Proposal
from accounts.rules import Role
from tests import factories
from tests.factories import KECAMATAN, KELURAHAN, RT, client_of, holder
from wacat.clock import today

LIST, MISSING = "/akun/usulan/", "/akun/usulan/rt/belum/"
RT_ADD, LURAH_ADD = "/akun/usulan/rt/tambah/", "/akun/usulan/lurah/tambah/"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"
ONE = timedelta(days=1)


def lurah(area: str = KELURAHAN) -> Client:
    return client_of(holder(Role.LURAH, area))


def camat(area: str = KECAMATAN) -> Client:
    return client_of(holder(Role.CAMAT, area))


def administrator() -> Client:
    return client_of(the_administrator())


def the_administrator() -> User:
    """The factories' own."""
    return holder(Role.ADMINISTRATOR, factories.CITY_CODE)


def rt_data(**changes: Any) -> dict[str, Any]:
    """What a browser posts to propose a Ketua RT; a change to None leaves the field out."""
    factories.load_areas()
    data = {
        "area": RT,
        "full_name": "Budi Contoh",
        "phone": "0800 0001 234",
        "email": "budi@example.id",
        "declared": "on",
        "decree_number": "188.4/12/UJI",
        "decree_date": (today() - 7 * ONE).isoformat(),
        "starts": today().isoformat(),
        "term_ends": (today() + 3 * 365 * ONE).isoformat(),
        "form_key": str(uuid4()),
        **changes,
    }
    return {name: value for name, value in data.items() if value is not None}


def lurah_data(**changes: Any) -> dict[str, Any]:
    """What a browser posts to propose a Lurah."""
    office = {
        "area": KELURAHAN,
        "kind": "definitif",
        "full_name": "Drs. Harun Contoh, M.Si.",
        "nip": "99 0000 0000 0000 0001",
        "rank": "Penata Tk. I (III/d)",
        "term_ends": None,
    }
    return rt_data(**{**office, **changes})


def letter(**changes: Any) -> dict[str, Any]:
    """What a browser posts of the letter on which an administrator proposes."""
    return {
        "letter_number": "100/45/UJI",
        "letter_date": today().isoformat(),
        "letter_issuer": "Lurah Sepinggan",
        "letter_scan": SimpleUploadedFile("surat.pdf", PDF, "application/pdf"),
        **changes,
    }


def the_proposal() -> Proposal:
    """The only one that is not the factories' own (those are issued from the start)."""
    return Proposal.objects.exclude(decree_number="188.4/1/UJI").get()


def page_of(proposal: Proposal) -> str:
    name = "proposal_lurah" if proposal.role == Role.LURAH else "proposal_rt"
    return reverse(name, args=[proposal.pk])


def a_proposal(area: str = RT, **changes: Any) -> Proposal:
    """Proposed by the Lurah of the RT's kelurahan, over HTTP."""
    data = rt_data(area=area, **changes)
    answer = lurah(area[: len(KELURAHAN)]).post(RT_ADD, data)
    assert answer.status_code == 302, answer.content.decode()
    found: Proposal = Proposal.objects.get(form_key=data["form_key"])
    return found


def act(client: Client, proposal: Proposal, action: str, **data: Any) -> Any:
    """Post an action to the proposal's page."""
    return client.post(page_of(proposal), {"action": action, "key": str(uuid4()), **data})


def returned(reason: str = "Telepon tidak aktif.", **changes: Any) -> Proposal:
    """A proposal that the administrator has returned."""
    proposal = a_proposal(**changes)
    assert act(administrator(), proposal, "return", reason=reason).status_code == 302
    proposal.refresh_from_db()
    return proposal
