"""The kinds of notices: what each says, where it leads, and which channels carry it.

A message holds the recipient's name and a link, nothing else about anybody.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse

from accounts.notices.models import Delivery

EMAIL = (Delivery.Channel.EMAIL,)


class NoticeKind:
    """Base of all kinds. ``values`` are those given to ``notify``."""

    key: ClassVar[str]
    channels: ClassVar[tuple[str, ...]] = EMAIL
    title: ClassVar[str]
    text: ClassVar[str]

    @classmethod
    def url(cls, values: dict[str, Any]) -> str:
        """Where it leads within the portal; nothing when it leads nowhere."""
        return ""


class AccountIssued(NoticeKind):
    key = "account_issued"
    title = "Akun WaCAT sudah diterbitkan"
    text = "Akun untuk jabatan Bapak/Ibu sudah diterbitkan."


class ProposalIssued(NoticeKind):
    key = "proposal_issued"
    channels = ()
    title = "Usulan sudah diterbitkan"
    text = "Akun yang Bapak/Ibu usulkan sudah diterbitkan."

    @classmethod
    def url(cls, values: dict[str, Any]) -> str:
        return reverse("proposal_list")


class ProposalReceived(NoticeKind):
    key = "proposal_received"
    channels = ()
    title = "Usulan akun baru"
    text = "Ada usulan akun yang menunggu diterbitkan."

    @classmethod
    def url(cls, values: dict[str, Any]) -> str:
        return reverse("proposal_list")


KINDS: dict[str, type[NoticeKind]] = {kind.key: kind for kind in NoticeKind.__subclasses__()}
