"""Offices by letter: to whom, where, from when, once; the letter kept, and seen by few."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.audit.models import Access
from accounts.issuing.models import SlipSheet
from accounts.login.models import User
from accounts.posts.models import Mandate, Post
from accounts.rules import ASSIGNED_ROLES, Action, Role
from accounts.scope import may
from tests import factories
from tests.officials import SECRETARY, post_of
from wacat.clock import today

pytestmark = pytest.mark.django_db
ADDRESS = "/akun/jabatan/tambah/"
ONE = timedelta(days=1)
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\nstartxref\n9\n%%EOF\n"
PERSON = {
    "person": "new",
    "full_name": "Sri Contoh Wahyuni",
    "email": "sri@example.id",
    "phone": "0800 0000 9001",
    "nip": "990000000000000001",
    "rank": "Penata (III/c)",
}


@pytest.fixture
def administrator() -> User:
    return factories.user_as(Role.ADMINISTRATOR)


@pytest.fixture
def client(administrator: User) -> Client:
    return factories.client_of(administrator)


def data(office: str = Role.OPERATOR, area: str = "", **changes: Any) -> dict[str, Any]:
    """What a browser posts."""
    return {
        "office": office,
        "key": str(uuid4()),
        "area": area or factories.area_for(office),
        "starts": today().isoformat(),
        "letter_number": "800/17/DISDUKCAPIL",
        "letter_date": today().isoformat(),
        "letter_issuer": "Kepala Disdukcapil",
        "letter_scan": SimpleUploadedFile("surat.pdf", PDF),
        **({"own_title": SECRETARY} if office == Role.PENANDA_TANGAN else {}),
        **PERSON,
        **changes,
    }


def known(user: User) -> dict[str, Any]:
    """The fields for somebody who has an account."""
    blank = dict.fromkeys(PERSON, "")
    return {**blank, "person": "known", "account": user.username}


def plh(**changes: Any) -> dict[str, Any]:
    until = (today() + 30 * ONE).isoformat()
    return data("plh_lurah", **{"area": factories.KELURAHAN, "until": until, **changes})


def the_post() -> Post:
    post: Post = Post.objects.latest("pk")
    return post


@pytest.mark.parametrize("role", ASSIGNED_ROLES)
def test_a_letter_gives_each_assigned_office_to_a_new_person(client: Client, role: Role) -> None:
    response = client.post(ADDRESS, data(role))
    post = the_post()
    sheet = SlipSheet.objects.get()
    assert response["Location"] == reverse("slip_sheet", args=[sheet.pk])
    assert (post.role, post.kind, post.starts, post.until) == (role, "definitif", today(), None)
    assert post.area_id == factories.area_for(role)
    user = post.user
    assert (user.username, user.login_phone) == ("080000009001", "080000009001")
    assert (user.full_name, user.email) == (PERSON["full_name"], PERSON["email"])
    assert (user.nip, user.rank) == (PERSON["nip"], PERSON["rank"])
    assert not user.has_own_password
    assert [one.user for one in sheet.entries.all()] == [user]
    assert list(user.notices.values_list("kind", flat=True)) == ["account_issued"]


def test_the_letter_is_recorded_with_its_scan(client: Client, administrator: User) -> None:
    client.post(ADDRESS, data(letter_number="800/18/X"))
    letter = the_post().mandate
    assert letter is not None
    assert (letter.kind, letter.number) == ("assignment", "800/18/X")
    assert letter.recorded_by == administrator
    assert letter.scan.startswith("mandates/")
    page = client.get(reverse("mandate_scan", args=[letter.pk]))
    assert page.content == PDF
    assert page["Content-Disposition"].startswith("attachment")
    seen = Access.objects.get(kind="download")
    assert (seen.actor, seen.subject) == (administrator, f"accounts.mandate:{letter.pk}")
    assert seen.area_id == factories.CITY_CODE


def test_a_letter_without_scan_and_one_that_nothing_rests_on_are_missing(
    client: Client, administrator: User
) -> None:
    bare = post_of(administrator, Role.OPERATOR, factories.CITY_CODE).mandate
    loose = Mandate.objects.create(
        kind="assignment", number="1", date=today(), issuer="X", recorded_by=administrator, scan="x"
    )
    assert bare is not None
    for letter in (bare, loose):
        assert client.get(reverse("mandate_scan", args=[letter.pk])).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_the_administrator_gives_offices_and_reads_letters(role: str) -> None:
    other = factories.client_of(factories.user_as(role))
    letter = (
        Mandate.objects.first()
        or post_of(factories.user_with(), Role.OPERATOR, factories.CITY_CODE).mandate
    )
    assert letter is not None
    assert other.get(ADDRESS).status_code == 403
    assert other.post(ADDRESS, data()).status_code == 403
    assert other.get(reverse("mandate_scan", args=[letter.pk])).status_code == 403


def test_the_same_form_sent_twice_gives_one_office(client: Client) -> None:
    first, again = (client.post(ADDRESS, {**data(), "key": KEY}) for _ in range(2))
    assert first["Location"] == again["Location"]
    assert User.objects.filter(full_name=PERSON["full_name"]).count() == 1
    assert SlipSheet.objects.count() == 1
    somebody = factories.user_as(Role.KETUA_RT)
    key = str(uuid4())
    for _ in range(2):
        response = client.post(ADDRESS, data(key=key, **known(somebody)))
        assert response["Location"] == reverse("account_detail", args=[somebody.pk])
    assert somebody.posts.count() == 2


KEY = str(uuid4())


def test_an_office_is_added_to_what_somebody_holds(client: Client) -> None:
    clerk = factories.user_as(Role.PETUGAS_KELURAHAN)
    client.post(ADDRESS, data(Role.OPERATOR, **known(clerk)))
    assert {post.role for post in clerk.posts.all()} == {Role.PETUGAS_KELURAHAN, Role.OPERATOR}
    assert clerk.has_own_password
    assert not SlipSheet.objects.exists()


def test_a_phone_that_somebody_logs_in_with_is_not_taken_away(client: Client) -> None:
    first = factories.user_with(
        (Role.OPERATOR, factories.CITY_CODE), username="080000009001", login_phone="080000009001"
    )
    page = client.post(ADDRESS, data(Role.PETUGAS_KELURAHAN), follow=True)
    user = the_post().user
    assert user != first
    assert (user.username, user.login_phone) == ("petugas_kelurahan.sepinggan", None)
    assert "sudah dipakai akun lain" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"full_name": ""}, "full_name"),
        ({"email": ""}, "email"),
        ({"email": "bukan"}, "email"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"nip": "123"}, "nip"),
        ({"person": ""}, "person"),
        ({"area": factories.KELURAHAN}, "area"),
        ({"area": "64.99"}, "area"),
        ({"starts": ""}, "starts"),
        ({"until": "2001-01-01"}, "until"),
        ({"letter_number": ""}, "letter_number"),
        ({"letter_date": "2999-01-01"}, "letter_date"),
        ({"letter_issuer": ""}, "letter_issuer"),
        ({"letter_scan": ""}, "letter_scan"),
        ({"letter_scan": SimpleUploadedFile("a.pdf", b"MZ")}, "letter_scan"),
        ({"person": "known", "account": ""}, "account"),
        ({"person": "known", "account": "tidak.ada"}, "account"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_done(
    client: Client, changes: dict[str, Any], wrong: str
) -> None:
    before = (User.objects.count(), Mandate.objects.count())
    response = client.post(ADDRESS, data(**changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [wrong]
    assert "800/17/DISDUKCAPIL" in response.content.decode() or wrong == "letter_number"
    assert (User.objects.count(), Mandate.objects.count()) == before


def test_neither_oneself_nor_a_closed_account_is_given_an_office(
    client: Client, administrator: User
) -> None:
    closed = factories.user_as(Role.PETUGAS_KELURAHAN)
    User.objects.filter(pk=closed.pk).update(status="inactive")
    for user in (administrator, closed):
        response = client.post(ADDRESS, data(**known(user)))
        assert list(response.context["form"].errors) == ["account"]
        assert user.posts.count() == 1


def test_lurah_and_ketua_rt_are_not_to_be_had_here(client: Client) -> None:
    for office in (Role.LURAH, Role.KETUA_RT, "", "raja"):
        assert client.post(ADDRESS, {**data(), "office": office}).status_code == 400
    assert client.get(ADDRESS, {"office": "lurah"}).status_code == 400


def test_the_pages_offer_what_fits(client: Client) -> None:
    first = client.get(ADDRESS).content.decode()
    for role in ASSIGNED_ROLES:
        assert role.label in first
    form = client.get(ADDRESS, {"office": "camat"}).context["form"]
    assert {area.code for area in form.fields["area"].queryset} == {"64.71.01", "64.71.05"}
    city = client.get(ADDRESS, {"office": "operator"}).context["form"]
    assert city.fields["area"].initial.code == factories.CITY_CODE


def test_a_camat_hands_over_on_the_day_the_new_one_begins(client: Client) -> None:
    old = factories.user_as(Role.CAMAT)
    day = today() + 10 * ONE
    assert client.post(ADDRESS, data(Role.CAMAT, starts=day.isoformat())).status_code == 302
    new = the_post().user
    for when, holder in ((today(), old), (day - ONE, old), (day, new)):
        with factories.on_day(when):
            for user in (old, new):
                power = may(User.objects.get(pk=user.pk), Action.LURAH_PROPOSE)
                assert power is (user == holder), when
    assert old.posts.get().ending == "handover"


def test_a_camat_who_begins_before_one_already_named_is_refused(client: Client) -> None:
    factories.user_as(Role.CAMAT)
    client.post(ADDRESS, data(Role.CAMAT, starts=(today() + 10 * ONE).isoformat()))
    other = {"phone": "080000009002", "full_name": "Orang Lain"}
    response = client.post(ADDRESS, data(Role.CAMAT, **other))
    assert response.status_code == 422
    assert not User.objects.filter(full_name="Orang Lain").exists()


def test_a_day_that_is_past_counts_as_today(client: Client) -> None:
    client.post(ADDRESS, data(starts="2020-01-01"))
    assert the_post().starts == today()


def test_an_office_with_an_end_is_held_to_the_day_before(client: Client) -> None:
    day = today() + 5 * ONE
    client.post(ADDRESS, data(until=day.isoformat()))
    user = the_post().user
    for when, holds in ((day - ONE, True), (day, False)):
        with factories.on_day(when):
            assert may(User.objects.get(pk=user.pk), Action.RESIDENT_JUDGE) is holds


def test_the_camats_letter_makes_a_plh_beside_the_lurah(client: Client) -> None:
    lurah, clerk = (factories.user_as(role) for role in (Role.LURAH, Role.PETUGAS_KELURAHAN))
    assert client.post(ADDRESS, plh(**known(clerk))).status_code == 302
    post = the_post()
    assert (post.role, post.kind, post.ending) == (Role.LURAH, "plh", "delegation")
    assert post.mandate is not None
    assert post.mandate.kind == "acting"
    for user in (lurah, clerk):
        assert may(User.objects.get(pk=user.pk), Action.LETTER_DECIDE)


def test_a_plh_has_an_end_and_is_the_only_one_on_its_days(client: Client) -> None:
    assert list(client.post(ADDRESS, plh(until="")).context["form"].errors) == ["until"]
    assert client.post(ADDRESS, plh()).status_code == 302
    late = (today() + 60 * ONE).isoformat()
    other = {"phone": "080000009002", "full_name": "Orang Lain", "until": late}
    response = client.post(ADDRESS, plh(**other, starts=(today() + 29 * ONE).isoformat()))
    assert response.status_code == 422
    assert "sudah dipegang" in response.content.decode()
    after = client.post(ADDRESS, plh(**other, starts=(today() + 30 * ONE).isoformat()))
    assert after.status_code == 302


def test_a_second_factor_is_asked_of_whom_the_office_demands_it(client: Client) -> None:
    client.post(ADDRESS, data(Role.ADMINISTRATOR))
    user = User.objects.get(pk=the_post().user_id)
    assert user.needs_second_factor
    assert not user.has_second_factor


def test_a_date_far_away_needs_no_wonder(client: Client) -> None:
    assert client.post(ADDRESS, data(starts=date(2999, 1, 1).isoformat())).status_code == 302
