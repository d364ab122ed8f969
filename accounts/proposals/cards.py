"""What proposals have to say on the start page."""

from __future__ import annotations

from django.urls import reverse

from accounts.cards import Card, counted, said
from accounts.login.models import User
from accounts.proposals.missing import to_propose
from accounts.proposals.models import Proposal, Status
from accounts.proposals.offices import KETUA_RT, LURAH, Office
from accounts.rules import Action, Role
from accounts.scope import may


def cards(user: User) -> list[Card]:
    """What waits for the user: to be proposed, to be mended, to be issued."""
    roles = {post.role for post in user.todays_posts}
    found = []
    if Role.LURAH in roles:
        found += _of_office(user, KETUA_RT, "RT tanpa akun", reverse("proposal_missing"))
    if Role.CAMAT in roles:
        found += _of_office(user, LURAH, "Kelurahan tanpa akun Lurah", LURAH.add_url)
    if may(user, Action.ACCOUNT_ISSUE):
        found.append(_waiting(user))
    return found


def _of_office(user: User, office: Office, title: str, url: str) -> list[Card]:
    rows = Proposal.objects.filter(role=office.role).visible_to(user, office.action)
    returned = rows.filter(status=Status.RETURNED)
    counts = counted({"missing": to_propose(user, office), "returned": returned})
    return [
        Card(
            counts["missing"],
            title,
            f"Usulkan {office.role.label} yang belum punya akun.",
            url,
            said(counts["missing"]),
        ),
        Card(
            counts["returned"],
            "Usulan dikembalikan",
            "Lihat alasannya, perbaiki, lalu usulkan lagi.",
            f"{reverse('proposal_list')}?status={Status.RETURNED}",
        ),
    ]


def _waiting(user: User) -> Card:
    rows = Proposal.objects.visible_to(user, Action.ACCOUNT_ISSUE)
    return Card(
        rows.filter(status=Status.PROPOSED).count(),
        "Usulan menunggu diterbitkan",
        "Periksa, lalu terbitkan akunnya.",
        reverse("issue_ready"),
    )
