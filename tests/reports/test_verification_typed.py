"""/verifikasi/: a letter found by what is printed on it, and by nothing less."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from reports.letters.models import CODE_ALPHABET, Letter
from reports.letters.verification_limits import ASKED, TYPED, TYPED_IN_ALL
from reports.letters.verification_typed import (
    NEVER_IN_CODES,
    NOT_FOUND,
    SHAPE_OF_CODES,
    read_code,
    same_number,
)
from tests import factories
from tests.residents.pages import Answer, shown
from wacat.words import name_masked

PATH = "/verifikasi/"
NUMBER = "400.12.2.1/042/1002/XI/2026"


def _ask(number: str, code: str, client: Client | None = None) -> Answer:
    return (client or Client()).post(PATH, {"number": number, "code": code})


def _other(code: str) -> str:
    """A code that nobody has: one letter further."""
    place = CODE_ALPHABET.index(code[0])
    return CODE_ALPHABET[(place + 1) % len(CODE_ALPHABET)] + code[1:]


@pytest.mark.parametrize(
    "typed",
    [
        "K7QM4TXP",
        "k7qm4txp",
        "K7QM-4TXP",
        "K7QM – 4TXP",
        " k7 qm.4t xp ",
        "K7QM\u20114TXP",
        "K7QM_4TXP",
    ],
)
def test_a_code_may_be_typed_as_it_comes(typed: str) -> None:
    assert read_code(typed) == "K7QM4TXP"


@pytest.mark.parametrize("typed", ["LLLL-2222", "1111-2222", "IIII-2222", "iiii 2222", "l1Il2222"])
def test_what_is_read_for_an_l_is_one(typed: str) -> None:
    assert read_code(typed) == "LLLL2222"


@pytest.mark.parametrize("typed", ["K0QM4TXP", "KOQM4TXP", "koqm4txp", "0"])
def test_zero_and_o_are_refused_kindly(typed: str) -> None:
    with pytest.raises(ValidationError, match="tidak memakai angka 0") as refused:
        read_code(typed)
    assert refused.value.messages == [NEVER_IN_CODES]


@pytest.mark.parametrize("typed", ["", "K7QM", "K7QM4TXP2", "K7QM4TXÜ", "٣٣٣٣٣٣٣٣", "K7QM\x004TX"])
def test_what_is_no_code_is_told(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_code(typed)
    assert refused.value.messages == [SHAPE_OF_CODES]


def test_the_alphabet_leaves_no_choice() -> None:
    """What look-alikes are mapped to stands in no other's place."""
    assert "L" in CODE_ALPHABET
    assert not set("01IO") & set(CODE_ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        f" {NUMBER} ",
        "400.12.2.1 / 042 / 1002 / xi / 2026",
        "400-12-2-1-042-1002-XI-2026",
        f"Nomor: {NUMBER}",
        f"No. {NUMBER}",
        "4OO.I2.2.l/O42/1OO2/X1/2O26",
    ],
)
def test_a_number_may_be_typed_as_it_comes(typed: str) -> None:
    assert same_number(typed, NUMBER)


@pytest.mark.parametrize("typed", ["", "042", NUMBER[:-1], NUMBER.replace("042", "043")])
def test_another_number_is_another(typed: str) -> None:
    assert not same_number(typed, NUMBER)


