"""Files: small, used, and without script or style within the page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house.sources import (
    BASE_DIR,
    ROOMS,
    STATIC,
    TEMPLATES,
    files_under,
    modules,
    shown,
    texts_of,
)

MOST_LINES = 350
# Templates that Django or allauth asks for by a name of its own.
ASKED_FOR_BY_NAME = {
    "account/account_inactive.html": "allauth: a deactivated account logs in",
    "account/login.html": "allauth: LoginView",
    "account/logout.html": "allauth: LogoutView",
}
WIDGETS = "django/forms/widgets/"  # Django's own widgets, drawn our way
# Static files that nothing names, and why they lie there.
NOT_NAMED = {"LICENSE": "goes with what it licenses", "README.md": "tells where a font comes from"}
# Templates that may print a value as it is, and why that is safe.
PRINTS_RAW = {"components/field_help.html": "help texts are written in the code, as in Django"}
RAW = re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape off")
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+\s*=|javascript:", re.IGNORECASE
)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
NAMED_IN_TEMPLATE = re.compile(r"""["']([\w/.-]+\.(?:html|css|js|svg|txt))["']""")


@cache
def template_names() -> dict[str, Path]:
    return {str(path.relative_to(TEMPLATES)): path for path in files_under(TEMPLATES)}


@cache
def markup(path: Path) -> str:
    """The template without its comments, which may name or show anything."""
    return COMMENT.sub("", path.read_text())


@cache
def python_texts() -> frozenset[str]:
    return frozenset(text for path in modules().values() for text in texts_of(path))


def inline_in(text: str) -> list[str]:
    return [found.group().strip() for found in INLINE.finditer(text)]


def names_said() -> set[str]:
    """Whatever a template or a Python file says that could name a template."""
    said = set(python_texts())
    for path in template_names().values():
        said |= set(NAMED_IN_TEMPLATE.findall(markup(path)))
    return said


def test_every_template_is_used() -> None:
    named = names_said()
    unused = {
        name
        for name in template_names()
        if name not in named
        and name not in ASKED_FOR_BY_NAME
        and not name.startswith(WIDGETS)
        # Print styles are named without their folder.
        and not (name.startswith("documents/") and Path(name).name in named)
    }
    assert unused == set()


def test_every_named_exception_is_one() -> None:
    assert set(ASKED_FOR_BY_NAME) <= set(template_names()) - names_said()


def test_every_static_file_is_used() -> None:
    sources = [*template_names().values(), *files_under(STATIC, ".css", ".js")]
    said = "\n".join([*(markup(path) for path in sources), *python_texts()])
    unused = [
        shown(path)
        for path in sorted(STATIC.rglob("*"))
        if path.is_file()
        and path.name not in NOT_NAMED
        and str(path.relative_to(STATIC)) not in said
        and path.name not in said
    ]
    assert unused == []


def test_files_are_small() -> None:
    files = [
        *(path for name, path in modules().items() if ".migrations." not in name),
        *files_under(BASE_DIR / "tests", ".py"),
        *files_under(TEMPLATES),
        *files_under(STATIC, ".css", ".js"),
    ]
    assert len(files) > 100
    long = [shown(path) for path in files if len(path.read_text().splitlines()) > MOST_LINES]
    assert long == []


def test_pages_hold_no_inline_script_or_style() -> None:
    found = {
        name: inline
        for name, path in template_names().items()
        if not name.startswith("documents/") and (inline := inline_in(markup(path)))
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>go()</script>",
        '<script nonce="x">go()</script>',
        '<a onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_inline_script_and_style_would_be_found(text: str) -> None:
    assert inline_in(text)


def test_scripts_from_files_are_no_inline_ones() -> None:
    assert not inline_in('<script src="{% static "js/a.js" %}" nonce="{{ n }}" defer></script>')


def test_nothing_is_printed_unescaped() -> None:
    raw = {name for name, path in template_names().items() if RAW.search(markup(path))}
    assert raw == set(PRINTS_RAW)


def test_no_code_marks_text_as_safe() -> None:
    word = re.compile(r"\b(mark_safe|SafeString|SafeText|is_safe)\b")
    assert [shown(path) for path in modules().values() if word.search(path.read_text())] == []


def test_no_model_waits_for_a_migration(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("room", ROOMS)
def test_models_live_in_their_room(room: str) -> None:
    """``models.py`` only lists; an app's own tables are named after it."""
    path = modules().get(f"{room}.models")
    assert path is None or "class " not in path.read_text()
