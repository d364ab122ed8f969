"""Sealing at rest: values and files open only where they belong, and only unaltered."""

from __future__ import annotations

import secrets
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile, File
from django.db import connection
from pytest_django import Settings

from residents.registry.models import Resident
from tests import factories
from wacat.sealing.crypto import SealBroken, blind_index, seal, unseal
from wacat.sealing.storage import SealedStorage

NIK = "9971051205900001"
OLD, NEW = secrets.token_bytes(32), secrets.token_bytes(32)


@pytest.fixture(autouse=True)
def two_keys(settings: Settings) -> None:
    settings.FIELD_KEYS = {"k1": OLD}


@pytest.mark.parametrize("plain", [b"", b"x", NIK.encode(), bytes(range(256)) * 5000])
def test_what_is_sealed_opens_again(plain: bytes) -> None:
    sealed = seal(plain, "resident.nik")
    assert unseal(sealed, "resident.nik") == plain
    assert len(plain) < 8 or plain not in sealed


def test_equal_values_do_not_look_equal() -> None:
    assert len({seal(b"same", "a") for _ in range(100)}) == 100


def test_a_value_opens_in_its_own_place_only() -> None:
    with pytest.raises(SealBroken):
        unseal(seal(b"secret", "resident.nik"), "resident.no_kk")


def test_every_altered_byte_is_noticed() -> None:
    sealed = seal(b"secret", "a")
    for place in range(len(sealed)):
        for change in (1, 0x80):
            broken = bytearray(sealed)
            broken[place] ^= change
            with pytest.raises(SealBroken):
                unseal(bytes(broken), "a")


@pytest.mark.parametrize("text", [b"", b"\x02", b"\x02k1", b"\x02k1short", b"plain text", b"\xff"])
def test_what_was_never_sealed_is_refused(text: bytes) -> None:
    with pytest.raises(SealBroken):
        unseal(text, "a")


def test_every_truncation_is_noticed() -> None:
    sealed = seal(b"secret", "a")
    for size in range(len(sealed)):
        with pytest.raises(SealBroken):
            unseal(sealed[:size], "a")


def test_a_key_that_is_gone_is_told(settings: Settings) -> None:
    sealed = seal(b"secret", "a")
    settings.FIELD_KEYS = {"k2": NEW}
    with pytest.raises(SealBroken, match="unknown key"):
        unseal(sealed, "a")


def test_another_key_of_the_same_name_does_not_open(settings: Settings) -> None:
    sealed = seal(b"secret", "a")
    settings.FIELD_KEYS = {"k1": NEW}
    with pytest.raises(SealBroken):
        unseal(sealed, "a")


def test_after_a_rotation_the_old_opens_and_the_new_seals(settings: Settings) -> None:
    before = seal(b"secret", "a")
    settings.FIELD_KEYS = {"k2": NEW, "k1": OLD}
    after = seal(b"secret", "a")
    assert unseal(before, "a") == unseal(after, "a") == b"secret"
    assert (before[:3], after[:3]) == (b"\x02k1", b"\x02k2")
    settings.FIELD_KEYS = {"k2": NEW}
    assert unseal(after, "a") == b"secret"


def test_no_message_holds_the_value() -> None:
    with pytest.raises(SealBroken) as caught:
        unseal(seal(NIK.encode(), "a"), "b")
    assert NIK not in str(caught.value)


def test_a_blind_index_differs_by_purpose_and_key(settings: Settings) -> None:
    index = blind_index(NIK, "nik")
    assert index == blind_index(NIK, "nik")
    assert index != blind_index(NIK, "no_kk")
    assert index != blind_index(NIK[:-1] + "2", "nik")
    settings.INDEX_KEY = secrets.token_bytes(32)
    assert index != blind_index(NIK, "nik")


def test_purpose_and_value_do_not_run_together() -> None:
    assert blind_index("b", "a") != blind_index("", "ab") != blind_index("ab", "")