@pytest.mark.django_db
class TestPage:
    def test_it_explains_itself_to_a_stranger(self) -> None:
        answer = Client().get(PATH)
        words = shown(answer)
        for told in ("Nomor surat", "Kode surat", "QR verifikasi", "tidak meminta kata sandi"):
            assert told in words
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert not answer.cookies

    def test_the_pair_leads_to_the_letters_own_page(self) -> None:
        letter = factories.letter_issued()
        grouped = f"{letter.code[:4].lower()}-{letter.code[4:].lower()}"
        answer = _ask(f"no {letter.number.lower()}", grouped)
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            f"/verifikasi/{letter.token}/",
        )
        assert not answer.cookies
        page = shown(Client().get(answer.headers["Location"]))
        assert letter.number in page
        assert name_masked(letter.names[0]) in page

    def test_a_wrong_pair_tells_not_what_was_wrong(self) -> None:
        one, other = factories.letter_issued(), factories.letter_issued()
        pages = []
        for number, code in (
            (one.number, _other(one.code)),
            (other.number, one.code),
            ("400.1/999/1/I/2020", one.code),
            ("tidak-ada-begini", _other(one.code)),
        ):
            answer = _ask(number, code)
            assert answer.status_code == 422
            assert NOT_FOUND in shown(answer)
            page = answer.content.decode().replace(number, "…").replace(code, "…")
            pages.append(page.partition("<main")[2])
            assert one.token not in page
        assert len(set(pages)) == 1

    @pytest.mark.parametrize("make", ["letter_requested", "letter_ready", "letter_returned"])
    def test_before_the_issue_there_is_nothing_to_find(self, make: str) -> None:
        letter: Letter = getattr(factories, make)()
        assert _ask("", letter.code).status_code == 422
        assert _ask(".", letter.code).status_code == 422

    def test_a_revoked_one_is_found_and_says_so(self) -> None:
        letter = factories.letter_revoked()
        answer = Client().post(PATH, {"number": letter.number, "code": letter.code}, follow=True)
        assert "sudah dicabut" in shown(answer)

    def test_what_was_typed_is_kept(self) -> None:
        answer = _ask("400.1/<b>", "K0QM4TXP")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="400.1/&lt;b&gt;"' in page
        assert NEVER_IN_CODES in shown(answer)

    def test_nonsense_is_refused(self) -> None:
        for number, code in (("", ""), ("x" * 500, "x" * 500), ("\0", "\0"), ("'--", "'--")):
            assert _ask(number, code).status_code == 422

    def test_guessing_ends_soon_for_an_address(self) -> None:
        letter, client = factories.letter_issued(), Client(REMOTE_ADDR="10.9.8.7")
        for _ in range(TYPED.most):
            assert _ask(letter.number, _other(letter.code), client).status_code == 422
        answer = _ask(letter.number, letter.code, client)
        assert answer.status_code == 429
        assert "Terlalu banyak pemeriksaan. Tunggu" in shown(answer)
        assert _ask(letter.number, letter.code, Client(REMOTE_ADDR="10.9.8.6")).status_code == 302

    def test_one_network_of_ipv6_is_one_guesser(self) -> None:
        letter = factories.letter_issued()
        clients = [Client(REMOTE_ADDR=f"2001:db8::{n:x}") for n in range(TYPED.most + 1)]
        codes = [_ask(letter.number, _other(letter.code), one).status_code for one in clients]
        assert codes == [422] * TYPED.most + [429]

    def test_guessing_ends_for_all_addresses_together(self) -> None:
        letter = factories.letter_issued()
        for n in range(TYPED_IN_ALL.most):
            client = Client(REMOTE_ADDR=f"10.1.{n // 250}.{n % 250}")
            assert _ask("1", "22222222", client).status_code == 422
        assert _ask(letter.number, letter.code, Client(REMOTE_ADDR="10.2.0.1")).status_code == 429
        assert Client().get(f"/verifikasi/{letter.token}/").status_code == 200

    def test_right_ones_are_not_counted_as_guesses(self) -> None:
        letter, client = factories.letter_issued(), Client(REMOTE_ADDR="10.9.8.7")
        for _ in range(TYPED.most + 3):
            assert _ask(letter.number, letter.code, client).status_code == 302

    def test_pages_and_pairs_are_counted_together(self) -> None:
        letter, client = factories.letter_issued(), Client(REMOTE_ADDR="10.9.8.7")
        for _ in range(ASKED.most):
            client.get("/verifikasi/tebakan/")
        assert _ask(letter.number, letter.code, client).status_code == 429
