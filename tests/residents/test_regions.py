"""From the words for a place of origin to its province."""

from __future__ import annotations

import csv
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residents.demo.vocabulary import ORIGINS
from residents.registry.provinces import PROVINCES
from residents.registry.regions import REGENCIES, province_of

PLACES = {
    "Kab. Sidoarjo, Jawa Timur": "35",
    "KABUPATEN WAJO, SULAWESI SELATAN": "73",
    "Makassar": "73",
    "sulsel": "73",
    "DKI": "31",
    "Jakarta Selatan": "31",
    "Kab. Adm. Kepulauan Seribu": "31",
    "Kutai Kartanegara": "64",
    "kukar": "64",
    "Pare-Pare": "73",
    "Fak-Fak": "92",
    "Toli-toli": "72",
    "Kota Baru": "63",
    "Kotamadya Ujung Pandang": "73",
    "Kep. Riau": "21",
    "Riau": "14",
    "Sumatra Utara": "12",
    "Bone": "73",
    "Bone Bolango": "75",
    "Solo": "33",
    "Jogja": "34",
    "Papua": "91",
    "Papua Barat Daya": "96",
    "Kab. Banjar": "63",
    "Kota Banjar": "32",
    "Kota Banjarbaru": "63",
    # The province that the place was part of, on old papers
    "Nabire, Papua": "94",
    "Kab. Sorong, Papua Barat": "96",
    "Tarakan, Kaltim": "65",
    "Mamuju Utara, Sulsel": "76",
}
UNKNOWN = ("", "Jawa", "Banjar", "Surabaya, Jawa Barat", "Makassar, Surabaya", "Japan", "123", "-")


@pytest.mark.parametrize(("words", "province"), PLACES.items())
def test_known_places(words: str, province: str) -> None:
    assert province_of(words) == province


@pytest.mark.parametrize("words", UNKNOWN)
def test_what_names_none_for_certain(words: str) -> None:
    assert province_of(words) == ""


def test_all_514_kabupaten_and_kota_and_38_provinces() -> None:
    with REGENCIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 514
    assert {row["code"][:2] for row in rows} == set(PROVINCES)
    assert [row for row in rows if province_of(row["name"]) != row["code"][:2]] == []
    assert {code: province_of(name) for code, name in PROVINCES.items()} == dict(
        zip(PROVINCES, PROVINCES, strict=True)
    )
    for row in rows:
        assert province_of(f"{row['name']}, {PROVINCES[row['code'][:2]]}") == row["code"][:2]


def test_every_origin_of_the_demo_is_known() -> None:
    assert [place for place in ORIGINS if not province_of(place)] == []


@given(st.text(max_size=120))
def test_any_words_have_an_answer(words: str) -> None:
    assert province_of(words) in {"", *PROVINCES}


def test_a_list_of_twenty_thousand_is_quick() -> None:
    places = list(ORIGINS)
    start = time.perf_counter()
    for number in range(20_000):
        province_of(places[number % len(places)])
    assert time.perf_counter() - start < 0.2
