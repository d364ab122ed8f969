"""The contact page: the offices of Perwali 33/2020 Pasal 7 to 10, and whom the locked-out ask."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.contacts.arranging import add, move
from accounts.contacts.demo import load_demo_contacts
from accounts.contacts.models import ContactOffice
from accounts.contacts.offices import default_offices, load_offices, whom_to_ask
from accounts.rules import Role
from tests.officials import client_of, user_as
from tests.residents.at_once import at_once

LIST = "/kontak/"


@pytest.fixture
def boss(db: None) -> Client:
    return client_of(user_as(Role.ADMINISTRATOR))


def form(**changes: Any) -> dict[str, Any]:
    return {
        "office": "Kepala UPT Contoh",
        "duty": "Membantu pengguna",
        "holder": "Pejabat Contoh",
        "phone": "(0800) 123 456",
        "email": "upt@contoh.invalid",
        "hours": "Senin sampai Jumat",
        "key": str(uuid4()),
        **changes,
    }


def listed() -> list[str]:
    return [office.office for office in ContactOffice.objects.all()]


def address(name: str, office: ContactOffice) -> str:
    return reverse(name, args=[office.pk])


def test_the_regulation_names_the_offices_and_nobody_is_invented() -> None:
    offices = default_offices()
    assert [one.position for one in offices] == [1, 2, 3, 4, 5, 6]
    said = " ".join(one.office + one.duty for one in offices)
    for words in ("Kepala Disdukcapil", "Sekretaris", "Kepala Bidang", "Kepala Seksi", "Pranata"):
        assert words in said
    assert {(one.holder, one.phone, one.email) for one in offices} == {("", "", "")}
    for one in offices:
        one.full_clean(validate_unique=False)


@pytest.mark.django_db
def test_offices_are_loaded_once() -> None:
    call_command("load_contacts", verbosity=0)
    assert len(listed()) == 6
    ContactOffice.objects.filter(position=1).update(holder="Pejabat Contoh")
    assert load_offices() == 0
    assert ContactOffice.objects.get(position=1).holder == "Pejabat Contoh"


@pytest.mark.django_db
def test_the_demo_tells_telephones_that_nobody_has() -> None:
    user_as(Role.PIMPINAN)
    assert load_demo_contacts() == 6
    assert load_demo_contacts() == 0
    for office in ContactOffice.objects.all():
        assert office.phone.startswith("0800")
        assert office.email.endswith(".invalid")


@pytest.mark.django_db
def test_the_locked_out_are_told_whom_they_can_reach() -> None:
    assert [one.office for one in whom_to_ask()] == [one.office for one in default_offices()]
    load_offices()
    assert len(whom_to_ask()) == 6
    ContactOffice.objects.filter(position=3).update(phone="0800 1")
    ContactOffice.objects.filter(position=5).update(email="a@contoh.invalid")
    assert [one.position for one in whom_to_ask()] == [3, 5]


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_everybody_reads_the_page(role: str) -> None:
    load_demo_contacts()
    page = client_of(user_as(role)).get(LIST)
    text = page.content.decode()
    assert page.status_code == 200
    assert 'href="tel:08000000' in text
    assert 'href="mailto:kontak1@contoh.invalid"' in text
    assert ("/ubah/" in text) == (role == Role.ADMINISTRATOR)


@pytest.mark.django_db
def test_a_page_without_contacts_still_names_the_offices(boss: Client) -> None:
    for client in (boss, client_of(user_as(Role.KETUA_RT))):
        assert "Kepala Disdukcapil" in client.get(LIST).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", set(Role) - {Role.ADMINISTRATOR})
def test_only_the_administrator_changes_it(role: str) -> None:
    load_offices()
    office, client = ContactOffice.objects.all()[0], client_of(user_as(role))
    names = ("contact_edit", "contact_delete", "contact_move")
    for path in [reverse("contact_add"), *(address(name, office) for name in names)]:
        assert client.get(path).status_code == 403
        assert client.post(path, form()).status_code == 403
    assert len(listed()) == 6


def test_an_office_is_added_below_the_others_and_once(boss: Client) -> None:
    data = form()
    answers = [boss.post(reverse("contact_add"), data) for _ in range(2)]
    assert [one["Location"] for one in answers] == [LIST, LIST]
    assert listed()[-1] == "Kepala UPT Contoh"
    assert len(listed()) == 7
    shown = boss.get(LIST).content.decode()
    assert 'href="tel:0800123456"' in shown


def test_one_form_sent_twice_at_once_adds_one(committed_db: None) -> None:
    load_offices()
    key = uuid4()
    at_once(*[lambda: add(ContactOffice(office="Baru", duty="Uji"), key)] * 4)
    assert listed().count("Baru") == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("office", ""),
        ("duty", " "),
        ("phone", "hubungi saja"),
        ("phone", "javascript:alert(1)"),
        ("email", "bukan surel"),
        ("duty", "x" * 161),
    ],
)
def test_a_wrong_field_is_told_and_the_rest_is_kept(boss: Client, field: str, value: str) -> None:
    response = boss.post(reverse("contact_add"), form(**{field: value}))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Pejabat Contoh" in response.content.decode()
    assert listed() == []


@pytest.mark.parametrize("phone", ["0542-123456", "(0542) 123 456", "+62 542 123456", "112", ""])
def test_telephones_are_written_as_people_write_them(boss: Client, phone: str) -> None:
    assert boss.post(reverse("contact_add"), form(phone=phone)).status_code == 302


def test_an_office_is_changed(boss: Client) -> None:
    load_offices()
    office = ContactOffice.objects.get(position=2)
    assert office.office in boss.get(address("contact_edit", office)).content.decode()
    assert boss.post(address("contact_edit", office), form(key="")).status_code == 302
    office.refresh_from_db()
    assert (office.office, office.position) == ("Kepala UPT Contoh", 2)
    assert boss.post(address("contact_edit", office), form(office="")).status_code == 422


def test_an_office_is_removed_after_asking_and_twice_is_no_mistake(boss: Client) -> None:
    load_offices()
    office = ContactOffice.objects.get(position=2)
    path = address("contact_delete", office)
    assert office.office in boss.get(path).content.decode()
    assert len(listed()) == 6
    assert [boss.post(path)["Location"] for _ in range(2)] == [LIST, LIST]
    assert list(ContactOffice.objects.values_list("position", flat=True)) == [1, 2, 3, 4, 5]
    assert boss.get(path).status_code == 404


def test_an_office_is_put_at_a_place_and_twice_is_the_same(boss: Client) -> None:
    load_offices()
    before = listed()
    office = ContactOffice.objects.get(position=3)
    context = boss.get(address("contact_edit", office)).context
    assert (context["before"], context["after"]) == (2, 4)
    for _ in range(2):
        assert boss.post(address("contact_move", office), {"place": "2"}).status_code == 302
        assert listed() == [before[0], before[2], before[1], *before[3:]]
    move(office.pk, 99)
    assert listed()[-1] == before[2]
    move(office.pk, 0)
    assert listed()[0] == before[2]


def test_what_is_no_place_is_refused(boss: Client) -> None:
    load_offices()
    office = ContactOffice.objects.get(position=3)
    path = address("contact_move", office)
    for place in ("", "x", "-1", "٣", "1" * 20):
        assert boss.post(path, {"place": place}).status_code == 400
    office.pk = 987_654
    assert boss.post(address("contact_move", office), {"place": "1"}).status_code == 404
    assert boss.get(path).status_code == 405


def test_a_long_page_costs_no_more_questions(boss: Client) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            boss.get(LIST)
        return len(asked)

    load_offices()
    few = questions()
    for number in range(40):
        add(ContactOffice(office=f"Kantor {number}", duty="Uji"), uuid4())
    assert questions() == few <= 12
