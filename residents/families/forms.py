"""A family on one page: each person's relation to the head, or that they do not belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from residents.families.members import BY_KK, BY_LODGING
from residents.registry.codes import FamilyRelation
from residents.registry.models import Resident

NOT_OURS = "Bukan anggota keluarga ini"
WHY = {BY_KK: "Nomor KK sama.", BY_LODGING: "Tinggal di tempat yang sama."}
SAME_ADDRESS = "Alamat sama."


class RelationsForm(forms.Form):
    """``relation_<key>`` for each of *members* and *candidates*; empty for who is not of it.

    A family that is founded (*founder*) has at least that one. Exactly one is the head. What
    the page did not ask about stays as it is.
    """

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        members: list[Resident],
        candidates: list[Resident],
        founder: Resident | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members, self.candidates, self.founder = members, candidates, founder
        for one in (*members, *candidates):
            self.fields[_name(one)] = _relation_of(one, self._offered(one), _why(one))

    def relations(self) -> dict[int, int | None]:
        """By the resident's key: the relation, or None for not of this family."""
        data = self.cleaned_data
        return {one.pk: data[_name(one)] for one in (*self.members, *self.candidates)}

    def asks_not(self, posted: Mapping[str, Any]) -> bool:
        """Whether a relation was posted for somebody who is not asked about (any more)."""
        names = {name for name in posted if name.startswith("relation_") and posted[name]}
        return bool(names - self.fields.keys())

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for one in self.members:
            if _name(one) not in self.data and _name(one) not in self.errors:
                data[_name(one)] = one.family_relation if one.family_id else None
        chosen = [one for one in (*self.members, *self.candidates) if data.get(_name(one))]
        heads = [one for one in chosen if data[_name(one)] == FamilyRelation.HEAD]
        if self.founder and self.founder not in chosen:
            self.add_error(_name(self.founder), "Pilih hubungannya dalam keluarga.")
        elif chosen and not heads:
            self.add_error(_name(chosen[0]), "Pilih satu orang sebagai kepala keluarga.")
        for one in heads[1:]:
            text = f"Kepala keluarga hanya satu: {heads[0].full_name} sudah dipilih."
            self.add_error(_name(one), ValidationError(text))
        return data

    def likely(self) -> list[forms.BoundField]:
        """Fields of those who share the KK or the address."""
        return [self[_name(one)] for one in self.candidates if not _is_neighbour(one)]

    def neighbours(self) -> list[forms.BoundField]:
        """Fields of the others in the lodging."""
        return [self[_name(one)] for one in self.candidates if _is_neighbour(one)]

    def theirs(self) -> list[forms.BoundField]:
        """Fields of the members, or of the one who founds the family."""
        return [self[_name(one)] for one in self.members]

    def neighbours_open(self) -> bool:
        """Unfolded where it holds an error."""
        return any(field.errors for field in self.neighbours())

    def _offered(self, one: Resident) -> int | None:
        """What stands there at first: what is known of members and of who shares the KK."""
        if one == self.founder:
            return one.family_relation or FamilyRelation.HEAD
        is_known = one in self.members or getattr(one, "likeness", None) == BY_KK
        return one.family_relation if is_known else None


def _name(one: Resident) -> str:
    return f"relation_{one.pk}"


def _is_neighbour(one: Resident) -> bool:
    return getattr(one, "likeness", None) == BY_LODGING


def _why(one: Resident) -> str:
    likeness = getattr(one, "likeness", None)
    return WHY.get(likeness, SAME_ADDRESS) if likeness else ""


def _relation_of(one: Resident, offered: int | None, why: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=one.full_name,
        help_text=why,
        initial=offered,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", NOT_OURS), *FamilyRelation.choices],
    )
