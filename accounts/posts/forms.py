"""The forms of offices given by a letter, and of their end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from accounts.areas.models import CODE_LENGTH, Area, AreaStatus
from accounts.login.models import AccountStatus, User
from accounts.login.phones import phone_from
from accounts.posts.appointing import Office, give_office, new_account
from accounts.posts.mandates import MandateFields
from accounts.posts.models import Post
from accounts.proposals.checking import nip_from
from accounts.rules import REACH_OF_ROLE, Action, Role
from wacat.clock import today
from wacat.drawing.characters import undrawable
from wacat.forms import DateInput, DigitsInput, Keyed, PhoneInput

NEW, KNOWN = "new", "known"
PERSON = ("full_name", "email", "phone")
MORE = ("nip", "rank")
IN_WHOSE_NAME = re.compile(r"(a\s?\.?\s?n\b\.?|atas nama)(\s|$)", re.IGNORECASE)
LETTER = ("letter_number", "letter_date", "letter_issuer", "letter_scan")
LEVELS = {length: level for level, length in CODE_LENGTH.items()}
_FILL = "Wajib diisi."


class AppointForm(MandateFields, Keyed):
    """An office on the strength of a letter, for a new person or for one with an account."""

    area = forms.ModelChoiceField(Area.objects.none(), label="Wilayah", empty_label="Pilih wilayah")
    own_title = forms.CharField(
        label="Jabatan yang tercetak di bawah “a.n. Lurah”",
        max_length=60,
        help_text="Tanpa nama kelurahan. Misalnya: Sekretaris Lurah, Kepala Seksi Pemerintahan.",
    )
    starts = forms.DateField(
        label="Mulai menjabat",
        widget=DateInput,
        help_text="Tanggal yang sudah lewat dihitung mulai hari ini.",
    )
    until = forms.DateField(
        label="Berakhir pada",
        widget=DateInput,
        required=False,
        help_text="Sejak tanggal ini kewenangannya berhenti.",
    )
    person = forms.ChoiceField(
        label="Siapa yang ditugaskan?",
        choices=((NEW, "Orang baru: buatkan akun"), (KNOWN, "Sudah punya akun WaCAT")),
        widget=forms.RadioSelect,
        initial=NEW,
    )
    account = forms.CharField(
        label="Nama pengguna atau nomor telepon akunnya", max_length=60, required=False
    )
    full_name = forms.CharField(label="Nama lengkap", max_length=120, required=False)
    email = forms.EmailField(label="Surel aktif", required=False)
    phone = forms.CharField(label="Telepon aktif", max_length=20, required=False, widget=PhoneInput)
    nip = forms.CharField(label="NIP", max_length=24, required=False, widget=DigitsInput)
    rank = forms.CharField(label="Pangkat", max_length=60, required=False)

    def __init__(self, *args: Any, user: User, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.office = user, office
        fields: dict[str, Any] = self.fields
        areas = fitting_areas(user, office)
        fields["area"].queryset = areas
        if len(only := list(areas[:2])) == 1:
            fields["area"].initial, fields["area"].empty_label = only[0], None
        fields["starts"].initial = today
        fields["until"].required = office.kind == Post.Kind.PLH
        if not office.has_own_titles:
            del fields["own_title"]
        for name in (*PERSON, "account"):  # which of them is needed, ``person`` says
            fields[name].mark_optional = False

    @property
    def groups(self) -> Iterator[tuple[str, list[Any]]]:
        """The fieldsets: legend and fields."""
        for legend, names in (
            (self.office.label, ("area", "own_title", "starts", "until")),
            ("Surat penugasan", LETTER),
            ("Orangnya", ("person",)),
            ("Bila orang baru", (*PERSON, *MORE)),
            ("Bila sudah punya akun", ("account",)),
        ):
            yield legend, [self[name] for name in names if name in self.fields]

    def clean_own_title(self) -> str:
        title = " ".join(self.cleaned_data["own_title"].split())
        if IN_WHOSE_NAME.match(title):
            raise ValidationError("Jangan tulis “a.n. Lurah”: itu tercetak di baris atasnya.")
        if undrawable(title):
            raise ValidationError("Jabatan ini memuat huruf yang tidak dapat dicetak.")
        return title

    def clean_nip(self) -> str:
        return nip_from(self.cleaned_data["nip"])

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        return phone_from(phone) if phone else ""

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        starts, until = data.get("starts"), data.get("until")
        area, title = data.get("area"), data.get("own_title", "")
        if area and title.lower().endswith(f" {area.name.lower()}"):
            self.add_error("own_title", "Tanpa nama kelurahan: itu ditambahkan sendiri.")
        if starts and until and until <= max(starts, today()):
            self.add_error("until", "Tanggal ini harus setelah hari mulai menjabat.")
        if data.get("person") == KNOWN:
            self._check_account(data.get("account", ""))
        else:
            for name in PERSON:
                if name not in self.errors and not data.get(name):
                    self.add_error(name, _FILL)
        return data

    def _check_account(self, typed: str) -> None:
        found = User.objects.by_login(typed) if typed else None
        if not typed:
            self.add_error("account", _FILL)
        elif found is None:
            self.add_error("account", "Tidak ada akun dengan nama atau nomor itu.")
        elif found.pk == self.user.pk:
            self.add_error("account", "Jabatan untuk diri sendiri diberikan administrator lain.")
        elif found.status != AccountStatus.ACTIVE:
            self.add_error("account", "Akun ini nonaktif. Aktifkan kembali dahulu.")
        self.cleaned_data["known"] = found

    def give(self, key: UUID | None) -> Post:
        """The post, with the letter and, for a new person, the account. Raises WrongState."""
        data = self.cleaned_data
        area: Area = data["area"]
        user = data.get("known") or new_account(self._person(), self.office.role, area)
        mandate = self.mandate(self.office.letter, self.user, key)
        days = data["starts"], data["until"]
        return give_office(user, self.office, area, mandate, *days, data.get("own_title", ""))

    @property
    def is_for_new_person(self) -> bool:
        return self.cleaned_data.get("known") is None

    def _person(self) -> User:
        return User(**{name: self.cleaned_data[name] for name in (*PERSON, *MORE)})


def fitting_areas(user: User, office: Office) -> Any:
    """The areas in reach over which this office can be held."""
    areas: Any = Area.objects
    level = LEVELS[REACH_OF_ROLE[Role(office.role)]]
    found = areas.visible_to(user, Action.POST_APPOINT).filter(level=level)
    return found.exclude(state=AreaStatus.MERGED)


class EndForm(forms.Form):
    """From which day on somebody does not hold a post any more, and why."""

    date = forms.DateField(
        label="Berakhir pada",
        widget=DateInput,
        help_text="Sejak tanggal ini akses jabatan ini berhenti.",
    )
    reason = forms.CharField(
        label="Alasan", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date"].initial = today

    def clean_date(self) -> Any:
        day = self.cleaned_data["date"]
        if day < today():
            raise ValidationError("Tanggal tidak boleh sebelum hari ini.")
        return day
