"""Somebody at the portal who knows no address by heart: follows links, presses buttons.

What is posted is what a browser without scripts would post: the form's own fields, hidden keys
among them, as the page holds them, and those that were filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.login.models import User
from tests.officials import client_of
from tests.residents.pages import shown

TYPED = {"hidden", "text", "search", "date", "number", "email", "tel"}


@dataclass(frozen=True)
class Chosen:
    """A file chosen in a form."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Step:
    """A request of somebody's: ``sent`` is what was posted, nothing for a page that was opened."""

    address: str
    sent: dict[str, Any] | None = None

    @property
    def path(self) -> str:
        return self.address.partition("?")[0]

    def by(self, client: Client, *, follow: bool = False) -> Any:
        """The answer to the same request by *client*."""
        if self.sent is None:
            return client.get(self.address, follow=follow)
        sent = {name: _sendable(value) for name, value in self.sent.items()}
        return client.post(self.address, sent, follow=follow)


@dataclass
class Form:
    """A form as it stands. ``offered``: of each field that is chosen from, values by words."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, dict[str, str]] = field(default_factory=dict)
    buttons: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def filled(self, told: dict[str, Any], button: dict[str, str]) -> dict[str, Any]:
        """What is sent with *told* in its fields. Fails for what a browser could not send."""
        assert told.keys() <= self.values.keys(), f"no such field among {sorted(self.values)}"
        chosen = {name: self._chosen(name, value) for name, value in told.items()}
        return {name: value for name, value in self.values.items() if value} | chosen | button

    def _chosen(self, name: str, told: Any) -> Any:
        """What is sent for it: a choice may be told by its words or by its value."""
        offered = self.offered.get(name)
        if offered is None:
            return told
        return [offered[one] for one in told] if isinstance(told, list) else offered[told]


class Walker:
    """One person's way through the pages; each request is noted in *trail*."""

    def __init__(self, user: User, trail: list[Step]) -> None:
        self.user, self.trail = user, trail

    def enter(self) -> Walker:
        """Logged in anew, on the start page."""
        self.client = client_of(self.user)
        return self._take(Step("/"))

    def follow(self, words: str, status: int = 200) -> Walker:
        """The one link that says *words*, or contains them."""
        address = _only(words, [(text, href) for text, href in self.page.links])
        return self._take(Step(urldefrag(urljoin(self.address, address)).url), status)

    def press(self, words: str, told: dict[str, Any] | None = None, status: int = 200) -> Walker:
        """The one button that says *words*, or contains them, with *told* filled in."""
        buttons = [(text, (one, sent)) for one in self.page.forms for text, sent in one.buttons]
        form, button = _only(words, buttons)
        address = urldefrag(urljoin(self.address, form.action)).url
        return self._take(Step(address, form.filled(told or {}, button)), status)

    @property
    def html(self) -> str:
        """The page as it came."""
        return self.content.decode()

    def look(self, alt: str) -> bytes:
        """The picture described as *alt*."""
        step = Step(_only(alt, self.page.images))
        self.trail.append(step)
        answer = step.by(self.client)
        assert answer.status_code == 200
        return bytes(answer.getvalue())

    def _take(self, step: Step, status: int = 200) -> Walker:
        answer = step.by(self.client, follow=True)
        assert answer.status_code == status, (step.address, answer.status_code, shown(answer))
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else step.address
        self.trail += [step, *(Step(address) for address, _ in answer.redirect_chain)]
        self.content, self.page, self.text = answer.getvalue(), _Page(), ""
        if answer["Content-Type"].startswith("text/html"):
            self.text = shown(answer)
            self.page.feed(self.content.decode())
        return self


class _Page(HTMLParser):
    """Links, forms and pictures of a page, with their words."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.images: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self._heard: list[tuple[str, dict[str, str], list[str]]] = []
        self._select, self._first = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in ("a", "button", "textarea", "option"):
            self._heard.append((tag, told, []))
        elif tag == "form":
            self.forms.append(Form(told.get("action", "")))
        elif tag == "img":
            self.images.append((told.get("alt", ""), told["src"]))
        elif tag == "select":
            self._select = told["name"]
            self._form.values[self._select], self._form.offered[self._select] = [], {}
        elif tag == "input" and "name" in told:
            self._input(told)

    def handle_data(self, data: str) -> None:
        for _, _, words in self._heard:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._heard and self._heard[-1][0] == tag:
            _, told, words = self._heard.pop()
            self._end(tag, told, "".join(words))
        elif tag == "select":
            self._form.values[self._select] = self._form.values[self._select] or [self._first]

    def _end(self, tag: str, told: dict[str, str], text: str) -> None:
        words = " ".join(text.split())
        if tag == "a" and "href" in told:
            self.links.append((words, told["href"]))
        elif tag == "button" and self.forms:
            sent = {told["name"]: told.get("value", "")} if "name" in told else {}
            self._form.buttons.append((words, sent))
        elif tag == "textarea":
            self._form.values[told["name"]] = [text.removeprefix("\n")]
        elif tag == "option":
            self._option(words, told.get("value", words), "selected" in told)

    def _option(self, words: str, value: str, is_selected: bool) -> None:
        offered = self._form.offered[self._select]
        self._first = value if not offered else self._first
        offered |= {words: value, value: value}
        if is_selected:
            self._form.values[self._select] = [value]

    def _input(self, told: dict[str, str]) -> None:
        name, kind, value = told["name"], told.get("type", "text"), told.get("value", "")
        values = self._form.values.setdefault(name, [])
        if kind in ("checkbox", "radio"):
            self._form.offered.setdefault(name, {})[value] = value
        if kind in TYPED or (kind in ("checkbox", "radio") and "checked" in told):
            values.append(value)

    @property
    def _form(self) -> Form:
        return self.forms[-1]


def _only(words: str, found: list[tuple[str, Any]]) -> Any:
    """What goes with *words*, of several that all mean the same."""
    exact = [one for text, one in found if text == words]
    matching = exact or [one for text, one in found if words in text]
    assert matching, f"nothing says “{words}” among {[text for text, _ in found]}"
    assert all(one == matching[0] for one in matching), f"several say “{words}”"
    return matching[0]


def _sendable(value: Any) -> Any:
    return SimpleUploadedFile(value.name, value.content) if isinstance(value, Chosen) else value
