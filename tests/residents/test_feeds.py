"""Files of delivered services: every row is accounted for, whatever shape it comes in."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from accounts.notices.models import Notice
from accounts.rules import Role
from residents.feeds import working
from residents.feeds.models import FeedBlock, FeedFile, FeedSource
from residents.services.codes import Kind, Status
from residents.services.models import Service
from residents.services.workflow import WORKFLOW
from tests.factories import KELURAHAN, RT, SIBLING_RT, holder
from tests.residents.feed_files import (
    GROUPS,
    PAGE,
    confirm,
    counts,
    enter_parts,
    entered,
    fresh,
    grid,
    in_force,
    nik,
    read,
    read_again,
    served,
    text,
    upload,
    xlsx,
)
from tests.residents.imported import book_of, saved
from tests.residents.pages import ketua_rt, lurah, operator, shown
from wacat.clock import today
from wacat.workflow import Move

pytestmark = pytest.mark.django_db


def test_each_row_is_one_thing_and_the_sums_are_shown_and_held() -> None:
    client = operator()
    rows = [
        served(1),
        served(2, rt="2", day=datetime(2026, 10, 2)),
        served(3, rt="99"),
        served(4, kelurahan="", rt="", address="Perum Contoh Indah"),
        served(1, name="warga  contoh 1"),  # capitals and spaces make no difference
        served(5, address="Jl. Lama"),
        served(5, address="Jl. Baru"),
        served(6, nik="123", name=None, day="31-02-2026", kind="Ramalan"),
        served(7, nik=9971011708900010.0),
        served(8, day=f"{today() + timedelta(days=1):%d/%m/%Y}"),
        served(9, nik="", kind="AKTA LAHIR", number="6471-LT-01102026-0001"),
        served(10, address=None, rt=None, kelurahan=None),
    ]
    of = read(client, xlsx(*rows))
    expected = {
        "told": 4, "waiting": 2, "doubled": 1, "replaced": 1, "rejected": 4,
    }  # fmt: skip
    assert (of.status, counts(of)) == ("ready", expected)
    page = client.get(f"{PAGE}{of.pk}/")
    for name, count in {**expected, "rows": 12}.items():
        assert f'data-count="{name}" data-value="{count}"' in page.content.decode()
    said = shown(page)
    for part in ("NIK harus 16 angka", "Isi nama lengkap", "Excel telah merusak", "Ramalan"):
        assert part in said, part
    assert nik(1) not in page.content.decode()
    assert not Service.objects.exists()
    assert confirm(client, of).status_code == 302
    of = enter_parts(of)
    assert (of.status, counts(of)) == ("done", expected)
    told = {one.full_name: one for one in in_force()}
    assert len(told) == 6
    assert told["Warga Contoh 5"].address == "Jl. Baru"
    assert {told[f"Warga Contoh {n}"].area_id for n in (5, 9)} == {RT}
    assert told["warga contoh 1"].row == 6
    assert told["warga contoh 1"].nik == nik(1)
    assert (told["Warga Contoh 2"].area_id, told["Warga Contoh 2"].served_on) == (
        SIBLING_RT,
        date(2026, 10, 2),
    )
    assert (told["Warga Contoh 3"].area_id, told["Warga Contoh 3"].status) == (KELURAHAN, "waiting")
    assert told["Warga Contoh 4"].area_id == "64.71"
    assert told["Warga Contoh 9"].kind == Kind.BIRTH
    assert all(one.told_on == today() for one in told.values() if one.status == Status.TOLD)
    book = load_workbook(io.BytesIO(client.get(f"{PAGE}{of.pk}/ditolak/").content))
    rejected = list(book.active.iter_rows(values_only=True))
    assert [row[-1] for row in rejected[1:]] == ["9", "10", "11", "13"]
    assert "123" in rejected[1]
    assert "Isi nama lengkap." in rejected[1][0]
    mended = [[str(text or "") for text in row] for row in rejected]
    mended[2][1] = nik(7)
    back = read(client, saved(book_of(mended)), "diperbaiki.xlsx")
    assert counts(back) == {"told": 1, "rejected": 3}


def _two_rows(heads: str, first: str, second: str) -> list[list[str]]:
    return [heads.split("|"), first.split("|"), second.split("|")]


_SIAK = _two_rows(
    "NO|NIK|NAMA_LGKP|TGL_CETAK|ALAMAT|NO_RT|NO_RW|NO_PROP|NO_KAB|NO_KEC|NO_KEL",
    f"1|{nik(1)}|WARGA CONTOH 1|2026-10-01|JL X|1|0|64|71|5|1002",
    f"2|{nik(2)}|WARGA CONTOH 2|01/10/26|JL X|2|0|64|71|5|1002",
)
_DEEDS: list[list[Any]] = [
    ["DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"],
    ["REGISTER AKTA KEMATIAN OKTOBER 2026"],
    [],
    ["NO", "DATA JENAZAH", "", "AKTA", "", "TEMPAT TINGGAL", "", "KET"],
    ["", "NIK", "NAMA", "NOMOR", "TANGGAL", "RT", "KELURAHAN", ""],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
    [1.0, nik(1), "WARGA CONTOH 1", "6471-KM-1", 46296.0, 1.0, "Sepinggan", "-"],
    [2.0, "-", "WARGA CONTOH 2", "6471-KM-2", "2 Okt 2026", 2.0, "Kel. Sepinggan", ""],
    ["", "JUMLAH", "", 2.0, "", "", "", ""],
]
_BY_CODE = _two_rows(
    "Kode Wilayah;NIK;Nama;Tanggal Layanan;Layanan".replace(";", "|"),
    f"64.71.05.1002.001|'{nik(1)}|Warga Contoh 1|01.10.2026|Perubahan biodata",
    f"6471051002002|{nik(2)}|Warga Contoh 2|1 Oktober 2026|Akta Lahir",
)
_IN_TEXT = _two_rows(
    "Nama Lengkap|NIK|Tgl Terbit|Jenis Dokumen|Alamat Lengkap",
    f"Warga Contoh 1|{nik(1)}|1-10-2026|Akta Perkawinan|Jl. X, RT.001/RW.-, Kel. Sepinggan",
    f"Warga Contoh 2|{nik(2)}|1-10-2026|Akta Cerai|Rt 2 Sepinggan",
)
# Shape: content, name, the kinds of both rows.
SHAPES: dict[str, tuple[bytes, str, tuple[int, int]]] = {
    "siak": (text(_SIAK, ";"), "ktp.csv", (Kind.KTP, Kind.KTP)),
    "utf-16": (text(_BY_CODE, "\t", "utf-16"), "a.csv", (Kind.CHANGE, Kind.BIRTH)),
    "windows": (text(_IN_TEXT, "|", "cp1252"), "b.txt", (Kind.MARRIAGE, Kind.DIVORCE)),
    "deeds": (saved(book_of(_DEEDS)), "kematian.xlsx", (Kind.DEATH, Kind.DEATH)),
    "sheets": (b"", "semua.xlsx", (Kind.KIA, Kind.KK)),
}


def _book_of_sheets() -> bytes:
    """One kind a sheet, and a summary beside."""
    book: Any = book_of([[], *_SIAK[:2]], "KIA")
    for title, rows in (("CETAK KK", [_SIAK[0], _SIAK[2]]), ("Rekap", [["JENIS", "JUMLAH"]])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book["Rekap"].append(["KIA", 1])
    return saved(book)


def test_files_of_many_shapes_are_read_alike() -> None:
    client = operator()
    for shape, (content, name, kinds) in SHAPES.items():
        more = {"kind": "2"} if shape == "siak" else {}
        before = set(Service.objects.values_list("pk", flat=True))
        of = entered(client, content or _book_of_sheets(), name, **more)
        assert (of.status, counts(of)) == ("done", {"told": 2}), (shape, counts(of), of.notes)
        made = Service.objects.exclude(pk__in=before).order_by("full_name")
        assert [one.area_id for one in made] == [RT, SIBLING_RT], shape
        assert [one.kind for one in made] == list(kinds), shape
        assert {one.full_name.title() for one in made} == {"Warga Contoh 1", "Warga Contoh 2"}
        assert {one.served_on.month for one in made} == {10}, shape


def test_unknown_columns_are_asked_once_and_remembered() -> None:
    client = operator()
    lines = [
        ["Kode unik", "Yang dilayani", "Hari", "Rumah", "RT", "KELURAHAN"],
        [nik(1), "Warga Contoh 1", "01-10-2026", "Jl. X", "1", "Sepinggan"],
        [nik(2), "Warga Contoh 2", "01-10-2026", "Jl. X", "9", "Sepinggan"],
    ]
    of = read(client, text(lines), "asing.csv")
    assert of.status == "asking"
    page = client.get(f"{PAGE}{of.pk}/kolom/")
    assert "Warga Contoh 1; Warga Contoh 2" in shown(page)
    assert nik(1) not in shown(page)
    chosen = {f"column_{n}": key for n, key in enumerate(_CHOSEN)}
    wrong = client.post(f"{PAGE}{of.pk}/kolom/", {**chosen, "column_1": "nik"})
    assert (wrong.status_code, fresh(of).status) == (422, "asking")
    sent = {**chosen, "kind": "3", "key": str(uuid4())}
    for _ in range(2):
        assert client.post(f"{PAGE}{of.pk}/kolom/", sent).status_code == 302
    of = read_again(of)
    assert (of.status, counts(of), of.kind) == ("ready", {"told": 1, "waiting": 1}, Kind.KIA)
    source = FeedSource.objects.get()
    assert source.columns == {"kodeunik": "nik", "yangdilayani": "full_name", "hari": "served_on",
                              "rumah": "address"}  # fmt: skip
    lines[2][0] = nik(3)
    again = read(client, text(lines), "asing2.csv", new_source="siak CONTOH", kind="3")
    assert (again.status, counts(again)) == ("ready", {"told": 1, "waiting": 1})
    assert client.get(f"{PAGE}{again.pk}/kolom/").status_code == 200
    assert client.post(f"{PAGE}{again.pk}/", {"action": "discard"}).status_code == 302
    assert client.get(f"{PAGE}{again.pk}/kolom/").status_code == 409
    assert not FeedBlock.objects.filter(of=again).exists()


OTHER_KK = "9971010101200002"
_CHOSEN = ("nik", "full_name", "served_on", "address", "rt", "kelurahan")


def test_the_same_month_again_tells_only_what_has_changed() -> None:
    client = operator()
    first = [served(n, rt=str(n % 2 + 1)) for n in range(1, 5)]
    unknown = served(9, address="Perum Contoh", rt="", kelurahan="")
    entered(client, xlsx(*first, unknown))
    told = {one.full_name: one for one in in_force()}
    for number in (2, 3):
        one = told[f"Warga Contoh {number}"]
        WORKFLOW.advance(one.pk, "confirm", Move(holder(Role.KETUA_RT, one.area_id)))
    # One of unknown place is placed by hand; its next version has the same text.
    WORKFLOW.advance(told["Warga Contoh 9"].pk, "place", Move(None, {"area": SIBLING_RT}))
    again = entered(client, text(grid(*first, unknown)), "lagi.csv")
    assert counts(again) == {"known": 5}
    assert Service.objects.count() == 5
    answer = confirm(client, again)
    assert (answer.status_code, fresh(again).status) == (409, "ready")
    changed = [first[0], {**first[1], "NAMA_LGKP": "Warga Berganti"}, {**first[2], "NO_RT": "1"}]
    of = entered(client, xlsx(*changed, {**unknown, "NO_KK": OTHER_KK}), "ubah.xlsx")
    assert counts(of) == {"known": 1, "changed": 3}
    now = {one.nik: one for one in in_force()}
    assert len(now) == 5
    assert Service.objects.count() == 8
    renamed, moved, placed = now[nik(2)], now[nik(3)], now[nik(9)]
    assert (renamed.full_name, renamed.status, renamed.version) == ("Warga Berganti", "told", 2)
    assert (moved.area_id, moved.status, moved.answered_at) == (RT, "told", None)
    assert (placed.area_id, placed.status, placed.no_kk) == (SIBLING_RT, "told", OTHER_KK)


def test_another_export_of_the_same_services_tells_nothing_again() -> None:
    """It has other columns, another order, and says the place in the address."""
    client = operator()
    rows = [served(n, rt=str(n % 2 + 1)) for n in range(1, 5)]
    entered(client, xlsx(*rows))
    heads = ["Nama Lengkap", "No. Induk Kependudukan", "Tgl Pelayanan", "Layanan", "Alamat Lengkap"]
    lines = [
        [
            one["NAMA_LGKP"].upper(),
            one["NIK"],
            "1 Oktober 2026",
            "KTP-el",
            f"{one['ALAMAT'].upper()} RT.00{one['NO_RT']}/RW.000 KEL. SEPINGGAN",
        ]
        for one in reversed(rows)
    ]
    again = entered(client, text([heads, *lines], ";"), "lain.csv")
    assert counts(again) == {"known": 4}
    heads[1] = "Pengenal"  # a column of NIKs that is not known is asked for, never left out
    assert read(client, text([heads, *lines], ";"), "asing.csv").status == "asking"
    heads[1], lines[0][0] = "NIK", "Warga Berganti"
    of = entered(client, text([heads, *lines], ";"), "ubah.csv")
    assert counts(of) == {"known": 3, "changed": 1}


def test_a_move_within_the_city_is_told_at_both_ends() -> None:
    client = operator()
    lines = [
        ["NIK", "NAMA", "TANGGAL", "JENIS", "NO SKPWNI", "ALAMAT ASAL", "RT ASAL", "KEL ASAL",
         "ALAMAT TUJUAN", "RT TUJUAN", "KEL TUJUAN", "KAB TUJUAN"],
        [nik(1), "Warga Pindah", "01-10-2026", "SKPWNI", "S1", "Jl. A", "1", "Sepinggan", "Jl. B",
         "2", "Manggar", "Balikpapan"],
        [nik(2), "Warga Keluar", "01-10-2026", "SKPWNI", "S2", "Jl. A", "1", "Sepinggan", "Jl. B",
         "2", "Manggar", "Kab. Belitung Timur"],
        [nik(3), "Warga Datang", "01-10-2026", "PINDAH DATANG", "S3", "Jl. C, Kab. Wajo", "1",
         "Lain", "Jl. B", "2", "Sepinggan", ""],
    ]  # fmt: skip
    of = entered(client, text(lines), "pindah.csv")
    assert (counts(of), of.also) == ({"told": 3}, 1)
    told = {(one.full_name, one.kind, one.area_id, one.other_place) for one in in_force()}
    assert told == {
        ("Warga Pindah", Kind.MOVED_OUT, RT, "Jl. B, RT 2, Manggar, Balikpapan"),
        ("Warga Pindah", Kind.MOVED_IN, "64.71.01.1001.002", "Jl. A, RT 1, Sepinggan"),
        ("Warga Keluar", Kind.MOVED_OUT, RT, "Jl. B, RT 2, Manggar, Kab. Belitung Timur"),
        ("Warga Datang", Kind.MOVED_IN, SIBLING_RT, "Jl. C, Kab. Wajo, RT 1, Lain"),
    }
    again = entered(client, text([*lines, lines[1]]), "lagi.csv")
    assert (counts(again), again.also) == ({"known": 3, "doubled": 1}, 0)


def test_a_file_is_taken_once_and_only_by_an_operator() -> None:
    client, content = operator(), xlsx(served(1))
    first = read(client, content)
    same = upload(client, content, "nama lain.xlsx")
    assert same.status_code == 422
    assert first.name in shown(same)
    assert FeedFile.objects.count() == 1
    for other in (lurah(), ketua_rt()):
        for address in (PAGE, f"{PAGE}{first.pk}/", "/layanan/tambah/"):
            assert other.get(address).status_code == 403
    assert ketua_rt().get(GROUPS).status_code == 403
    refused = read(client, b"%PDF-1.7 bukan daftar", "a.csv")
    assert refused.status == "refused"
    assert refused.refusal
    assert Notice.objects.filter(kind="feed_refused", values={"feed": refused.pk}).exists()
    FeedFile.objects.update(uploaded_at=first.uploaded_at - timedelta(days=31))
    assert working.clear_old() == 1
    assert (fresh(first).status, fresh(first).file, fresh(first).notes) == ("discarded", "", "")
