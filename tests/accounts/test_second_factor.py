"""The second factor: set up, asked for, used once, kept by those who need it."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.db import connection
from django.test import Client

from accounts.login.models import SignIn, User
from accounts.notices.models import Notice
from accounts.rules import Role
from tests import factories
from tests.accounts.login_ways import give_code, is_in, log_in, told, totp
from tests.factories import PASSWORD
from tests.officials import TOTP_SECRET, user_with, with_second_factor

pytestmark = pytest.mark.django_db
SAFETY = "/saya/pengaman/"
APP, CODES = f"{SAFETY}aplikasi/", f"{SAFETY}kode/"
TOTP, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES


@pytest.fixture
def user() -> User:
    return user_with((Role.KETUA_RT, factories.RT))


@pytest.fixture
def operator() -> User:
    return factories.user_as(Role.OPERATOR)


def entered(user: User) -> Client:
    """A browser in which *user* has just logged in, with the second factor if there is one."""
    client = Client()
    if log_in(client, user.username)["Location"] == "/masuk/kode/":
        assert give_code(client, totp())["Location"] == "/"
    return client


def set_up(client: Client) -> tuple[str, Any]:
    """The secret that was handed to the app, and the answer to its first code."""
    secret = client.get(APP).context["form"].secret
    return secret, client.post(APP, {"code": totp(secret=secret)})


def recovery_codes(client: Client) -> list[str]:
    page = client.get(CODES).content.decode()
    return re.findall(r"<li>(\d{4} \d{4})</li>", page)


def kinds_told(user: User) -> list[str]:
    return list(Notice.objects.filter(recipient=user).values_list("kind", flat=True))


def test_after_the_password_the_code_is_asked_for(operator: User) -> None:
    client = Client()
    data = {"login": operator.username, "password": PASSWORD, "next": "/rekap/"}
    assert client.post("/masuk/", data)["Location"] == "/masuk/kode/"
    assert not is_in(client)
    assert not SignIn.objects.filter(succeeded=True).exists()
    assert client.get("/masuk/kode/")["Cache-Control"] == "no-store"
    assert give_code(client, totp())["Location"] == "/rekap/"
    assert is_in(client)
    assert SignIn.objects.get(user=operator).succeeded


def test_the_code_page_without_a_password_leads_to_the_login(client: Client) -> None:
    assert client.get("/masuk/kode/")["Location"] == "/masuk/"
    assert give_code(client, totp())["Location"] == "/masuk/"


def test_a_new_password_ends_what_waits_for_its_code(operator: User) -> None:
    client = Client()
    log_in(client, operator.username)
    operator.set_password("kuda laut merah besar")
    operator.save()
    assert give_code(client, totp())["Location"] == "/masuk/"
    assert not is_in(client)


def test_a_wrong_code_is_refused_and_noted(operator: User) -> None:
    client = Client()
    log_in(client, operator.username)
    answer = give_code(client, "000000")
    assert (answer.status_code, told(answer)[0][:11]) == (422, "Kode tidak ")
    assert not is_in(client)
    assert list(SignIn.objects.values_list("succeeded", flat=True)) == [False]


def test_a_code_is_good_once(operator: User) -> None:
    code = totp()
    first, second = Client(), Client()
    for one in (first, second):
        log_in(one, operator.username)
    assert give_code(first, code).status_code == 302
    assert give_code(second, code).status_code == 422
    assert give_code(second, totp(1)).status_code == 302


def test_no_earlier_code_is_good_after_a_later_one(operator: User) -> None:
    first, second = Client(), Client()
    for one in (first, second):
        log_in(one, operator.username)
    assert give_code(first, totp(1)).status_code == 302
    assert give_code(second, totp()).status_code == 422


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_half_a_minute(operator: User, steps: int, good: bool) -> None:
    if int(time.time()) % 30 > 27:
        time.sleep(4)  # the step must not end in between
    client = Client()
    log_in(client, operator.username)
    assert (give_code(client, totp(steps)).status_code == 302) is good


def test_an_app_is_set_up_with_its_first_code(user: User) -> None:
    client = entered(user)
    secret, answer = set_up(client)
    assert answer["Location"] == CODES
    assert len(recovery_codes(client)) == 10
    again = Client()
    assert log_in(again, user.username)["Location"] == "/masuk/kode/"
    assert give_code(again, totp(secret=secret)).status_code == 422  # it set up the app already
    assert give_code(again, totp(1, secret)).status_code == 302
    assert kinds_told(user).count("second_factor_changed") == 1


def test_the_page_shows_a_code_to_scan_and_one_to_type(user: User) -> None:
    client = entered(user)
    page = client.get(APP)
    html, secret = page.content.decode(), page.context["form"].secret
    assert 'src="data:image/svg+xml;base64,' in html
    assert " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)) in html
    assert f"otpauth://totp/{user.username}?" in html
    assert client.get(APP).context["form"].secret == secret
    assert page["Cache-Control"] == "no-store"


def test_a_wrong_first_code_sets_up_nothing(user: User) -> None:
    client = entered(user)
    secret = client.get(APP).context["form"].secret
    answer = client.post(APP, {"code": "000000"})
    assert answer.status_code == 422
    assert answer.context["form"].secret == secret
    assert not Authenticator.objects.filter(user=user).exists()


def test_secrets_lie_sealed(user: User) -> None:
    client = entered(user)
    secret = client.get(APP).context["form"].secret
    assert secret not in str(dict(client.session))
    client.post(APP, {"code": totp(secret=secret)})
    codes = recovery_codes(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator WHERE user_id = %s", [user.pk])
        stored = str(cursor.fetchall())
    assert secret not in stored
    assert not any(code.replace(" ", "") in stored for code in codes)
    assert secret not in str(dict(client.session))


def test_a_recovery_code_is_good_once(user: User) -> None:
    client = entered(user)
    set_up(client)
    code = recovery_codes(client)[0]
    for expected in (302, 422):
        one = Client()
        log_in(one, user.username)
        assert give_code(one, code).status_code == expected
    assert len(recovery_codes(client)) == 9


def test_new_recovery_codes_end_the_old_ones(user: User) -> None:
    client = entered(user)
    set_up(client)
    old = recovery_codes(client)
    assert client.post(f"{CODES}baru/")["Location"] == CODES
    assert not set(old) & set(recovery_codes(client))
    text = client.get(f"{CODES}unduh/")
    assert "attachment" in text["Content-Disposition"]
    assert recovery_codes(client)[3] in text.content.decode()


@pytest.mark.parametrize(
    "path", [APP, f"{APP}lepas/", CODES, f"{CODES}baru/", f"{SAFETY}kunci/tambah/"]
)
def test_who_has_logged_in_long_ago_proves_anew_who_they_are(user: User, path: str) -> None:
    with_second_factor(user)
    client = entered(user)
    client.post(f"{CODES}baru/")
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    if path == APP:
        Authenticator.objects.filter(user=user).delete()
    prove = f"{SAFETY}pastikan/?next={path.replace('/', '%2F')}"
    for method in (client.get, client.post if path != CODES else client.get):
        assert method(path, {"code": "123456"})["Location"] == prove
    assert "123456" not in str(dict(client.session))
    assert client.post(prove, {"password": "salah"}).status_code == 422
    answer = client.post(prove, {"password": PASSWORD})
    assert answer["Location"] == path
    assert client.get(path).status_code == 200


def test_a_code_proves_it_too(operator: User) -> None:
    client = factories.client_of(operator)
    assert client.get(CODES)["Location"] == SAFETY  # none were made
    answer = client.post(f"{SAFETY}pastikan/kode/?next={APP}lepas/", {"code": totp()})
    assert answer["Location"] == f"{APP}lepas/"
    assert client.get(f"{APP}lepas/").status_code == 200


def test_who_need_not_have_it_may_remove_it(user: User) -> None:
    client = entered(user)
    set_up(client)
    assert client.post(f"{APP}lepas/")["Location"] == SAFETY
    assert not Authenticator.objects.filter(user=user).exists()
    assert log_in(Client(), user.username)["Location"] == "/"


def test_who_must_have_it_keeps_it(operator: User) -> None:
    client = entered(operator)
    page = client.get(f"{APP}lepas/").content.decode()
    assert "mewajibkan pengaman kedua" in page
    assert client.post(f"{APP}lepas/").status_code == 422
    assert Authenticator.objects.filter(user=operator, type=TOTP).exists()


def test_who_must_have_it_may_remove_one_of_two(operator: User) -> None:
    client = entered(operator)
    Authenticator.objects.create(
        user=operator, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )
    assert client.post(f"{APP}lepas/").status_code == 302
    remaining = Authenticator.objects.get(user=operator)
    client.post(f"{SAFETY}kunci/", {"key": remaining.pk})
    assert Authenticator.objects.filter(user=operator).exists()


def test_a_trusted_device_is_asked_for_the_password_only(operator: User) -> None:
    client = Client()
    log_in(client, operator.username)
    assert give_code(client, totp(), trust="on")["Location"] == "/"
    client.post("/keluar/")
    assert log_in(client, operator.username)["Location"] == "/"
    assert is_in(client)
    assert log_in(Client(), operator.username)["Location"] == "/masuk/kode/"


def test_without_the_tick_a_device_is_not_trusted(operator: User) -> None:
    client = entered(operator)
    client.post("/keluar/")
    assert log_in(client, operator.username)["Location"] == "/masuk/kode/"


def test_a_new_password_ends_trust(operator: User) -> None:
    client = Client()
    log_in(client, operator.username)
    give_code(client, totp(), trust="on")
    client.post("/keluar/")
    operator.set_password("kuda-laut-melompat")
    operator.save()
    assert log_in(client, operator.username, "kuda-laut-melompat")["Location"] == "/masuk/kode/"


def test_trust_is_for_one_user(operator: User) -> None:
    client = Client()
    log_in(client, operator.username)
    give_code(client, totp(), trust="on")
    client.post("/keluar/")
    other = user_with((Role.ADMINISTRATOR, "64.71"))
    assert log_in(client, other.username)["Location"] == "/masuk/kode/"


def test_somebody_elses_passkey_is_missing(user: User, operator: User) -> None:
    theirs = Authenticator.objects.create(
        user=operator, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )
    client = entered(user)
    for key, code in ((theirs.pk, 404), ("x", 400), ("", 400)):
        assert client.post(f"{SAFETY}kunci/", {"key": key}).status_code == code


def test_a_made_up_passkey_is_refused(client: Client) -> None:
    asked = client.get("/masuk/kunci/", headers={"accept": "application/json"})
    assert asked.json()["request_options"]["publicKey"]["userVerification"] == "required"
    for credential in ("", "{}", '{"id":"x"}', "nonsense", '{"response":{"userHandle":"MQ"}}'):
        answer = client.post("/masuk/kunci/", {"credential": credential})
        assert answer["Location"] == "/masuk/"
    assert not is_in(client)


def test_the_secret_of_the_tests_is_what_the_tests_use(operator: User) -> None:
    assert decrypt(Authenticator.objects.get(user=operator).data["secret"]) == TOTP_SECRET
