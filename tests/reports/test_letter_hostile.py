"""Whatever is typed into a field that a letter shows is drawn as text, and fetches nothing."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.areas.models import Area
from accounts.rules import Role
from reports.letters.drawing import draw_letter
from reports.letters.facts import LetterFacts, Replaced
from reports.letters.models import Drawing, Letter
from reports.letters.office_models import LetterOffice
from reports.letters.printing import stored_pdf
from reports.letters.requesting import introduce
from reports.tasks import draw_letter as draw_by_worker
from tests import factories
from tests.factories import KELURAHAN, holder
from tests.reports.letters_to_draw import LETTER, catalog_of, family_of, inked, reader_of
from tests.residents.pages import lurah
from wacat.drawing import engine
from wacat.drawing.engine import DrawingError

# Nobody types these, and what they may be is held elsewhere.
NOT_TYPED = {
    "verification_url": "made of the settings and a token",
    "short_code": "made of 32 signs",
    "paper": "one of two",
    "signing": "one of those that settings know",
    "logo": "the name of a stored picture, by constraint",
    "nik": "sixteen digits",
}
TEXTS = {
    "picture": '<img src="{http}/a.png"><img src="{file}"><image href="{http}/b"/>',
    "svg": '<svg onload="x()"><use href="{http}/c#d"/><image href="{file}"/></svg>',
    "attachment": '<link rel="attachment" href="{file}"><a rel=attachment href="{http}/">x</a>',
    "frame": '<iframe src="{file}"></iframe><object data="{http}/e"></object><embed src="{file}">',
    "style": "</p><style>@import url({http}/f.css); p {{display: none}}</style>",
    "css": "');background:url({http}/g);content:url({file});--x:('",
    "head": '"><base href="{http}/"><meta http-equiv="refresh" content="0;url={http}/h">',
    "script": "</body><script src={http}/i.js></script>]]>--><!--",
    "template": "{{{{ facts.signatory }}}}{{% include 'base.html' %}}{{# x #}}{{% load static %}}",
    "entities": "&lt;b&gt; &#65;&#x42; &amp;amp; &nbsp; %3Cb%3E \\3C \\26",
    "address": "{http}/j {file} javascript:x() data:text/html,<b>x asset:documents/letter.css",
}
INVISIBLE = {
    "right to left": "\u202e",
    "isolate": "\u2067",
    "left to right mark": "\u200e",
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "byte order mark": "\ufeff",
    "soft hyphen": "\xad",
    "tag": "\U000e0041",
    "null": "\0",
    "bell": "\a",
    "escape": "\x1b",
    "delete": "\x7f",
    "next line": "\x9f",
    "private": "\ue000",
    "half of a pair": "\ud800",
}
SPACES = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000"


class Listener:
    """An address that counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.http = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.visits = 0
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        while True:
            try:
                visitor, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def close(self) -> None:
        """Still there until now: the one who closes it comes as a visitor."""
        before = self.visits
        with socket.create_connection(self._socket.getsockname()) as visitor:
            visitor.recv(1)
        assert self.visits == before + 1
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that any process here may read."""
    path = tmp_path / "rahasia.txt"
    path.write_text("TIDAK UNTUK DIBACA")
    return path


def _leaves(value: Any, name: str = "") -> Iterator[str]:
    """The names of all texts of the facts, in the order in which ``_filled`` meets them."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one, name)
    elif isinstance(value, str):
        yield name


def _is_typed(name: str, value: str) -> bool:
    is_date = len(value) == 10 and value[4::3] == "--"
    return name not in NOT_TYPED and not is_date


def _filled(value: Any, text: str, said: list[str], turn: int = 0, name: str = "") -> Any:
    """The facts as JSON with *text* in each fourth field that is typed; all end in a number."""
    if isinstance(value, dict):
        return {key: _filled(one, text, said, turn, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, text, said, turn, name) for one in value]
    if not isinstance(value, str) or not _is_typed(name, value):
        return value
    said.append(f"{text if len(said) % 4 == turn else 'Ana'}[{len(said)}]")
    return said[-1]


def _bare() -> LetterFacts:
    """A letter that prints every text that facts can hold."""
    family = family_of(["Dewi"])
    subjects = tuple(
        replace(one, nik="", origin_address=f"Jalan {one.full_name}") for one in family.subjects
    )
    return replace(family, subjects=subjects, replaces=Replaced("1", LETTER.issued_on))


def _not_printed(facts: LetterFacts) -> set[str]:
    """Of the head no relation; of the others what their table has no column for."""
    head, *others = facts.subjects
    bare = {one for other in others for one in (other.religion, other.marital_status)}
    return {head.family_relation, *bare, *(other.nationality for other in others)}


def _read(pdf: bytes) -> str:
    asked = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(asked, input=pdf, capture_output=True, check=True).stdout.decode()


def _holds_nothing_fetched(pdf: bytes) -> None:
    reader = reader_of(pdf)
    assert not reader.attachments
    assert "/Names" not in catalog_of(pdf)
    links = set()
    for page in reader.pages:
        resources: Any = page["/Resources"]
        pictures = resources.get("/XObject", {}).values()
        assert all(one.get_object()["/Subtype"] != "/Image" for one in pictures)
        for note in page.get("/Annots", ()):
            links.add(str(note.get_object()["/A"]["/URI"]))
    assert links == {LETTER.verification_url}
    assert "TIDAK UNTUK DIBACA" not in _read(pdf)


