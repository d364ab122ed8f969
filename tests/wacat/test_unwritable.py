"""A character that no database text can hold is refused before anything is looked up by it."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.rules import Role
from tests.officials import client_of, user_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/akun/?wilayah=64.71%00",
        "/akun/unduh/xlsx/?wilayah=%00",
        "/audit/?wilayah=%00",
        "/wilayah/64%00/",
    ],
)
def test_in_an_address(address: str) -> None:
    assert client_of(user_as(Role.ADMINISTRATOR)).get(address).status_code == 404


@pytest.mark.parametrize("address", ["/masuk/", "/akun/"])
def test_in_a_cookie(address: str) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "abcdefgh\0ijkl"
    assert client.get(address).status_code == 400
