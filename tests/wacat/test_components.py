"""Components of every page: what they write for what they are given."""

import pytest
from django.template.loader import render_to_string

RESIDENT_STATES = ["draft", "reported", "returned", "verified", "ended", "held", "overdue"]
LETTER_STATES = ["requested", "ready", "issued", "returned", "revoked", "expired"]
DRAWING_STATES = ["waiting", "done", "failed"]


def _drawn(name: str, **context: object) -> str:
    return render_to_string(f"components/{name}.html", context)


@pytest.mark.parametrize("state", RESIDENT_STATES + LETTER_STATES + DRAWING_STATES)
def test_a_state_is_a_word_with_a_mark_of_its_own(state: str) -> None:
    drawn = _drawn("status", status=state, label="Kata")
    assert f'class="status status-{state}"' in drawn
    assert "Kata</span>" in drawn
    assert "<svg" in drawn
    assert drawn.split("<svg")[1] != _drawn("status", status="other").split("<svg")[1]


def test_bars_tell_their_figures_and_keep_their_widths_whole() -> None:
    bars = [{"label": "Sepinggan", "value": 1378, "width": 62.5}]
    drawn = _drawn("bars", bars=bars, caption="Warga")
    assert "<desc>Sepinggan: 1.378. </desc>" in drawn
    assert 'width="62.50%"' in drawn
    assert "style=" not in drawn


def test_nothing_to_do_is_said_in_words() -> None:
    assert "Tidak ada" in _drawn("task_card", count=0, title="Surat", url="/surat/")
    assert "1.378" in _drawn("task_card", count=1378, title="Surat", url="/surat/")


def test_a_missing_fact_is_named_and_zero_is_a_fact() -> None:
    drawn = _drawn("summary_list", rows=[("Pendidikan", ""), ("Anak", 0, "/ubah/")])
    assert "Belum diisi" in drawn
    assert '<div class="summary-value">0</div>' in drawn
    assert 'href="/ubah/">Ubah<span class="visually-hidden"> Anak</span>' in drawn


def test_a_list_of_one_page_has_no_pager() -> None:
    assert "<nav" not in _drawn("pager", next_url="", previous_url="")
    assert "Berikutnya" in _drawn("pager", next_url="?sebelum=5", previous_url="")


def test_an_action_carries_its_name_and_key() -> None:
    drawn = _drawn("action_form", action="report", label="Laporkan", key="k1")
    assert '<input type="hidden" name="action" value="report">' in drawn
    assert '<input type="hidden" name="key" value="k1">' in drawn
    assert 'method="post"' in drawn