# In each fourth field, so that they stay on one page: each text in half of the fields, each field
# with half of the texts.
TURNS = [(kind, (number + other) % 4) for number, kind in enumerate(TEXTS) for other in (0, 2)]


@pytest.mark.parametrize(("kind", "turn"), TURNS)
def test_it_is_drawn_as_text_in_every_field(
    kind: str, turn: int, listener: Listener, secret: Path
) -> None:
    text = TEXTS[kind].format(http=listener.http, file=secret.as_uri())
    said: list[str] = []
    facts = LetterFacts.from_json(_filled(_bare().as_json(), text, said, turn))
    pdf = draw_letter(facts)
    printed = inked(_read(pdf))
    missing = {one for one in said if inked(one) not in printed}
    assert missing == _not_printed(facts)
    _holds_nothing_fetched(pdf)
    assert listener.visits == 0


def test_what_nobody_types_is_named_with_its_reason() -> None:
    assert set(NOT_TYPED) <= set(_leaves(_bare().as_json()))


@pytest.mark.parametrize("kind", INVISIBLE)
def test_what_could_mislead_the_eye_is_refused_in_every_field(kind: str) -> None:
    plain = _bare()
    said: list[str] = []
    _filled(plain.as_json(), "x", said)
    for number in range(len(said)):
        count: list[str] = []
        data = _filled(plain.as_json(), "Ana", count)
        hidden = f"Ana{INVISIBLE[kind]}Putri"
        facts = LetterFacts.from_json(_only(data, f"Ana[{number}]", hidden))
        if hidden not in _not_printed(facts):
            with pytest.raises(DrawingError, match=r"U\+"):
                draw_letter(facts)


def _only(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: _only(one, old, new) for key, one in value.items()}
    if isinstance(value, list):
        return [_only(one, old, new) for one in value]
    return new if value == old else value


def test_space_of_any_kind_is_space() -> None:
    said: list[str] = []
    data = _filled(_bare().as_json(), "Ana", said)
    for one in list(said):
        data = _only(data, one, f"Ana{SPACES}Putri{one}")
    facts = LetterFacts.from_json(data)
    printed = inked(_read(draw_letter(facts)))
    spared = {inked(one) for one in _not_printed(facts)}
    for one in said:
        assert f"AnaPutri{one}" in spared or f"AnaPutri{one}" in printed


def test_the_same_as_markup_would_be_refused(listener: Listener, secret: Path) -> None:
    """That nothing is fetched is not only because it is escaped."""
    for kind in ("picture", "svg", "style", "attachment"):
        markup = TEXTS[kind].format(http=listener.http, file=secret.as_uri())
        page = f"<!doctype html><html lang=id><title>-</title><p>{markup}"
        with pytest.raises(DrawingError, match="not a bundled asset"):
            engine.draw_html([page], ("document.css",))
    assert listener.visits == 0


@pytest.mark.django_db
def test_from_the_forms_to_the_stored_pdf_and_every_page(listener: Listener, secret: Path) -> None:
    text = f'<img src="{listener.http}/a">{{{{ facts }}}}<svg>'
    resident = factories.reported(
        full_name=f"Nama {text}",
        birth_place=f"Kota {text}",
        origin_address=f"Asal {text}",
        origin_area=f"Wilayah {text}",
        address=f"Jalan {text}",
    )
    Area.objects.filter(code=KELURAHAN).update(name=f"Lurah {text}")
    LetterOffice.objects.create(
        kelurahan_id=KELURAHAN, address=f"Kantor {text}", phone="<b>0542</b>", email="a@b.id"
    )
    letter, client = factories.letter_requested(resident), lurah()
    Letter.objects.filter(pk=letter.pk).update(purpose=f"Guna {text}")
    introduce(holder(Role.KETUA_RT, letter.area_id), letter)
    assert client.post(f"/surat/{letter.pk}/", {"action": "issue"}).status_code == 302
    draw_by_worker(letter.pk)
    pdf = stored_pdf(Drawing.objects.get(letter=letter))
    printed = inked(_read(pdf))
    for word in ("Nama", "Kota", "Asal", "Wilayah", "Jalan", "Lurah", "Kantor", "Guna"):
        assert inked(f"{word} {text}") in printed, word
    revoke = {"action": "revoke", "reason": f"Salah {text}"}
    assert client.post(f"/surat/{letter.pk}/", revoke).status_code == 302
    letter.refresh_from_db()
    pages = ["/surat/", f"/surat/{letter.pk}/", "/surat/register/", f"/warga/{resident.pk}/"]
    answers = [client.get(page) for page in pages]
    answers.append(Client().get(f"/verifikasi/{letter.token}/"))
    for answer in answers:
        assert answer.status_code == 200
        assert f'<img src="{listener.http}' not in answer.content.decode()
    register = client.get("/surat/register/unduh/xlsx/").getvalue()
    assert register.startswith(b"PK")
    assert listener.visits == 0
