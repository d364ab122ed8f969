"""The guide: its pictures lie there, its pages lead where their readers may go."""

from __future__ import annotations

import pytest
from django.urls import reverse
from PIL import Image

from accounts.guide.chapter import Step, sizes
from accounts.guide.chapters import BY_SLUG, CHAPTERS, chapters_of
from accounts.rules import RULES, Role
from tests.browser.guide_pictures import FOLDER, SHOTS, STATIC
from tests.house.doors import doors
from tests.house.test_queries import queries_of
from tests.officials import KELURAHAN, RT, client_of, user_as, user_with

pytestmark = pytest.mark.django_db
MOST_PICTURE, MOST_PICTURES, MOST_TOGETHER = 25_000, 15, 300_000  # bytes, files, bytes
FEWEST_STEPS, MOST_STEPS = 3, 7


def address(slug: str) -> str:
    return reverse("guide_chapter", args=[slug])


def test_every_picture_lies_there_as_its_page_says() -> None:
    pictures = {
        step.picture.path: step.picture for one in CHAPTERS for step in one.steps if step.picture
    }
    files = {str(path.relative_to(STATIC)): path for path in (STATIC / FOLDER).iterdir()}
    made = {f"{FOLDER}/{shot.name}.webp" for shot in SHOTS}
    assert set(pictures) == set(files) == made == set(sizes())
    for path, picture in pictures.items():
        with Image.open(files[path]) as drawn:
            assert drawn.size == (picture.width, picture.height), path
        assert len(picture.alt.split()) > 5
    weights = [path.stat().st_size for path in files.values()]
    assert max(weights) <= MOST_PICTURE
    assert len(weights) <= MOST_PICTURES
    assert sum(weights) <= MOST_TOGETHER


def test_every_role_is_led_to_pages_that_are_open() -> None:
    """By the actions that the pages declare, which tests/house/test_doors.py tries on all roles.

    Each page is opened by the first of its roles besides.
    """
    closed, read = [], set()
    by_name = {door.name: door for door in doors()}
    for role in Role:
        client = client_of(user_as(role))
        listed = client.get(reverse("guide")).content.decode()
        groups = dict(chapters_of([role]))
        for chapter in (one for chapters in groups.values() for one in chapters):
            page = reverse(chapter.page)
            assert f'href="{address(chapter.slug)}"' in listed
            needed = by_name[chapter.page].action
            if needed is not None and role not in RULES[needed]:
                closed.append((role, chapter.slug))
            if chapter.slug not in read:
                told = client.get(address(chapter.slug)).content.decode()
                assert f'<a class="btn btn-primary" href="{page}">' in told
                assert client.get(page).status_code == 200, page
                read.add(chapter.slug)
        assert groups[f"Panduan {role.label}"]
        assert sum(map(len, groups.values())) >= 2
    assert closed == []
    assert read == set(BY_SLUG)


def test_chapters_are_short_and_told_once() -> None:
    assert len(BY_SLUG) == len(CHAPTERS)
    for chapter in CHAPTERS:
        assert FEWEST_STEPS <= len(chapter.steps) <= MOST_STEPS, chapter.slug
        assert [step for step in chapter.steps if step.text.count("*") % 2] == []
    told = chapters_of([Role.KETUA_RT, Role.PETUGAS_KELURAHAN])
    assert [heading for heading, _ in told] == [
        "Panduan Ketua RT",
        "Panduan Petugas Kelurahan",
        "Untuk semua",
    ]
    slugs = [one.slug for _, chapters in told for one in chapters]
    assert len(slugs) == len(set(slugs))
    assert Step("Tekan *Benar*.").pieces == [(False, "Tekan "), (True, "Benar"), (False, ".")]


def test_the_work_of_others_is_read_but_not_led_to() -> None:
    client = client_of(user_with((Role.KETUA_RT, RT), (Role.PETUGAS_KELURAHAN, KELURAHAN)))
    listed = client.get(reverse("guide")).content.decode()
    own, others = listed.split("Panduan peran lain")
    assert address("menerbitkan-surat") not in own
    assert address("menerbitkan-surat") in others
    told = client.get(address("menerbitkan-surat")).content.decode()
    assert "Pekerjaan Lurah, Penanda tangan a.n. Lurah." in told
    assert reverse("letter_ready") not in told
    assert client.get(address("tidak-ada")).status_code == 404
    assert len(queries_of(client, reverse("guide"))) <= 6
    for page in ("start", "ticket_list"):
        assert f'href="{reverse("guide")}"' in client.get(reverse(page)).content.decode()
