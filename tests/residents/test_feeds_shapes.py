"""Other exports of the same services: told once, and every change of them is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from residents.feeds.matching import place_key
from residents.services.codes import Kind
from residents.services.identity import content_of, identity_of
from residents.services.workflow import WORKFLOW
from tests.factories import RT, SIBLING_RT
from tests.residents.feed_files import counts, entered, in_force, nik, served, text, xlsx
from tests.residents.imported import saved
from tests.residents.pages import operator
from wacat.workflow import Move

DAY, LATER = date(2026, 10, 1), date(2026, 10, 2)
KK, OTHER_KK = "9971010101200001", "9971010101200002"
BRIEF = ["NIK", "NAMA", "TGL CETAK", "LAYANAN", "ALAMAT", "RT", "KELURAHAN"]


def brief(number: int, **changes: str) -> list[str]:
    """A row below ``BRIEF``."""
    row = {"NIK": nik(number), "NAMA": f"Warga {number}", "TGL CETAK": "1/10/2026"}
    row |= {"LAYANAN": "KTP", "ALAMAT": "Jl. Contoh 1", "RT": "1", "KELURAHAN": "Sepinggan"}
    return [*(row | changes).values()]


def without(column: str, rows: list[list[str]]) -> list[list[str]]:
    place = rows[0].index(column)
    return [row[:place] + row[place + 1 :] for row in rows]


@pytest.mark.django_db
def test_what_one_of_two_exports_has_no_column_for_is_no_change() -> None:
    client = operator()
    rows = [BRIEF, *(brief(n) for n in (1, 2, 3))]
    assert counts(entered(client, text(rows), "a.csv")) == {"told": 3}
    more = [[*BRIEF, "NO KK", "KETERANGAN"], *([*row, KK, "Hilang"] for row in rows[1:])]
    assert counts(entered(client, text(more), "b.csv")) == {"known": 3}
    # One that names no RT leaves the service where it lies, even when a name is corrected.
    less = without("RT", rows)
    assert counts(entered(client, text(less), "c.csv")) == {"known": 3}
    less[1][1], less[2][5], less[3][4] = "Warga Berganti", "Manggar", "Jl. Lain 9"
    assert counts(entered(client, text(less), "d.csv")) == {"changed": 3}
    assert {(one.full_name, one.area_id, one.status) for one in in_force()} == {
        ("Warga Berganti", RT, "told"),
        ("Warga 2", "64.71.01.1001", "waiting"),
        ("Warga 3", "64.71.05.1002", "waiting"),
    }
    # A cell that was empty in a column of the earlier export has changed.
    filled = [[*BRIEF, "NO KK"], [*brief(4), ""]]
    assert counts(entered(client, text(filled), "e.csv")) == {"told": 1}
    filled[1][-1] = KK
    assert counts(entered(client, text(filled), "f.csv")) == {"changed": 1}


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["numbered", "bare"])
def test_a_number_that_one_export_tells_and_another_does_not_makes_no_other(first: str) -> None:
    client = operator()
    heads, *rows = [[*BRIEF, "NO DOKUMEN"], *([*brief(n), f"6471-KTP-{n:06}"] for n in (1, 2, 3))]
    bare = without("NO DOKUMEN", [heads, *rows])
    ways = [[heads, *rows], bare] if first == "numbered" else [bare, [heads, *rows]]
    assert counts(entered(client, text(ways[0]), "a.csv")) == {"told": 3}
    assert counts(entered(client, text(ways[1]), "b.csv")) == {"known": 3}
    ways[1][1][1] = "Warga Berganti"
    assert counts(entered(client, text(ways[1]), "c.csv")) == {"changed": 1, "known": 2}
    ways[0][1][1] = "Warga Berganti"
    assert counts(entered(client, text(ways[0]), "d.csv")) == {"known": 3}
    changed = in_force()[-1]
    assert (changed.version, changed.number) == (2, rows[0][-1])
    # With another number the same day brought another one.
    second = [heads, [*brief(2), "6471-KTP-999999"], rows[1]]
    assert counts(entered(client, text(second), "e.csv")) == {"told": 1, "known": 1}


@pytest.mark.django_db
def test_what_was_decided_of_an_address_holds_in_every_export() -> None:
    client = operator()
    entered(client, xlsx(served(1, rt="299")))
    [waiting] = in_force()
    WORKFLOW.advance(waiting.pk, "place", Move(None, {"area": SIBLING_RT}))
    one = served(1, rt="", kelurahan="", address="JL CONTOH MELATI 1 RT.299/RW.00 Kel. Sepinggan")
    assert counts(entered(client, xlsx(one), "lain.xlsx")) == {"known": 1}
    apart = [
        place_key(*("64.71", address, rt, kelurahan))
        for address, rt, kelurahan in (
            ("Jl. X", "299", ""), ("Jl. X", "298", ""), ("Jl. X RT 12A", "", ""),
            ("Jl. X RT 13A", "", ""), ("Jl. X Kel. Entah", "", ""), ("Jl. X", "", "Entah"),
            ("Jl. X", "XII", ""), ("Jl. X RT 5", "XII", ""), ("Jl. X RT 6", "XII", ""),
        )
    ]  # fmt: skip
    assert len(set(apart)) == len(apart)
    alike = [("Jl. X", "0299", "Kel. Entah"), ("JL X RT.299 / RW-", "", "ENTAH")]
    assert len({place_key("64.71", *one) for one in alike}) == 1


@pytest.mark.django_db
def test_a_sheet_or_a_file_may_be_called_by_its_kelurahan_or_its_kind() -> None:
    from openpyxl import Workbook

    client, book = operator(), Workbook()
    book.remove(book.active)
    heads = ["Nama", "NIK", "Tgl Terbit", "Alamat", "RT"]
    for number, title in enumerate(("KEL. SEPINGGAN", "Manggar", "Lain-lain"), 1):
        sheet = book.create_sheet(title)
        sheet.append(heads)
        sheet.append([f"Warga {number}", nik(number), "1 Oktober 2026", "Jl. X", "1"])
        sheet.append(["Jumlah", "", 1])
    of = entered(client, saved(book), "REKAP_KTP-EL_OKTOBER 2026.xlsx")
    assert counts(of) == {"told": 2, "waiting": 1}
    assert {(one.full_name, one.area_id, one.kind) for one in in_force()} == {
        ("Warga 1", RT, Kind.KTP),
        ("Warga 2", "64.71.01.1001.001", Kind.KTP),
        ("Warga 3", "64.71", Kind.KTP),
    }


@pytest.mark.django_db
def test_both_ends_of_a_move_hear_of_a_change_and_of_nothing_twice() -> None:
    client = operator()
    heads = ["NIK", "NAMA", "TGL", "LAYANAN", "NO SURAT", "ALAMAT ASAL", "RT ASAL", "KEL ASAL",
             "ALAMAT TUJUAN", "RT TUJUAN", "KEL TUJUAN"]  # fmt: skip
    row = [nik(1), "Warga Pindah", "01-10-2026", "PINDAH DALAM KOTA", "S/1", "Jl. A", "001",
           "SEPINGGAN", "Jl. B", "002", "MANGGAR"]  # fmt: skip
    assert entered(client, text([heads, row]), "a.csv").also == 1
    words = [[*BRIEF, "NO. SURAT", "ALAMAT ASAL/TUJUAN"],
             [*brief(1, NAMA="Warga Pindah", LAYANAN="Pindah", ALAMAT="Jl. A"), "S/1",
              "Jl. B RT.2 Kel. Manggar"]]  # fmt: skip
    again = entered(client, text(words), "b.csv")
    assert (counts(again), again.also) == ({"known": 1}, 0)
    row[1] = "Warga Berpindah"
    of = entered(client, text([heads, row]), "c.csv")
    assert (counts(of), of.also) == ({"changed": 1}, 1)
    assert {(one.kind, one.full_name, one.version) for one in in_force()} == {
        (Kind.MOVED_OUT, "Warga Berpindah", 2),
        (Kind.MOVED_IN, "Warga Berpindah", 2),
    }
    # Who tells of the other end in a row of its own says the day on which that was done.
    own = [[*BRIEF, "NO. SURAT"], [*brief(1, NAMA="Warga Berpindah", LAYANAN="DATANG", RT="2",
           ALAMAT="Jl. B", KELURAHAN="Manggar"), "S/1"]]  # fmt: skip
    own[1][2] = "03-10-2026"
    assert counts(entered(client, text(own), "d.csv")) == {"changed": 1}
    for name in ("e.csv", "f.csv"):
        again = entered(client, text([heads, row, [name]]), name)
        assert (again.known, again.also) == (1, 0)


DEED, PAPER = "6471-LU-01102026-0001", "470/0123/2026"
# Two that are one service, or not: kind, number, NIK, No. KK, name, day.
_ONE: tuple[Any, ...] = (Kind.KTP, PAPER, nik(1), KK, "A", DAY)
SERVICES: list[tuple[tuple[Any, ...], tuple[Any, ...], bool]] = [
    (_ONE, (Kind.KTP, PAPER, nik(1), "", "A B", LATER), True),
    (_ONE, (Kind.KIA, PAPER, nik(1), KK, "A", DAY), False),
    (_ONE, (Kind.KTP, PAPER, nik(2), KK, "A", DAY), False),
    # A No. KK stays when the card is issued again; a short number counts something.
    ((Kind.KK, KK, nik(1), KK, "A", DAY), (Kind.KK, KK, nik(1), KK, "A", LATER), False),
    ((Kind.KTP, "12", nik(1), KK, "A", DAY), (Kind.KTP, "12", nik(1), KK, "A", LATER), False),
    ((Kind.KTP, "", nik(1), KK, "A", DAY), (Kind.KTP, "", nik(1), "", "B", DAY), True),
    # One deed of birth or death is of one; a paper of a move or a marriage may be of several.
    ((Kind.BIRTH, DEED, "", KK, "A", DAY), (Kind.BIRTH, DEED, nik(1), KK, "A B", LATER), True),
    ((Kind.BIRTH, "LU-1", "", KK, "A", DAY), (Kind.BIRTH, "LU-1", "", KK, "B", DAY), False),
    ((Kind.MOVED_OUT, DEED, "", KK, "A", DAY), (Kind.MOVED_OUT, DEED, "", KK, "B", DAY), False),
    ((Kind.MARRIAGE, DEED, nik(1), "", "A", DAY), (Kind.MARRIAGE, DEED, nik(2), "", "B", DAY),
     False),
    # Without NIK and number the family tells namesakes apart.
    ((Kind.BIRTH, "", "", KK, "A", DAY), (Kind.BIRTH, "", "", OTHER_KK, "A", DAY), False),
]  # fmt: skip
# Two addresses of one RT that are the same street, or not.
STREETS = [
    ("Jl. Mawar No. 5", "JL MAWAR NO.5 RT.0012/RW.00, KEL. GUNUNG SAMARINDA BARU", True),
    ("Jl. Mawar No. 5", "Jl. Mawar No 5 Kel. Damai Kec. Balikpapan Kota, Kota Balikpapan", True),
    ("Kel. Sepinggan Jl. Mawar No. 5", "Kel. Sepinggan Jl. Melati No. 6", False),
    ("Kel. Sepinggan Perum Mawar", "Kel. Sepinggan Perum Melati", False),
    ("Jl. Mawar RT 12A", "Jl. Mawar RT 12B", False),
]
OTHER_ENDS = [
    ("Jl. B, RT 002, MANGGAR, Balikpapan", "Jl. B RT.2 Kel. Manggar", True),
    ("Jl. B, RT 002, MANGGAR", "Jl. B RT.3 Kel. Manggar", False),
    ("Kab. Paser", "Kab. Berau", False),
]


def test_what_makes_a_service_the_same_and_what_a_change() -> None:
    wrong: list[object] = [
        pair for pair in SERVICES if (identity_of(*pair[0]) == identity_of(*pair[1])) != pair[2]
    ]
    for one, other, same in STREETS:
        if (_content(address=one) == _content(address=other)) != same:
            wrong.append((one, other))
    for one, other, same in OTHER_ENDS:
        if (_content(other_place=one) == _content(other_place=other)) != same:
            wrong.append((one, other))
    assert wrong == []


def _content(**told: str) -> object:
    given = {"nik": "", "no_kk": "", "full_name": "A", "address": "", "other_place": ""}
    return content_of(DAY, **(given | told), detail="")
