"""Reading a list of residents as a browser would, and walking through its pages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from django.test import Client

from tests.residents.pages import Answer

LIST = "/warga/"


def listed(answer: Answer) -> list[int]:
    """The keys of the rows, in their order."""
    assert answer.status_code == 200, answer.status_code
    return [int(pk) for pk in re.findall(r'href="/warga/(\d+)/"', answer.content.decode())]


def names(answer: Answer) -> list[str]:
    """The names of the rows, in their order."""
    found = re.findall(r'href="/warga/\d+/">([^<]*)</a></th>', answer.content.decode())
    return [html.unescape(name) for name in found]


def pages_of_search(client: Client, **asked: str) -> Iterator[list[int]]:
    """Page by page, pressing *Berikutnya* as long as it is there."""
    sent: dict[str, str] | None = asked
    while sent is not None:
        answer = client.post(LIST, sent)
        yield listed(answer)
        sent = _next(answer)


def _next(answer: Answer) -> dict[str, str] | None:
    form = re.search(r'<form class="pager" method="post".*?</form>', answer.content.decode(), re.S)
    if form is None:
        return None
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    return {name: html.unescape(value) for name, value in hidden if name != "csrfmiddlewaretoken"}
