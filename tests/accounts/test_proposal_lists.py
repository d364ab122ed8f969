"""Lists of proposals over HTTP: template, upload, preview, confirmation, rejected rows."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from accounts.audit.models import Access
from accounts.issuing.batches import issue
from accounts.notices.models import Notice
from accounts.posts.models import Mandate, Post
from accounts.proposals.lists.staging import rows_of
from accounts.proposals.models import Proposal, ProposalList, ProposalStep
from accounts.rules import Role
from tests import factories
from tests.accounts.lists_made import (
    ADD,
    HEADS,
    KEYS,
    TEMPLATE,
    as_text,
    confirm,
    opened,
    read_back,
    row,
    saved,
    staged,
    upload,
    xlsx,
)
from tests.accounts.proposed import (
    a_proposal,
    administrator,
    camat,
    letter,
    lurah,
    the_administrator,
)
from tests.factories import KELURAHAN, RT, SIBLING_RT
from tests.residents.pages import beside, in_summary, shown
from wacat.clock import today

pytestmark = pytest.mark.django_db
FOREIGN: dict[str, Any] = {"kelurahan": "Manggar"}


def test_a_lurah_proposes_a_kelurahan_from_a_list() -> None:
    client = lurah()
    the_administrator()
    one = staged(client, xlsx(row(1), row(2), row(3)))
    page = client.get(f"{ADD}{one.pk}/")
    assert (one.accepted, one.rejected) == (2, 1)
    assert "2 baris dapat diusulkan, 1 baris ditolak" in shown(page)
    assert "Baris 4 Ketua Contoh D RT 003 tidak ada di Kelurahan Sepinggan." in shown(page)
    assert not Proposal.objects.open().exists()
    assert confirm(client, one).status_code == 302
    proposals = Proposal.objects.open().order_by("area")
    assert [(p.role, p.area_id, p.phone) for p in proposals] == [
        ("ketua_rt", RT, "080001000001"),
        ("ketua_rt", SIBLING_RT, "080001000002"),
    ]
    assert ProposalStep.objects.filter(subject__in=proposals, name="propose").count() == 2
    notices = Notice.objects.filter(kind="proposal_received")
    assert {notice.values["count"] for notice in notices} == {2}


def test_confirming_twice_proposes_once() -> None:
    client = lurah()
    one = staged(client, xlsx(row(1)))
    assert [confirm(client, one).status_code for _ in range(2)] == [302, 302]
    assert Proposal.objects.open().count() == 1
    assert "1 baris diusulkan pada" in shown(client.get(f"{ADD}{one.pk}/"))


def test_a_list_that_waits_is_found_again() -> None:
    client = lurah()
    one = staged(client, xlsx(row(1)))
    assert f'href="{ADD}{one.pk}/"' in client.get(ADD).content.decode()
    assert f"{ADD}{one.pk}/" not in lurah("64.71.01.1001").get(ADD).content.decode()
    confirm(client, one)
    assert f"{ADD}{one.pk}/" not in client.get(ADD).content.decode()


def test_the_same_form_twice_reads_once() -> None:
    client, key = lurah(), str(uuid4())
    answers = [upload(client, xlsx(row(1)), form_key=key)["Location"] for _ in range(2)]
    assert len(set(answers)) == 1
    assert ProposalList.objects.count() == 1


def test_the_same_file_is_confirmed_once() -> None:
    client, content = lurah(), xlsx(row(1))
    first, second = staged(client, content), staged(client, content)
    assert confirm(client, first).status_code == 302
    assert confirm(client, second).status_code == 409
    answer = upload(client, content)
    assert answer.status_code == 422
    assert "sudah dikonfirmasi pada" in beside(answer, "file")
    assert Proposal.objects.open().count() == 1


def test_what_was_proposed_in_between_stops_the_whole_list() -> None:
    client = lurah()
    one = staged(client, xlsx(row(1), row(2)))
    a_proposal(SIBLING_RT)
    answer = confirm(client, one)
    assert answer.status_code == 409
    assert "RT 002, Kel. Sepinggan" in shown(answer)
    assert Proposal.objects.open().count() == 1
    one.refresh_from_db()
    assert one.confirmed_at is None


def test_a_list_ends_with_the_post() -> None:
    user = factories.user_with((Role.LURAH, KELURAHAN), (Role.KETUA_RT, SIBLING_RT))
    client = factories.client_of(user)
    one = staged(client, xlsx(row(1)))
    Post.objects.filter(user=user, role=Role.LURAH).update(until=today(), ending="ended")
    assert confirm(client, one).status_code == 403
    assert not Proposal.objects.open().exists()


def test_an_administrator_brings_the_whole_city_on_a_letter() -> None:
    client = administrator()
    rows = [row(1), row(2), row(1, **FOREIGN, phone="080001000009")]
    answer = upload(client, xlsx(*rows))
    assert set(in_summary(answer)) == {
        "letter_number",
        "letter_date",
        "letter_issuer",
        "letter_scan",
    }
    one = staged(client, xlsx(*rows), **letter())
    assert "Kel. Manggar: 1 orang" in shown(client.get(f"{ADD}{one.pk}/"))
    assert confirm(client, one).status_code == 302
    mandate = Mandate.objects.get(kind="proposal")
    assert set(Proposal.objects.open().values_list("area_id", "mandate")) == {
        (RT, mandate.pk),
        (SIBLING_RT, mandate.pk),
        (factories.FOREIGN_RT, mandate.pk),
    }


LURAH_HEADS = (*HEADS, "Definitif/Plt.", "NIP", "Pangkat")


def lurah_row(**changes: Any) -> list[Any]:
    return [*row(1, rt="", **changes), "Plt.", "990000000000000001", "Penata (III/c)"]


@pytest.mark.parametrize("role", [Role.CAMAT, Role.ADMINISTRATOR])
def test_lurahs_are_listed_by_those_above_them(role: Role) -> None:
    client, more = (camat(), {}) if role == Role.CAMAT else (administrator(), letter())
    [judged] = rows_of(staged(client, xlsx(lurah_row(), heads=LURAH_HEADS), **more))
    assert judged.errors == []
    assert [judged.fields[name] for name in ("role", "kind", "nip")] == [
        "lurah",
        "plt",
        "990000000000000001",
    ]


def test_each_lists_only_the_offices_below() -> None:
    [judged] = read_back(lurah(), row(rt=""))
    assert judged.errors == ["Isi nomor RT-nya."]
    [judged] = read_back(camat(), row())
    assert judged.errors == ["Kosongkan RT: ini daftar Lurah."]


def test_a_row_of_another_area_is_rejected() -> None:
    [judged] = read_back(lurah(), row(**FOREIGN))
    assert judged.errors == ["Kelurahan “Manggar” tidak ada di wilayah usulan ini."]


@pytest.mark.parametrize("role", Role)
def test_who_may_upload(role: Role) -> None:
    client = factories.client_of(factories.user_as(role))
    allowed = role in (Role.LURAH, Role.CAMAT, Role.ADMINISTRATOR)
    for url in (ADD, TEMPLATE):
        assert client.get(url).status_code == (200 if allowed else 403)
    if not allowed:
        assert upload(client, xlsx(row())).status_code == 403


def test_a_list_is_nobody_elses() -> None:
    one = staged(lurah(), xlsx(row(1), row(9)))
    others = (
        lurah("64.71.01.1001"),
        camat(),
        administrator(),
        factories.client_of(factories.user_with((Role.LURAH, KELURAHAN, "plt"))),
    )
    for client in others:
        assert client.get(f"{ADD}{one.pk}/").status_code == 404
        assert client.get(f"{ADD}{one.pk}/ditolak/").status_code == 404
        assert confirm(client, one).status_code == 404


def test_rejected_rows_come_back_with_reasons_and_without_formulas() -> None:
    client = lurah()
    names = ("=HYPERLINK(1)", "+cmd", "-1+1", "@SUM(A1)")
    rows = [row(n, full_name=name) for n, name in enumerate(names, start=3)]
    one = staged(client, as_text(xlsx(row(1), *rows)))
    assert (one.accepted, one.rejected) == (1, 4)
    answer = client.get(f"{ADD}{one.pk}/ditolak/")
    heads, *lines = opened(answer.content)
    assert heads[-2:] == ("Baris", "Alasan ditolak")
    assert [line[2] for line in lines] == list(names)
    assert all(lines[n][-1] for n in range(4))
    assert lines[0][4] == "080001000003"
    assert Access.objects.get(kind="export").subject == f"accounts.proposallist:{one.pk}"
    again = rows_of(staged(client, answer.content))
    assert [judged.cells["rt"] for judged in again] == ["003", "004", "005", "006"]


def test_the_lurahs_template_holds_what_is_missing() -> None:
    factories.holder(Role.KETUA_RT, RT)
    client = lurah()
    answer = client.get(TEMPLATE)
    heads, *lines = opened(answer.content)
    assert heads == HEADS
    assert [line[:2] for line in lines] == [("Sepinggan", "002")]
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert (sheet["E2"].number_format, sheet["F2"].number_format) == ("@", "@")
    refused = upload(client, answer.content)
    assert "belum diisi" in beside(refused, "file")


def test_the_administrators_templates_hold_the_city() -> None:
    client = administrator()
    _, *rts = opened(client.get(TEMPLATE).content)
    assert {line[0] for line in rts} == {"Manggar", "Lamaru", "Sepinggan", "Gunung Bahagia"}
    answer = client.get(TEMPLATE, {"jabatan": "lurah"})
    _, *lines = opened(answer.content)
    assert sorted(line[:2] for line in lines)[0] == ("Gunung Bahagia", "Definitif")
    assert len(lines) == 4
    choices = load_workbook(io.BytesIO(answer.content)).worksheets[0].data_validations
    assert {one.formula1 for one in choices.dataValidation} == {
        '"Definitif,Plt."',
        "Kelurahan!$A$1:$A$4",
    }


@pytest.mark.parametrize("wanted", ["lurah", "camat", "x"])
def test_a_template_for_another_office_is_missing(wanted: str) -> None:
    assert lurah().get(TEMPLATE, {"jabatan": wanted}).status_code == 404


def test_a_filled_template_is_read() -> None:
    client = lurah()
    book = load_workbook(io.BytesIO(client.get(TEMPLATE).content))
    for number, value in enumerate(row(1)[2:], start=3):
        book.worksheets[0].cell(2, number).value = value
    [judged] = rows_of(staged(client, saved(book)))
    assert (judged.errors, judged.fields["area"]) == ([], RT)


def test_a_shared_telephone_is_told_before_those_without_surel() -> None:
    client = lurah()
    without = [row(number, email="tidak punya") for number in (1, 2)]
    without[1][KEYS.index("phone")] = the_administrator().login_phone
    page = shown(client.get(f"{ADD}{staged(client, xlsx(*without)).pk}/"))
    assert page.index("Baris 3") < page.index("Baris 2")


def test_the_template_leaves_out_who_is_proposed_already() -> None:
    client = lurah()
    a_proposal(RT)
    assert [line[1] for line in opened(client.get(TEMPLATE).content)[1:]] == ["002"]


def test_one_who_proposes_and_issues_is_not_told_of_each() -> None:
    client, user = administrator(), the_administrator()
    confirm(client, staged(client, xlsx(row(1), row(2)), **letter()))
    issue([one.pk for one in Proposal.objects.open()], user, uuid4())
    told = Notice.objects.filter(recipient=user, kind__startswith="proposal_")
    assert not told.exists()
