"""The engine loads what is bundled and nothing else; formats and codes are exact."""

from __future__ import annotations

import os
import socket
import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.letters.drawing import draw_letter
from reports.summaries.drawing import draw_summary
from tests.reports.letters_to_draw import LETTER, text_of
from tests.reports.test_summary_drawing import SHEET
from wacat.drawing import formats
from wacat.drawing.engine import DrawingError, _press, draw_html, warm_up
from wacat.drawing.qr import qr_shape

STYLES = ("document.css",)
FOREIGN = [
    '<img src="http://127.0.0.1:9/a.png" alt="a">',
    '<img src="https://example.org/a.png" alt="a">',
    '<img src="file:///etc/passwd" alt="a">',
    '<img src="data:image/png;base64,AAAA" alt="a">',
    '<img src="../../manage.py" alt="a">',
    '<img src="asset:fonts/../../../manage.py" alt="a">',
    '<p style="background: url(http://127.0.0.1:9/a.png)">a</p>',
    '<p style="background: url(file:///etc/passwd)">a</p>',
    "<style>@import 'http://127.0.0.1:9/a.css';</style>",
    "<style>@font-face { font-family: A; src: url(file:///etc/passwd) }</style>",
    '<link rel="stylesheet" href="file:///etc/passwd">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="ftp://127.0.0.1/a">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
]


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any socket or SSL context fails the test."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the engine reached for the network")

    warm_up()
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(ssl, "create_default_context", refuse)
    monkeypatch.setattr(ssl, "_create_default_https_context", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("foreign", FOREIGN)
def test_what_is_not_bundled_is_refused(foreign: str) -> None:
    with pytest.raises(DrawingError, match="not a bundled asset"):
        draw_html([f"<!doctype html><html lang=id><title>a</title>{foreign}"], STYLES)


@pytest.mark.usefixtures("no_network")
def test_a_document_of_bundled_assets_is_drawn() -> None:
    drawn = draw_html(["<!doctype html><html lang=id><title>a</title>Halo <b>dunia</b>"], STYLES)
    assert (text_of(drawn.pdf), drawn.pages) == ("Halo dunia", 1)


def test_a_refusal_does_not_spoil_the_next_document() -> None:
    with pytest.raises(DrawingError):
        draw_html([FOREIGN[0]], STYLES)
    assert draw_html(["<html lang=id><title>a</title>Halo"], STYLES).pages == 1


def test_no_style_makes_weasyprint_leak() -> None:
    """Each text with a font feature would leave some fifty bytes behind, 34 kB a letter."""
    draw_letter(LETTER)
    draw_summary(SHEET)
    assert _press(os.getpid()).fonts.font_features == {}


def test_the_first_variant_on_one_page_is_drawn() -> None:
    long, short = ("<html lang=id><title>a</title>" + "<p>baris</p>" * one for one in (200, 2))
    assert draw_html([long, short], STYLES).pages == 1
    assert draw_html([short, long], STYLES).pages == 1
    assert draw_html([long, long], STYLES).pages > 1


def test_numbers_of_offices_are_grouped_and_anything_else_stays() -> None:
    assert formats.grouped_nip("197905122003121004") == "19790512 200312 1 004"
    assert formats.grouped_code("K7QM4TXP") == formats.grouped_code("K7QM-4TXP") == "K7QM-4TXP"
    assert formats.grouped_nip("123") == "123"


@given(st.text(max_size=20))
def test_grouping_loses_nothing(text: str) -> None:
    assert formats.grouped_nip(text).replace(" ", "") == text.replace(" ", "")


def test_a_code_is_one_path_with_a_quiet_zone() -> None:
    shape = qr_shape("https://wacat.contoh.invalid/verifikasi/3q2-7wEjRkm0vX1cQp9ZaA/")
    assert shape.view_box == "-4 -4 45 45"
    assert set(shape.path) <= set("Mhv0123456789 -")
    assert shape.path.startswith("M0 0h7v1h-7M")
