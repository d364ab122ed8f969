"""Who signs in the Lurah's name: by a letter, under a title of one's own, with letters alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.handover.delegating import candidates, delegate
from accounts.login.models import User
from accounts.menu import MAIN, OF_ACCOUNTS, OF_LETTERS, pages_for
from accounts.posts.models import Post
from accounts.rules import Action, Role
from accounts.scope import may
from tests import factories
from tests.accounts.test_directory import sheet_rows
from tests.accounts.test_posts_appoint import ADDRESS, data, known, the_post
from tests.factories import KELURAHAN
from tests.officials import post_of
from tests.residents.pages import shown
from wacat.clock import today

pytestmark = pytest.mark.django_db
SIGNING = Role.PENANDA_TANGAN
TITLE = "Kepala Seksi Pemerintahan"
LABEL = "Kepala Seksi Pemerintahan Sepinggan, a.n. Lurah"


@pytest.fixture
def client() -> Client:
    return factories.client_of(factories.user_as(Role.ADMINISTRATOR))


def signing(**changes: Any) -> dict[str, Any]:
    return data(SIGNING, **{"own_title": TITLE, **changes})


def test_the_letter_gives_the_post_with_its_title(client: Client) -> None:
    response = client.post(ADDRESS, signing())
    assert response.status_code == 302
    post = the_post()
    assert (post.role, post.area_id, post.own_title) == (SIGNING, KELURAHAN, TITLE)
    assert post.title == "Kepala Seksi Pemerintahan, a.n. Lurah"
    assert post.label == str(post) == LABEL
    assert post.mandate is not None
    assert post.mandate.kind == "assignment"
    [notice] = post.user.notices.all()
    assert notice.values["title"] == post.title


def test_a_kelurahan_may_have_several(client: Client) -> None:
    clerks = [factories.user_as(Role.PETUGAS_KELURAHAN) for _ in range(2)]
    for clerk, title in zip(clerks, ("Sekretaris Lurah", TITLE), strict=True):
        answer = client.post(ADDRESS, signing(own_title=title, **known(clerk)))
        assert answer.status_code == 302
    titles = Post.objects.today().filter(role=SIGNING, area=KELURAHAN).order_by("pk")
    assert list(titles.values_list("own_title", flat=True)) == ["Sekretaris Lurah", TITLE]
    twice = client.post(ADDRESS, signing(own_title="Lain", **known(clerks[0])))
    assert twice.status_code == 422


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("", "tidak boleh kosong"),
        ("   ", "tidak boleh kosong"),
        ("x" * 61, "60"),
        ("a.n. Lurah", "baris atasnya"),
        ("A.N Lurah Sekretaris", "baris atasnya"),
        ("atas nama Lurah", "baris atasnya"),
        ("Sekretaris Lurah Sepinggan", "Tanpa nama kelurahan"),
        ("Sekretaris \u4e00", "tidak dapat dicetak"),
    ],
)
def test_a_title_that_cannot_be_printed_is_refused_beside_its_field(
    client: Client, title: str, said: str
) -> None:
    before = User.objects.count()
    answer = client.post(ADDRESS, signing(own_title=title))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["own_title"]
    assert said in str(answer.context["form"].errors["own_title"])
    assert "800/17/DISDUKCAPIL" in answer.content.decode()
    assert User.objects.count() == before


@pytest.mark.parametrize("title", ["Analis Kebijakan", "Anggota Sekretariat"])
def test_a_title_that_only_begins_alike_is_taken(client: Client, title: str) -> None:
    assert client.post(ADDRESS, signing(own_title=title)).status_code == 302
    assert the_post().own_title == title


def test_the_form_asks_for_a_title_only_where_one_signs_under_it(client: Client) -> None:
    for office, asked in ((SIGNING, True), (Role.CAMAT, False), ("plh_lurah", False)):
        page = client.get(ADDRESS, {"office": office}).content.decode()
        assert ('name="own_title"' in page) is asked, office
    client.post(ADDRESS, data(Role.PETUGAS_KELURAHAN, own_title=TITLE))
    assert the_post().own_title == ""


def test_the_database_wants_a_title_of_these_and_of_no_others() -> None:
    user = factories.user_as(SIGNING)
    own = user.posts.get()
    other = post_of(user, Role.PETUGAS_KELURAHAN, KELURAHAN)
    for post, title in ((own, ""), (other, TITLE)):
        with pytest.raises(IntegrityError, match="post_own_title"), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(own_title=title)


def test_the_post_is_told_wherever_posts_are(client: Client) -> None:
    client.post(ADDRESS, signing())
    user, lurah = the_post().user, factories.holder(Role.LURAH, KELURAHAN)
    for viewer in (factories.client_of(lurah), client):
        assert LABEL in shown(viewer.get("/akun/", {"peran": SIGNING}))
        assert LABEL in shown(viewer.get(f"/akun/{user.pk}/"))
        assert "Penanda tangan a.n. Lurah" in shown(viewer.get("/akun/"))
    [row] = sheet_rows(factories.client_of(lurah), peran=SIGNING)
    assert row["Jabatan"].value == "Kepala Seksi Pemerintahan, a.n. Lurah"
    own = factories.client_of(factories.user_as(SIGNING)).get("/")
    assert "Sekretaris Lurah Sepinggan, a.n. Lurah" in shown(own)


def test_they_have_letters_and_nothing_of_accounts(client: Client) -> None:
    user = factories.user_as(SIGNING)
    names = [label for _, label in pages_for(user, (*MAIN, *OF_LETTERS, *OF_ACCOUNTS))]
    everybodys = ["Pengumuman", "Panduan", "Bantuan"]
    assert names == [
        *("Beranda", "Warga", "Tempat kos", "Surat", "Rekap"),
        *everybodys,
        "Buku register",
    ]


def test_power_ends_with_the_post_and_the_letters_stay(client: Client) -> None:
    client.post(ADDRESS, signing())
    post = the_post()
    until = {"date": (today() + timedelta(days=2)).isoformat(), "reason": "Surat tugas dicabut."}
    assert client.post(f"/akun/jabatan/{post.pk}/akhiri/", until).status_code == 302
    for day, decides in ((1, True), (2, False)):
        with factories.on_day(today() + timedelta(days=day)):
            user = User.objects.get(pk=post.user_id)
            assert may(user, Action.LETTER_DECIDE) is decides


def test_whoever_signs_for_the_lurah_may_be_named_plh_and_is_both() -> None:
    lurah, secretary = factories.user_as(Role.LURAH), factories.user_as(SIGNING)
    [office] = lurah.todays_posts
    assert [post.user for post in candidates(office)] == [secretary]
    delegate(office, secretary, today(), today() + timedelta(days=3))
    held = User.objects.get(pk=secretary.pk).todays_posts
    assert sorted(post.title for post in held) == ["Plh. Lurah", "Sekretaris Lurah, a.n. Lurah"]
