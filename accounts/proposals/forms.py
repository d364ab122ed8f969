"""The forms of a proposal, one for each office, and the small ones of what is done to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from accounts.areas.models import Area, AreaStatus
from accounts.login.models import User
from accounts.login.phones import phone_from
from accounts.posts.mandates import MandateFields
from accounts.posts.models import Post, place_of
from accounts.proposals import checking
from accounts.proposals.choosing import account_in_reach, blocking
from accounts.proposals.models import Proposal
from accounts.proposals.offices import KETUA_RT, LURAH, Office
from wacat.forms import DateInput, DigitsInput, PhoneInput
from wacat.words import tanggal

KINDS = [(kind.value, kind.label) for kind in (Post.Kind.DEFINITIF, Post.Kind.PLT)]
LETTER = ("letter_number", "letter_date", "letter_issuer", "letter_scan")


class AreaChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{place_of(obj)}{' (dibekukan)' if obj.state == AreaStatus.FROZEN else ''}"


class ProposalForm(forms.Form):
    """Somebody proposed for ``office`` by *user*, in one of *areas*; or a *proposal* mended."""

    office: ClassVar[Office]
    about_person: ClassVar[tuple[str, ...]] = ("full_name", "account")
    about_contacts: ClassVar[tuple[str, ...]] = ("phone", "email", "declared")

    area = AreaChoice(Area.objects.none(), empty_label="Pilih")
    kind = forms.ChoiceField(label="Sebagai", choices=KINDS, initial=Post.Kind.DEFINITIF)
    full_name = forms.CharField(
        label="Nama lengkap", max_length=120, help_text="Dengan gelar, sesuai SK."
    )
    account = forms.CharField(
        label="Orang ini sudah punya akun? Tulis nama pengguna atau teleponnya",
        required=False,
        max_length=60,
        help_text="Misalnya ia dipilih kembali, atau memegang jabatan kedua.",
    )
    phone = forms.CharField(label="Telepon aktif", max_length=24, widget=PhoneInput)
    email = forms.EmailField(label="Surel aktif")
    declared = forms.BooleanField(
        label="Saya menyatakan surel dan telepon ini aktif",
        error_messages={"required": "Centang pernyataan ini setelah kontaknya diperiksa."},
    )
    decree_number = forms.CharField(label="Nomor SK", max_length=80)
    decree_date = forms.DateField(label="Tanggal SK", widget=DateInput)
    starts = forms.DateField(label="Mulai menjabat", widget=DateInput)
    term_ends = forms.DateField(label="Akhir masa bakti", widget=DateInput, required=False)

    def __init__(
        self, *args: Any, user: User, areas: Any, proposal: Proposal | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.proposal = user, proposal
        self.open_already: Proposal | None = None
        area: Any = self.fields["area"]
        area.queryset = areas
        area.disabled = proposal is not None  # another area is another proposal

    def clean_full_name(self) -> str:
        return checking.name_from(self.cleaned_data["full_name"])

    def clean_account(self) -> User | None:
        return account_in_reach(self.user, self.office, self.cleaned_data["account"])

    def clean_phone(self) -> str:
        return phone_from(self.cleaned_data["phone"])

    def clean_decree_date(self) -> Any:
        checking.check_decree_date(self.cleaned_data["decree_date"])
        return self.cleaned_data["decree_date"]

    def clean_starts(self) -> Any:
        checking.check_starts(self.cleaned_data["starts"])
        return self.cleaned_data["starts"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        starts, term_ends = data.get("starts"), data.get("term_ends")
        if starts and term_ends:
            try:
                checking.check_term(starts, term_ends)
            except ValidationError as error:
                self.add_error("term_ends", error)
        self._check_open()
        return data

    def _check_open(self) -> None:
        area, kind = self.cleaned_data.get("area"), self.cleaned_data.get("kind")
        if not (area and kind):
            return
        found = blocking(self.office, area.pk, kind, self.proposal.pk if self.proposal else None)
        if found:
            self.refuse_for(found)

    def refuse_for(self, found: Proposal) -> None:
        """Say beside the area which open proposal is in the way; the page links to it."""
        self.open_already = found
        what = f"{found.full_name}, {tanggal(found.at)}, {found.get_status_display().lower()}"
        self.add_error("area", f"Untuk jabatan ini sudah ada usulan yang belum selesai ({what}).")

    def values(self) -> dict[str, Any]:
        """The fields of the proposal as they are kept, without the area."""
        data = self.cleaned_data
        kept = ("kind", "full_name", "phone", "email", "decree_number", "decree_date", "starts")
        found = {name: data[name] for name in (*kept, "term_ends")}
        return {**found, "user": data["account"]}

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fieldsets with their legends, in the order of the questions."""
        decree = ("decree_number", "decree_date", "starts", "term_ends")
        groups: tuple[tuple[str, tuple[str, ...]], ...] = (
            ("Jabatan", ("area", "kind")),
            ("Siapa yang diusulkan?", self.about_person),
            ("Kontak yang aktif", self.about_contacts),
            ("Surat keputusan", decree),
            ("Surat usulan", LETTER),
        )
        named = [(legend, [n for n in names if n in self.fields]) for legend, names in groups]
        return [(legend, [self[n] for n in names]) for legend, names in named if names]


class LurahForm(ProposalForm):
    office = LURAH
    about_person = ("full_name", "nip", "rank", "account")

    nip = forms.CharField(label="NIP", required=False, max_length=24, widget=DigitsInput)
    rank = forms.CharField(
        label="Pangkat/golongan",
        required=False,
        max_length=60,
        help_text="Misalnya: Penata Tk. I (III/d).",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].label = "Kelurahan"

    def clean_nip(self) -> str:
        return checking.nip_from(self.cleaned_data["nip"])

    def values(self) -> dict[str, Any]:
        return {**super().values(), **{name: self.cleaned_data[name] for name in ("nip", "rank")}}


class KetuaRtForm(ProposalForm):
    office = KETUA_RT
    about_contacts = ("phone", "email", "no_email", "declared")

    no_email = forms.BooleanField(label="Orang ini tidak punya surel", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        del fields["kind"]
        fields["area"].label = "RT"
        fields["email"].required = False
        for name in ("email", "no_email"):  # one of the two is needed
            fields[name].mark_optional = False

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["kind"] = Post.Kind.DEFINITIF
        data = super().clean()
        if "email" in data and not data["email"] and not data.get("no_email"):
            self.add_error("email", "Isi surel, atau centang “tidak punya surel” di bawahnya.")
        return data


class LurahByLetterForm(LurahForm, MandateFields):
    """As the administrator proposes, on the strength of a letter."""


class KetuaRtByLetterForm(KetuaRtForm, MandateFields):
    """As the administrator proposes, on the strength of a letter."""


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="Alasan menarik usulan", max_length=500)


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label="Yang perlu diperbaiki", max_length=500, help_text="Dibaca oleh pengusul."
    )


class IssueForm(forms.Form):
    username = forms.CharField(
        label="Nama pengguna",
        required=False,
        max_length=60,
        help_text="Kosongkan agar nomor telepon menjadi nama pengguna.",
    )
