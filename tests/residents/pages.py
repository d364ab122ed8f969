"""What a browser would make of an answer: its text, its form's errors and values."""

import html
import re
from typing import Any

from django.test import Client

from accounts.rules import Role
from tests.factories import CITY_CODE, KELURAHAN, RT, client_of, holder

ADD = "/warga/tambah/"
Answer = Any  # what Client gives back; django-stubs keeps its name to itself


def ketua_rt(area: str = RT) -> Client:
    """The Ketua RT of *area*, logged in."""
    return client_of(holder(Role.KETUA_RT, area))


def petugas(area: str = KELURAHAN) -> Client:
    """The kelurahan's staff, logged in."""
    return client_of(holder(Role.PETUGAS_KELURAHAN, area))


def lurah(area: str = KELURAHAN) -> Client:
    """The Lurah, logged in."""
    return client_of(holder(Role.LURAH, area))


def operator() -> Client:
    """The city's operator, logged in."""
    return client_of(holder(Role.OPERATOR, CITY_CODE))


def shown(answer: Answer) -> str:
    """The page's text, without tags and with single spaces."""
    page = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    return " ".join(html.unescape(page).split())


def beside(answer: Answer, field: str) -> str:
    """The message at a field, or nothing."""
    found = re.search(
        rf'<div class="field-error" id="id_{field}_error">(.*?)</div>',
        answer.content.decode(),
        re.S,
    )
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


def in_summary(answer: Answer) -> dict[str, str]:
    """The summary's links above the form: field → text. What has no link stands under ``""``."""
    summary = re.search(r"data-error-summary>(.*?)</ul>", answer.content.decode(), re.S)
    lines = re.findall(
        r'<li>(?:<a href="#id_(\w+)">)?(.*?)(?:</a>)?</li>', summary[1] if summary else "", re.S
    )
    return {field: html.unescape(text).strip() for field, text in lines}


def typed(answer: Answer, field: str) -> str:
    """What stands in an input, text area or select of the form."""
    page = answer.content.decode()
    area = re.search(rf'<textarea[^>]*name="{field}"[^>]*>(.*?)</textarea>', page, re.S)
    if area:
        return html.unescape(area[1]).removeprefix("\n")
    select = re.search(rf'<select[^>]*name="{field}"[^>]*>(.*?)</select>', page, re.S)
    inside = select[1] if select else page
    pattern = (
        r'<option value="([^"]*)" selected' if select else rf'<input[^>]*name="{field}"[^>]*?>'
    )
    found = re.search(pattern, inside)
    if not found:
        return ""
    if select:
        return html.unescape(found[1])
    value = re.search(r'value="([^"]*)"', found[0])
    return html.unescape(value[1]) if value else ""


def key_on(answer: Answer, name: str = "key") -> str:
    """The hidden key that the page's form carries."""
    found = re.search(rf'name="{name}" value="([0-9a-f-]+)"', answer.content.decode())
    assert found, f"the page has no form with a hidden {name}"
    return found[1]
