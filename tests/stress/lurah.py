"""A Lurah at a browser who presses again where nobody answers."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import uuid4

PATIENCE = 300.0  # seconds for one letter
PAUSE = 0.4
GONE_ON = 409  # somebody else has issued it
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Lurah:
    def __init__(self, address: str, username: str, password: str) -> None:
        self._address, self._again = address, 0
        self._credentials = {"login": username, "password": password}
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self._token = ""

    def issue_each(self, keys: Iterable[int]) -> int:
        """Issue the letters one after another; how many requests were sent again."""
        for pk in keys:
            self._until_done(pk, {"action": "issue", "key": str(uuid4())})
        return self._again

    def _until_done(self, pk: int, data: dict[str, str]) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if not self._token:
                    self._log_in()
                self._post(f"/surat/{pk}/", data)
                return
            except HTTPError as error:
                if error.code == GONE_ON:
                    return
                if error.code < 500:
                    self._token = ""  # the session ended with the server
            except (OSError, HTTPException):
                pass
            self._again += 1
            time.sleep(PAUSE)
        raise RuntimeError(f"letter {pk} could not be issued")

    def _log_in(self) -> None:
        self._token = self._token_of("/masuk/")
        self._post("/masuk/", self._credentials)
        self._token = self._token_of("/surat/siap/")

    def _token_of(self, path: str) -> str:
        with self._opener.open(self._address + path, timeout=60) as answer:
            found = TOKEN.search(answer.read().decode())
        if found is None:
            raise OSError("a page without a form")
        return found[1]

    def _post(self, path: str, data: dict[str, str]) -> None:
        body = urlencode({**data, "csrfmiddlewaretoken": self._token}).encode()
        with self._opener.open(self._address + path, body, timeout=60) as answer:
            answer.read()
