"""The error pages: right status, right words, nothing looked up, nothing given away."""

from http import HTTPStatus
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, DisallowedHost, PermissionDenied
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from wacat import errors


@pytest.fixture(autouse=True)
def unhashed_static_files(settings: Settings) -> None:
    """These tests are about words, not about what collectstatic made."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


_SOME_USER = mock.Mock(is_anonymous=False)


def _request(path: str = "/warga/1/", user: Any = _SOME_USER, known: bool = True) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user
    request.resolver_match = mock.Mock() if known else None
    return request


def test_a_missing_row_and_a_foreign_one_look_the_same() -> None:
    missing = errors.not_found(_request("/warga/1/"), Http404("No Resident matches"))
    foreign = errors.not_found(_request("/warga/2/"), Http404())
    assert missing.status_code == foreign.status_code == HTTPStatus.NOT_FOUND
    assert missing.content == foreign.content


def test_a_stranger_learns_no_addresses() -> None:
    answer = errors.not_found(_request("/tidak/ada/?a=1", AnonymousUser(), known=False))
    assert answer.status_code == HTTPStatus.FOUND
    assert answer["Location"] == "/masuk/?next=/tidak/ada/%3Fa%3D1"


def test_a_public_page_that_is_not_there_is_404_for_a_stranger() -> None:
    answer = errors.not_found(_request("/verifikasi/x/", AnonymousUser()), Http404())
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_a_request_without_user_gets_a_page() -> None:
    request = RequestFactory().get("/tidak/ada/")
    assert errors.not_found(request).status_code == HTTPStatus.NOT_FOUND


def test_only_our_own_words_are_shown_for_a_bad_request() -> None:
    ours = errors.bad_request(_request(), BadRequest("Tanggal <tidak> dikenal."))
    assert ours.status_code == HTTPStatus.BAD_REQUEST
    assert "Tanggal &lt;tidak&gt; dikenal." in ours.content.decode()
    django = errors.bad_request(_request(), DisallowedHost("Invalid HTTP_HOST header"))
    assert "HTTP_HOST" not in django.content.decode()


def test_lacking_a_power_and_an_old_form_say_different_things() -> None:
    lacking = errors.forbidden(_request(), PermissionDenied())
    old = errors.csrf_failure(_request(), "CSRF cookie not set.")
    assert lacking.status_code == old.status_code == HTTPStatus.FORBIDDEN
    assert "wewenang" in lacking.content.decode()
    assert "kedaluwarsa" in old.content.decode()
    assert "CSRF" not in old.content.decode()


@pytest.mark.parametrize("broken", [False, True])
def test_a_failure_has_a_page_even_when_templates_fail(broken: bool) -> None:
    request = RequestFactory().get("/")
    if broken:
        with mock.patch("wacat.errors.render_to_string", side_effect=RuntimeError):
            answer = errors.server_error(request)
    else:
        answer = errors.server_error(request)
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Maaf, ada gangguan pada WaCAT" in answer.content.decode()
