"""An account's own page: what it shows to whom, and the steps that it offers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from accounts.closing.workflow import close
from accounts.login.models import SignIn, User
from accounts.posts.ending import end_post
from accounts.posts.models import Post
from accounts.proposals.models import Proposal
from accounts.rules import Role
from tests.officials import (
    FOREIGN_RT,
    KELURAHAN,
    RT,
    client_of,
    holder,
    post_of,
    user_as,
    user_with,
)
from wacat.clock import now, today
from wacat.workflow import Move

pytestmark = pytest.mark.django_db
PHONE, EMAIL = "080000123456", "budi@contoh.test"
CONTACTS = (PHONE, EMAIL)


@pytest.fixture
def budi() -> User:
    return user_with(
        (Role.KETUA_RT, RT),
        full_name="Budi Hartono",
        username=PHONE,
        login_phone=PHONE,
        phone=PHONE,
        email=EMAIL,
        nip="",
    )


def address(person: User) -> str:
    return reverse("account_detail", args=[person.pk])


def page(viewer: User, person: User) -> Any:
    response = client_of(viewer).get(address(person))
    assert response.status_code == 200
    return response


def steps(viewer: User, person: User) -> set[str]:
    """The names of the addresses that the page offers."""
    context = page(viewer, person).context
    urls = {step.url for step in context["steps"]}
    return urls | {step.url for post in context["posts"] for step in post["steps"]}


def url(name: str, key: int) -> str:
    return reverse(name, args=[key])


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.LURAH, True), (Role.ADMINISTRATOR, True), (Role.CAMAT, False)]
)
def test_contacts_are_for_who_proposes_for_the_office(role: str, shown: bool, budi: User) -> None:
    text = unquote(page(user_as(role), budi).content.decode())
    assert "Budi Hartono" in text
    assert all((contact in text) is shown for contact in CONTACTS)
    assert ("https://wa.me/6280000123456?text=" in text) is shown


def test_a_lurahs_contacts_are_the_camats_business() -> None:
    lurah = user_with((Role.LURAH, KELURAHAN), phone=PHONE, email=EMAIL)
    assert PHONE in page(user_as(Role.CAMAT), lurah).content.decode()


def test_staff_were_never_proposed_by_the_lurah() -> None:
    staff = user_with((Role.PETUGAS_KELURAHAN, KELURAHAN), phone=PHONE, email=EMAIL)
    assert PHONE not in page(user_as(Role.LURAH), staff).content.decode()


def test_contacts_of_who_left_are_the_lurahs_no_more(budi: User) -> None:
    lurah = user_as(Role.LURAH)
    assert PHONE in page(lurah, budi).content.decode()
    end_post(Post.objects.get(user=budi), today(), Post.Ending.ENDED, lurah)
    response = page(lurah, budi)
    assert "Jabatan berakhir" in response.content.decode()
    assert PHONE not in response.content.decode()
    assert not response.context["use"]
    assert steps(lurah, budi) == set()


def test_posts_out_of_reach_are_not_told(budi: User) -> None:
    post_of(budi, Role.KETUA_RT, FOREIGN_RT)
    assert len(page(user_as(Role.LURAH), budi).context["posts"]) == 1
    assert len(page(user_as(Role.ADMINISTRATOR), budi).context["posts"]) == 2


def test_accounts_out_of_reach_do_not_exist() -> None:
    far, lurah = user_with((Role.KETUA_RT, FOREIGN_RT)), user_as(Role.LURAH)
    answers = [
        client_of(lurah).get(path)
        for path in (address(far), reverse("account_detail", args=[987_654_321]))
    ]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_the_lurahs_steps(budi: User) -> None:
    post = Post.objects.get(user=budi)
    assert steps(user_as(Role.LURAH), budi) == {
        url("password_renew", budi.pk),
        url("breach_report", budi.pk),
        f"{reverse('proposal_rt_add')}?area={post.area_id}",
    }


def test_the_administrators_steps(budi: User) -> None:
    administrator, post = user_as(Role.ADMINISTRATOR), Post.objects.get(user=budi)
    rest = {url("post_end", post.pk), f"{reverse('proposal_rt_add')}?area={post.area_id}"}
    assert steps(administrator, budi) == rest | {
        url("password_renew", budi.pk),
        url("account_close", budi.pk),
    }
    closing = {"kind": "safeguard", "reason": "Ponsel hilang."}
    close(budi.pk, Move(administrator, closing))
    assert steps(administrator, budi) == rest | {url("account_reopen", budi.pk)}


def test_the_camats_steps(budi: User) -> None:
    camat, lurah = user_as(Role.CAMAT), holder(Role.LURAH, KELURAHAN)
    assert steps(camat, lurah) == {f"{reverse('proposal_lurah_add')}?area={KELURAHAN}"}
    assert steps(camat, budi) == set()


@pytest.mark.parametrize("role", [Role.LURAH, Role.ADMINISTRATOR])
def test_nobody_is_offered_to_lock_himself_out(role: str) -> None:
    user = user_as(role)
    assert not {url("password_renew", user.pk), url("account_close", user.pk)} & steps(user, user)


def test_what_is_offered_opens(budi: User) -> None:
    for role in (Role.LURAH, Role.ADMINISTRATOR, Role.CAMAT):
        viewer = user_as(role)
        client: Client = client_of(viewer)
        for person in (budi, holder(Role.LURAH, KELURAHAN)):
            for step in steps(viewer, person):
                assert client.get(step).status_code == 200, (role, step)


def test_sign_ins_are_the_administrators_business(budi: User) -> None:
    for weeks, device in ((1, "Peramban uji"), (9, "Peramban lama")):
        moment = now() - timedelta(weeks=weeks)
        SignIn.objects.create(user=budi, way="password", succeeded=True, device=device, at=moment)
    seen = page(user_as(Role.ADMINISTRATOR), budi).content.decode()
    assert "Peramban uji" in seen
    assert "Peramban lama" not in seen
    assert "Peramban" not in page(user_as(Role.LURAH), budi).content.decode()


def test_the_reason_of_a_closing_is_the_administrators_business(budi: User) -> None:
    administrator = user_as(Role.ADMINISTRATOR)
    close(budi.pk, Move(administrator, {"kind": "safeguard", "reason": "Ponsel hilang."}))
    assert "Ponsel hilang." in page(administrator, budi).content.decode()
    seen = page(user_as(Role.LURAH), budi).content.decode()
    assert "Nonaktif" in seen
    assert "Dinonaktifkan" in seen
    assert "Ponsel hilang." not in seen


def test_what_a_post_rests_on_is_told(budi: User) -> None:
    lurah = user_as(Role.LURAH)
    proposal = Proposal.objects.get(post__user=budi)
    text = page(lurah, budi).content.decode()
    assert proposal.decree_number in text
    assert reverse("proposal_rt", args=[proposal.pk]) in text
    staff = user_with((Role.PETUGAS_KELURAHAN, KELURAHAN))
    assert "Surat tugas 800/1/UJI" in page(lurah, staff).content.decode()
    camat = page(user_as(Role.CAMAT), budi).content.decode()
    assert reverse("proposal_rt", args=[proposal.pk]) not in camat


def test_the_message_by_hand_says_a_name_and_where_the_portal_is(budi: User) -> None:
    text = page(user_as(Role.LURAH), budi).content.decode()
    start = text.index("https://wa.me/")
    link = unquote(text[start : text.index('"', start)])
    assert "Budi Hartono" in link
    assert "http://testserver/" in link
    assert not any(word in link for word in (RT, EMAIL, "Sepinggan"))
    assert 'rel="noopener noreferrer"' in text
