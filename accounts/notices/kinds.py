"""The kinds of notices: what each says, where it leads, and which channels carry it.

``title`` and ``text`` are fixed words: a message beyond the portal holds these, the
recipient's name and one link, and nothing else about anybody. ``detail`` is filled with the
notice's values and shown in the portal only.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from django.urls import reverse

from accounts.rules import Role

# The channels, by key, that carry a message beyond the portal: see accounts.notices.channels.
BEYOND = ("email",)
PORTAL_ONLY: tuple[str, ...] = ()

Values = Mapping[str, Any]
KINDS: dict[str, type[NoticeKind]] = {}


class Category(StrEnum):
    ACCOUNT = "Akun"
    SECURITY = "Keamanan"
    PROPOSAL = "Usulan"
    OFFICE = "Jabatan"
    BREACH = "Pelanggaran"
    RESIDENT = "Warga"
    SERVICE = "Layanan"
    REPORT = "Rekap"
    HELP = "Bantuan"
    ANNOUNCEMENT = "Pengumuman"


class Link(StrEnum):
    """Where the one link of a message beyond the portal leads."""

    NOTICE = "notice"  # the notice in the portal, and on from there
    LOGIN = "login"
    ACTIVATION = "activation"  # to a first password; LOGIN for who has one already
    RESET = "reset"  # to a new password
    WHOM_TO_ASK = "whom_to_ask"  # open to who cannot log in


class NoticeKind:
    """Base of all kinds, and what stands for one that is known no more.

    ``values`` names what ``notify`` must be given: just these. ``even_closed``: also beyond
    the portal to somebody whose account is closed.
    """

    key: ClassVar[str] = ""
    category: ClassVar[Category] = Category.ACCOUNT
    channels: ClassVar[tuple[str, ...]] = BEYOND
    title: ClassVar[str] = "Pemberitahuan"
    text: ClassVar[str] = ""
    detail: ClassVar[str] = ""
    values: ClassVar[frozenset[str]] = frozenset()
    link: ClassVar[Link] = Link.NOTICE
    even_closed: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        """Every kind with a key is known by it, also those of rooms above."""
        super().__init_subclass__()
        if "key" in cls.__dict__:
            KINDS[cls.key] = cls

    @classmethod
    def url(cls, values: Values) -> str:
        """Where it leads within the portal."""
        return reverse("start")


class AccountIssued(NoticeKind):
    key = "account_issued"
    title = "Akun WaCAT sudah diterbitkan"
    text = "Akun WaCAT untuk jabatan Bapak/Ibu sudah diterbitkan."
    detail = "Jabatan: {title}, {area}."
    values = frozenset({"title", "area"})
    link = Link.ACTIVATION


class PasswordLink(NoticeKind):
    key = "password_link"
    category = Category.SECURITY
    title = "Tautan untuk kata sandi baru"
    text = (
        "Ada permintaan kata sandi baru untuk akun WaCAT Bapak/Ibu. "
        "Bila bukan Bapak/Ibu yang meminta, abaikan pesan ini: kata sandi tidak berubah."
    )
    link = Link.RESET

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("own_account")


class AccountClosed(NoticeKind):
    key = "account_closed"
    title = "Akun WaCAT dinonaktifkan"
    text = "Akun WaCAT Bapak/Ibu dinonaktifkan dan tidak dapat dipakai masuk."
    values = frozenset({"kind"})
    link = Link.WHOM_TO_ASK
    even_closed = True

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("own_account")


class AccountReopened(NoticeKind):
    key = "account_reopened"
    title = "Akun WaCAT diaktifkan kembali"
    text = "Akun WaCAT Bapak/Ibu aktif kembali dan dapat dipakai masuk seperti semula."
    link = Link.LOGIN
    even_closed = True


class _Security(NoticeKind):
    category = Category.SECURITY
    even_closed = True

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("own_account")


class NewDevice(_Security):
    key = "new_device"
    title = "Masuk dari perangkat baru"
    text = (
        "Akun WaCAT Bapak/Ibu dipakai masuk dari perangkat yang belum pernah dipakai. "
        "Bila bukan Bapak/Ibu, keluarkan perangkat itu dan ganti kata sandi."
    )
    detail = "Perangkat: {device}."
    values = frozenset({"device"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("own_sessions")


class ContactsChanged(_Security):
    key = "contacts_changed"
    title = "Kontak akun diubah"
    text = (
        "Surel atau nomor telepon pada akun WaCAT Bapak/Ibu diubah. "
        "Bila bukan Bapak/Ibu yang mengubah, segera hubungi kami."
    )

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("own_contacts")


class SecondFactorChanged(_Security):
    key = "second_factor_changed"
    title = "Pengaman tambahan diubah"
    text = (
        "Pengaman tambahan (kode atau kunci sandi) pada akun WaCAT Bapak/Ibu diubah. "
        "Bila bukan Bapak/Ibu yang mengubah, segera hubungi kami."
    )

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("mfa_index")


class PasswordRenewed(_Security):
    key = "password_renewed"
    title = "Kata sandi diganti"
    text = (
        "Kata sandi akun WaCAT Bapak/Ibu diganti. "
        "Bila Bapak/Ibu tidak memintanya, segera hubungi kami."
    )


class ProposalReceived(NoticeKind):
    key = "proposal_received"
    category = Category.PROPOSAL
    channels = PORTAL_ONLY
    title = "Usulan akun baru"
    text = "Ada usulan akun yang menunggu diterbitkan."
    detail = "Jumlah usulan: {count}."
    values = frozenset({"count"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("issue_ready")


class _OfProposal(NoticeKind):
    """A word to whoever proposed somebody for a Lurah's or a Ketua RT's office."""

    category = Category.PROPOSAL
    detail = "Jabatan: {role}."
    values = frozenset({"proposal", "role"})

    @classmethod
    def url(cls, values: Values) -> str:
        page = "proposal_lurah" if values["role"] == Role.LURAH else "proposal_rt"
        return reverse(page, args=[values["proposal"]])


class ProposalReturned(_OfProposal):
    key = "proposal_returned"
    title = "Usulan akun dikembalikan"
    text = "Usulan akun dari Bapak/Ibu dikembalikan untuk diperbaiki."


class ProposalsIssued(NoticeKind):
    key = "proposals_issued"
    category = Category.PROPOSAL
    channels = PORTAL_ONLY
    title = "Usulan akun diterbitkan"
    text = "Akun yang Bapak/Ibu usulkan sudah diterbitkan."
    detail = "Jumlah akun: {count}."
    values = frozenset({"count"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("proposal_list")


class _OfBreach(NoticeKind):
    category = Category.BREACH
    values = frozenset({"report"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("breach_detail", args=[values["report"]])


class BreachReported(_OfBreach):
    key = "breach_reported"
    title = "Dugaan pelanggaran dilaporkan"
    text = "Ada laporan dugaan pelanggaran kerahasiaan data yang perlu diperiksa."


class BreachDecided(_OfBreach):
    key = "breach_decided"
    title = "Laporan pelanggaran sudah diputuskan"
    text = "Laporan dugaan pelanggaran dari Bapak/Ibu sudah diperiksa dan diputuskan."


class _OfOffice(NoticeKind):
    category = Category.OFFICE


class PostEnded(_OfOffice):
    key = "post_ended"
    title = "Masa jabatan di WaCAT berakhir"
    text = "Salah satu jabatan Bapak/Ibu di WaCAT berakhir. Terima kasih atas pengabdiannya."
    detail = "Jabatan: {title}, {area}; berakhir {on}."
    values = frozenset({"title", "area", "on"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("own_account")


class _OfSomebodyBelow(_OfOffice):
    """A word to the office above, which proposes who comes next."""

    detail = "Jabatan: {post}."
    values = frozenset({"post"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("proposal_list")


class PostResigned(_OfSomebodyBelow):
    key = "post_resigned"
    title = "Ketua RT tidak lagi menjabat"
    text = (
        "Seorang Ketua RT menyatakan tidak lagi menjabat. Mohon Bapak/Ibu mengusulkan penggantinya."
    )


class TermEnding(_OfSomebodyBelow):
    key = "term_ending"
    title = "Masa bakti segera berakhir"
    text = (
        "Masa bakti seorang pejabat segera berakhir. "
        "Akunnya tetap dapat dipakai; mohon usulkan pengganti atau perpanjangannya."
    )


class Delegated(_OfOffice):
    key = "delegated"
    title = "Penunjukan sebagai pelaksana harian (Plh.)"
    text = "Bapak/Ibu ditunjuk sebagai pelaksana harian (Plh.)."
    detail = "Wilayah: {area}; {starts} sampai dengan {until}."
    values = frozenset({"area", "starts", "until"})


class AreaChanged(_OfOffice):
    key = "area_changed"
    channels = PORTAL_ONLY
    title = "Data wilayah berubah"
    text = "Data wilayah kerja Bapak/Ibu diubah oleh Administrator WaCAT."
    detail = "{area}: {what}."
    values = frozenset({"area", "what"})