def stored(resident: Resident, column: str = "nik") -> bytes:
    """The column as it lies in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM residents_resident WHERE id = %s", [resident.pk])
        row = cursor.fetchone()
    return bytes(row[0]) if row and row[0] is not None else b""


@pytest.mark.django_db
class TestFields:
    """The fields of a model that are sealed."""

    def test_the_database_holds_the_seal_and_the_row_the_text(self) -> None:
        resident = Resident.objects.get(pk=factories.draft(nik=NIK).pk)
        assert resident.nik == NIK
        assert stored(resident)[:3] == b"\x02k1"
        assert unseal(stored(resident), "resident.nik").decode() == NIK
        assert stored(resident, "nik_index") == blind_index(NIK, "nik")

    def test_an_unchanged_text_keeps_its_ciphertext(self) -> None:
        resident = factories.draft(nik=NIK)
        before = stored(resident)
        fresh = Resident.objects.get(pk=resident.pk)
        fresh.nik = NIK
        fresh.save()
        fresh.refresh_from_db()
        fresh.save()
        assert stored(resident) == before

    def test_a_changed_text_is_sealed_anew_and_found_anew(self) -> None:
        resident = Resident.objects.get(pk=factories.draft(nik=NIK).pk)
        other = factories.a_nik()
        resident.nik = other
        resident.save()
        assert Resident.objects.get(pk=resident.pk).nik == other
        assert not Resident.objects.with_nik(NIK).exists()
        assert Resident.objects.with_nik(other).get() == resident

    def test_an_emptied_text_is_no_value(self) -> None:
        resident = Resident.objects.get(pk=factories.draft(nik=NIK).pk)
        resident.nik, resident.no_nik_reason = "", 1
        resident.save()
        assert (stored(resident), stored(resident, "nik_index")) == (b"", b"")
        assert Resident.objects.get(pk=resident.pk).nik == ""

    def test_bulk_rows_are_sealed_and_indexed_too(self) -> None:
        factories.load_areas()
        built = factories.ResidentFactory.build(
            nik=NIK, entered_by=factories.holder("operator", "64.71")
        )
        [resident] = Resident.objects.bulk_create([built])
        assert unseal(stored(resident), "resident.nik").decode() == NIK
        assert Resident.objects.with_nik(NIK).get() == resident

    def test_an_update_of_many_seals_too(self) -> None:
        resident = factories.draft()
        Resident.objects.filter(pk=resident.pk).update(no_kk=factories.FAMILY_KK)
        assert unseal(stored(resident, "no_kk"), "resident.no_kk").decode() == factories.FAMILY_KK

    def test_a_value_moved_between_columns_does_not_open(self) -> None:
        resident = factories.draft()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE residents_resident SET nik = no_kk WHERE id = %s", [resident.pk])
        with pytest.raises(SealBroken):
            Resident.objects.get(pk=resident.pk)

    def test_sealed_values_are_not_serialised(self) -> None:
        field: Any = Resident._meta.get_field("nik")
        with pytest.raises(TypeError):
            field.value_to_string(factories.draft())


@pytest.fixture
def storage(settings: Settings, tmp_path: Path) -> SealedStorage:
    settings.SEALED_ROOT = tmp_path
    return SealedStorage()


def test_a_file_lies_sealed_and_opens_again(storage: SealedStorage, tmp_path: Path) -> None:
    name = storage.save("letters/a.pdf", ContentFile(b"%PDF- secret"))
    assert name == "letters/a.pdf"
    lying = (tmp_path / name).read_bytes()
    assert b"secret" not in lying
    assert lying[:3] == b"\x02k1"
    assert storage.open(name).read() == b"%PDF- secret"


def test_files_are_for_their_owner_alone(storage: SealedStorage, tmp_path: Path) -> None:
    storage.save("letters/a.pdf", ContentFile(b"x"))
    assert (tmp_path / "letters").stat().st_mode & 0o077 == 0
    assert (tmp_path / "letters" / "a.pdf").stat().st_mode & 0o077 == 0


def test_saving_again_replaces_the_file_whole(storage: SealedStorage, tmp_path: Path) -> None:
    for content in (b"first", b"second, longer"):
        assert storage.save("a.pdf", ContentFile(content)) == "a.pdf"
    assert storage.open("a.pdf").read() == b"second, longer"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_reader_sees_the_old_file_until_the_new_is_whole(
    storage: SealedStorage, tmp_path: Path
) -> None:
    storage.save("a.pdf", ContentFile(b"old"))

    class Broken(BytesIO):
        def read(self, *args: Any) -> bytes:
            assert storage.open("a.pdf").read() == b"old"
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        storage.save("a.pdf", File(Broken(b"new")))
    assert storage.open("a.pdf").read() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_file_renamed_or_altered_does_not_open(storage: SealedStorage, tmp_path: Path) -> None:
    storage.save("a.pdf", ContentFile(b"secret"))
    (tmp_path / "b.pdf").write_bytes((tmp_path / "a.pdf").read_bytes())
    with pytest.raises(SealBroken):
        storage.open("b.pdf")
    body = bytearray((tmp_path / "a.pdf").read_bytes())
    body[-1] ^= 1
    (tmp_path / "a.pdf").write_bytes(body)
    with pytest.raises(SealBroken):
        storage.open("a.pdf")


def test_a_file_has_no_address_and_no_way_out(storage: SealedStorage) -> None:
    with pytest.raises(ValueError, match="no address"):
        storage.url("a.pdf")
    for name in ("../outside.pdf", "/etc/outside.pdf"):
        with pytest.raises(SuspiciousFileOperation):
            storage.save(name, ContentFile(b"x"))
