"""What is asked before something is done to several people at once, or to one alone."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import Any, ClassVar

from django import forms

from accounts.areas.models import Area, AreaStatus, Level
from accounts.rules import Action
from accounts.scope import Holder
from residents.lodgings.choosing import LodgingChoice
from residents.lodgings.models import Lodging
from residents.registry.forms import AreaChoice, EndForm, ExtendForm, told_of_end
from residents.registry.models import Resident
from residents.registry.placing import latest_places
from residents.registry.stays import latest_end, next_start
from wacat.clock import today
from wacat.forms import DateInput, Keyed
from wacat.words import angka, tanggal
from wacat.workflow import InputMissing

NAMED = 3  # people told by name in an error; the others by their number


class Together(Keyed):
    """A deed on *people*, all of whom the answers must fit; ``notes`` says of each why not.

    ``name`` is the transition and the posted ``action``.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    fits_not: ClassVar[str]

    def __init__(self, *args: Any, people: list[Resident], user: Holder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.user = people, user
        self.notes: dict[int, str] = {}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day = data.get("date")
        if day:
            self.notes = self.misfits(day)
        if self.notes:
            self.add_error("date", self._misfit())
        return data

    @abstractmethod
    def misfits(self, day: date) -> dict[int, str]:
        """For those people whom *day* does not fit: why."""

    @abstractmethod
    def asked(self) -> dict[str, Any]:
        """What the valid form asks of the workflow, beside the key."""

    @property
    @abstractmethod
    def button(self) -> str:
        """What the button says will be done, and to whom."""

    @property
    def whom(self) -> str:
        """How many they are."""
        return f"{angka(len(self.people))} orang"

    @property
    def ticked(self) -> str:
        """The only one's name, or for a button above which ticks may still be taken away."""
        return self.people[0].full_name if len(self.people) == 1 else "yang dicentang"

    @abstractmethod
    def done(self) -> str:
        """What was done, and to how many: told by a message, which names nobody."""

    def refuse(self, error: InputMissing) -> None:
        """Show what the workflow missed beside its field."""
        for field, text in error.errors.items():
            self.add_error(field if field in self.fields else None, text)

    def _misfit(self) -> str:
        if len(self.people) == 1:
            return self.notes[self.people[0].pk]
        return f"{self.fits_not} {self._named()}. Lihat catatan di bawah namanya."

    def _named(self) -> str:
        names = [one.full_name for one in self.people if one.pk in self.notes]
        more = len(names) - NAMED
        return ", ".join(names[:NAMED]) + (f" dan {angka(more)} orang lain" if more > 0 else "")


class LeaveForm(Together, EndForm):
    """They live here no longer."""

    name, title, fits_not = "end", "Sudah pergi", "Tanggal ini sebelum kedatangan"

    @property
    def button(self) -> str:
        return f"Catat {self.ticked} sudah pergi"

    def misfits(self, day: date) -> dict[int, str]:
        return _not_here_yet(self, day)

    def asked(self) -> dict[str, Any]:
        return told_of_end(self.cleaned_data)

    def done(self) -> str:
        return f"{self.whom} dicatat sudah pergi."


class StayForm(Together, ExtendForm):
    """They stay on, until one day for all."""

    name, title, fits_not = "extend", "Perpanjang", "Tanggal ini tidak dapat untuk"

    @property
    def button(self) -> str:
        return f"Perpanjang masa tinggal {self.ticked}"

    def misfits(self, day: date) -> dict[int, str]:
        notes = {}
        for one in self.people:
            starts = next_start(one)
            if not starts <= day <= latest_end(starts):
                within = f"antara {tanggal(starts)} dan {tanggal(latest_end(starts))}"
                notes[one.pk] = f"Dapat diperpanjang {within}."
        return notes

    def asked(self) -> dict[str, Any]:
        return self.cleaned_data

    def done(self) -> str:
        until = tanggal(self.cleaned_data["date"])
        return f"Masa tinggal {self.whom} diperpanjang sampai {until}."


class PlaceForm(forms.Form):
    """*Pindah alamat*: since when, and to which lodging, or which RT and address."""

    date = forms.DateField(label="Pindah sejak tanggal", widget=DateInput)
    lodging = LodgingChoice(
        label="Pindah ke tempat kos, kontrakan, atau mess",
        empty_label="Bukan ke salah satu tempat ini",
    )
    area = AreaChoice(
        Area.objects.none(),
        label="RT yang baru",
        required=False,
        empty_label="Pilih RT",
        help_text="Tidak perlu dipilih bila tempat kosnya sudah dipilih.",
    )
    address = forms.CharField(
        label="Alamat yang baru",
        required=False,
        max_length=200,
        help_text="Nama jalan dan nomor rumah. Kosongkan bila sama dengan alamat tempat kosnya.",
    )
    note = forms.CharField(label="Catatan", required=False, max_length=500)


class MoveForm(Together, PlaceForm):
    """They live elsewhere from a day on: in another house, lodging or RT within *user*'s reach."""

    name, title, fits_not = "move", "Pindah alamat", "Tanggal ini terlalu awal untuk"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["date"].initial = today
        for name in ("area", "address"):  # needed unless a lodging is chosen
            fields[name].mark_optional = False
        areas = Area.objects.visible_to(self.user, Action.RESIDENT_ENTER)
        areas = areas.filter(level=Level.RT).exclude(state=AreaStatus.MERGED)
        fields["area"].queryset = areas.select_related("parent")
        lodgings = Lodging.objects.visible_to(self.user, Action.RESIDENT_ENTER)
        fields["lodging"].offer(lodgings.filter(closed_on=None))
        if len(only := list(areas[:2])) == 1:
            fields["area"].initial = only[0]
            fields["area"].widget = forms.HiddenInput()

    @property
    def button(self) -> str:
        return f"Catat {self.ticked} pindah"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        lodging, area = data.get("lodging"), data.get("area")
        if lodging and area and lodging.area_id != area.pk:
            self.add_error("lodging", "Tempat ini berada di RT lain. Pilih RT yang sama.")
        if lodging:
            data["area"] = lodging.area
            data["address"] = data.get("address") or lodging.address
        if "area" not in self.errors and not data.get("area"):
            self.add_error("area", "Pilih RT, atau tempat kosnya.")
        if "address" not in self.errors and not data.get("address"):
            self.add_error("address", "Isi alamat yang baru.")
        return data

    def misfits(self, day: date) -> dict[int, str]:
        notes = _not_here_yet(self, day)
        for place in latest_places(self.people):
            if place.starts > day and place.resident_id not in notes:
                notes[place.resident_id] = f"Sudah pindah pada {tanggal(place.starts)}."
        return notes

    def asked(self) -> dict[str, Any]:
        data = self.cleaned_data
        since = f"Sejak {tanggal(data['date'])}."
        return {**data, "area": data["area"].pk, "reason": since}

    def done(self) -> str:
        return f"{self.whom} dicatat pindah."


def _not_here_yet(form: Together, day: date) -> dict[int, str]:
    """Those who had not arrived on *day*; a day that is to come is wrong for all of them."""
    if day > today():
        form.add_error("date", "Tanggal ini tidak boleh setelah hari ini.")
        return {}
    late = (one for one in form.people if one.arrived_on > day)
    return {one.pk: f"Baru datang {tanggal(one.arrived_on)}." for one in late}


FORMS: dict[str, type[Together]] = {form.name: form for form in (LeaveForm, MoveForm, StayForm)}
