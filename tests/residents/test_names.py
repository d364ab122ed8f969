"""How names sound: what must meet, what must not, and what no spelling may break."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residents.registry.names import LONGEST_KEY, keys_of, keys_of_word, mistyped

MEET = """
Muhammad Mohamad; Muhammad Muhamad; Mochammad Muhamad; Mokhamad Mochamad; Moh Muhammad;
Muh Mohammad; Rizki Rizqi; Rizky Rizki; Achmad Ahmad; Akhmad Ahmat; Yuliana Juliana;
Djuliana Yuliana; Djoko Joko; Soekarno Sukarno; Soeharto Suharto; Tjahjo Cahyo; Jahja Yahya;
Widjaja Wijaya; Supriyadi Suprijadi; Supriadi Supriyadi; Wahjoedi Wahyudi; Heryanto Herianto;
Syamsul Samsul; Sjamsoel Syamsul; Khairul Chairul; Hairul Khairul; Chandra Candra;
Tjandra Chandra; Christina Kristina; Cristina Kristina; Fatimah Fatima; Patimah Fatimah;
Yusuf Jusuf; Yoesoef Yusup; Abdoel Abdul; Abd Abdul; Aisyah Aisah; Aisha Aisyah; Noer Nur;
Noor Nur; Zaenal Zainal; Husein Husain; Dewie Dewi; Dessy Desi; Boedi Budi; Budhi Budy;
Goenawan Gunawan; Setyawan Setiawan; Felix Feliks; Victor Viktor; Erick Erik; Ricky Riki;
Filip Philip; Johannes Yohanes; Stephanus Stefanus; Thomas Tomas; Ismael Ismail;
Qomariyah Komariah; Taufiq Taufik; Saeful Syaiful; Suwarno Soewarno; Suarno Suwarno;
Firmansjah Firmansyah; Luthfi Lutfi; Rachmat Rahmat; St Siti; Ma'ruf Maruf; Nyoman Njoman
"""
APART = """
Dani Dina; Dian Dani; Andi Indah; Budi Badu; Joko Jaka; Siti Sita; Ahmad Muhammad; Rina Rini;
Rini Rani; Yanti Yanto; Wati Wito; Agus Bagus; Eko Ika; Dewi Devi; Dewi Dwi; Hasan Husain;
Hasan Ihsan; Aminah Amin; Maria Mario; Rudi Rido; Slamet Salim; Yusuf Yosua; Ratna Retno;
Sari Sri; Hadi Hadid; Surya Suri; Wahyu Wahyuni; Kartini Kartono; Rosa Rasa; Tono Toni;
Anwar Anwari; Basri Bisri; Lukman Lukas; Nia Nur; Putra Putri; Ridwan Rizwan; Taufik Taufan;
Ketut Kadek; Made Mada; Paulus Petrus; Simon Samson; Ester Astri
"""
NEAR = "Muhammad Muhamid; Wulandari Wulandri; Hidayat Hidayet; Choirul Khairul; Jailani Zailani"
PEOPLE = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=60)


def _pairs(table: str) -> list[list[str]]:
    return [pair.split() for pair in table.replace("\n", " ").split(";")]


def test_the_tables_are_as_long_as_they_should_be() -> None:
    assert len(_pairs(MEET)) >= 60
    assert len(_pairs(APART)) >= 40


@pytest.mark.parametrize(("one", "other"), _pairs(MEET))
def test_these_are_one_name(one: str, other: str) -> None:
    assert set(keys_of(one)) & set(keys_of(other))


@pytest.mark.parametrize(("one", "other"), _pairs(APART))
def test_these_are_two_names(one: str, other: str) -> None:
    assert not set(keys_of(one)) & set(keys_of(other))


@pytest.mark.parametrize(("one", "other"), _pairs(NEAR))
def test_these_are_a_slip_apart(one: str, other: str) -> None:
    assert set(mistyped(one.lower())) & set(keys_of(other))


def test_a_key_for_each_word_and_each_once() -> None:
    assert keys_of("Siti  Nur-Aini SITI") == ["aini", "nur", "siti"]
    assert keys_of("") == keys_of("王 123 .") == []


def test_an_initial_ch_is_heard_in_two_ways() -> None:
    assert keys_of("Chandra") == ["candra", "handra"]


def test_short_words_have_no_slips() -> None:
    assert mistyped("ani") == []
    assert mistyped("") == []


@given(PEOPLE)
def test_a_key_is_its_own_key(name: str) -> None:
    keys = keys_of(name)
    assert all(keys_of(key) == [key] for key in keys)
    assert all(0 < len(key) <= LONGEST_KEY for key in keys)


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=1, max_size=30))
def test_of_plain_letters_as_well(word: str) -> None:
    assert all(keys_of_word(key) == (key,) for key in keys_of_word(word))


@given(PEOPLE)
def test_case_marks_and_spaces_do_not_count(name: str) -> None:
    assert keys_of(name.casefold()) == keys_of(name)
    assert keys_of(unicodedata.normalize("NFD", name)) == keys_of(name)
    assert keys_of(f"  {name}\t") == keys_of(name)


@given(st.lists(st.sampled_from("Siti Nur Ahmad Djoko Chandra José".split()), max_size=5))
def test_the_order_of_the_words_does_not_count(words: list[str]) -> None:
    assert keys_of(" ".join(words)) == keys_of(" ".join(reversed(words)))
