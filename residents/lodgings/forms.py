"""Entering a lodging and its owner, once."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.areas.models import Area, AreaStatus, Level
from accounts.login.phones import phone_from
from accounts.rules import Action
from accounts.scope import Holder
from residents.lodgings.models import Lodging
from residents.registry.forms import AreaChoice
from wacat.forms import Keyed, PhoneInput

MOST_ROOMS = 2000


class LodgingForm(Keyed, forms.ModelForm):
    """A lodging in an RT that *user* enters people for; the RT stays once somebody lived there."""

    area = AreaChoice(Area.objects.none(), label="RT", empty_label="Pilih RT")
    rooms = forms.IntegerField(
        label="Jumlah kamar", required=False, min_value=1, max_value=MOST_ROOMS
    )

    class Meta:
        model = Lodging
        fields = (
            "name",
            "kind",
            "area",
            "address",
            "rooms",
            "owner_name",
            "owner_phone",
            "owner_address",
        )
        widgets = {"owner_phone": PhoneInput}
        labels = {
            "name": "Nama tempat",
            "kind": "Jenis tempat",
            "address": "Alamat",
            "owner_name": "Nama pemilik atau pengelola",
            "owner_phone": "Telepon pemilik",
            "owner_address": "Alamat pemilik",
        }
        help_texts = {
            "name": "Seperti orang menyebutnya, misalnya Kos Melati.",
            "address": "Nama jalan dan nomor rumah.",
        }

    def __init__(self, *args: Any, user: Holder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        listed: Any = fields["kind"].choices
        fields["kind"].choices = [("", "Pilih jenis"), *(one for one in listed if one[0] != "")]
        areas = Area.objects.visible_to(user, Action.RESIDENT_ENTER).filter(level=Level.RT)
        areas = areas.exclude(state=AreaStatus.MERGED)
        fields["area"].queryset = areas.select_related("parent")
        if self.instance.pk and self.instance.residents.exists():
            fields["area"].disabled = True
            fields["area"].help_text = "Tidak dapat diubah: sudah ada penghuni yang dicatat."
        elif len(only := list(areas[:2])) == 1:
            fields["area"].initial = only[0]
            fields["area"].widget = forms.HiddenInput()

    def clean_owner_phone(self) -> str:
        typed = self.cleaned_data["owner_phone"]
        return phone_from(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        name, area = data.get("name"), data.get("area")
        if name and area:
            namesakes = Lodging._default_manager.filter(area=area, name__iexact=name)
            others = namesakes.exclude(pk=self.instance.pk)
            if key := data.get("key"):  # this very form, sent twice at the same moment
                others = others.exclude(form_key=key)
            if others.exists():
                self.add_error(
                    "name", "Di RT ini sudah ada tempat bernama begitu. Bedakan namanya."
                )
        return data

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fieldsets with their legends."""
        names = self.Meta.fields
        return [
            ("Tempatnya", [self[name] for name in names[:5]]),
            ("Pemiliknya", [self[name] for name in names[5:]]),
        ]
