"""The rows of a list held against each other and against who is registered already."""

from __future__ import annotations

from collections.abc import Sequence

from residents.importing.cells import DAMAGED_NIK
from residents.importing.judged import Judged
from residents.importing.standing import Standings

# So many numbers that all end in zero were not typed: each tenth NIK does.
_TOO_MANY_ZEROS = 6


def hold_against(judged: Sequence[Judged], area: str) -> None:
    """Note rows that were damaged as a column, are there twice, or are registered already.

    Of who is registered where the list's *area* does not reach nothing is noted: the row looks
    like any other until it is entered, and then there is a held record that tells who asked.
    """
    _damaged_together(judged)
    _each_other(judged)
    good = [one for one in judged if not one.errors and one.fields["nik"]]
    standings = Standings((one.fields["nik"] for one in good), area)
    for one in good:
        fields = one.fields
        verdict = standings.verdict(fields["nik"], fields["area_id"], fields["arrived_on"])
        one.held = verdict.held and not verdict.beyond
        if verdict.error:
            one.errors.append(verdict.error)


def _damaged_together(judged: Sequence[Judged]) -> None:
    """A column that Excel has rounded and somebody then turned into text."""
    with_nik = [one for one in judged if one.fields.get("nik")]
    if len(with_nik) < _TOO_MANY_ZEROS:
        return
    if all(one.fields["nik"].endswith("0") for one in with_nik):
        for one in with_nik:
            one.errors.append(DAMAGED_NIK)


def _each_other(judged: Sequence[Judged]) -> None:
    first: dict[str, Judged] = {}
    alike: dict[tuple[str, str, str], Judged] = {}
    for one in judged:
        if one.errors:
            continue
        if nik := one.fields["nik"]:
            before = first.setdefault(nik, one)
            if before is not one:
                one.errors.append(f"NIK ini sudah ada di baris {before.place}.")
            continue
        fields = one.fields
        who = (fields["full_name"].casefold(), fields.get("birth_date", ""), fields["area_id"])
        before = alike.setdefault(who, one)
        if before is not one:
            one.warnings.append(
                f"Nama dan tanggal lahir sama dengan baris {before.place}, keduanya tanpa NIK."
            )
