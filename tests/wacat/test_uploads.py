"""What people send is known by its content, limited, drawn anew and kept sealed."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from PIL import ExifTags, Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from wacat import uploads
from wacat.sealing.crypto import SealBroken
from wacat.uploads import ScanField, as_download, checked, keep

PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    b"xref\n0 3\ntrailer\n<</Size 3/Root 1 0 R>>\nstartxref\n108\n%%EOF\n"
)


def encoded(picture: Image.Image, kind: str, **more: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **more)
    return written.getvalue()


def photograph(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    """Left half red, right half blue."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    return encoded(picture, kind, **more)


def camera_notes(turned: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "KameraContoh"
    exif[ExifTags.Base.Artist] = "Pemilik Contoh"
    exif[ExifTags.Base.Orientation] = turned
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "S"
    place[ExifTags.GPS.GPSLatitude] = (1.0, 15.0, 3.25)
    return exif


def sent(content: bytes, name: str = "foto.jpg", claimed: str = "image/jpeg") -> Any:
    return SimpleUploadedFile(name, content, content_type=claimed)


def kept_as(content: bytes) -> bytes:
    file = checked(sent(content))
    return file.read()


def drawn(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(kept_as(content)), formats=("JPEG",)).convert("RGB")


def refused(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        checked(sent(content))
    [message] = caught.value.messages
    return message


def chunk(kind: bytes, content: bytes) -> bytes:
    tail = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + tail


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of that size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_stays_what_it_shows(kind: str) -> None:
    picture = drawn(photograph(kind))
    assert picture.size == (60, 40)
    left, right = picture.getpixel((8, 20)), picture.getpixel((52, 20))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 200 > left[2]
    assert right[2] > 200 > right[0]


def test_the_place_and_the_owner_are_dropped() -> None:
    before = photograph(exif=camera_notes(), comment=b"RUMAH-CONTOH", dpi=(300, 300))
    assert b"KameraContoh" in before
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    after = kept_as(before)
    for trace in (b"KameraContoh", b"Pemilik", b"RUMAH-CONTOH", b"Exif", b"ICC_PROFILE"):
        assert trace not in after
    assert not Image.open(io.BytesIO(after)).getexif()


def test_notes_in_a_png_are_dropped() -> None:
    notes = PngInfo()
    notes.add_text("Author", "Pemilik Contoh")
    before = photograph("PNG", pnginfo=notes, exif=camera_notes())
    assert b"Pemilik" in before
    assert b"Pemilik" not in kept_as(before)


def test_what_is_glued_behind_a_picture_is_dropped() -> None:
    page = b"<html><script>alert(1)</script>"
    assert page not in kept_as(photograph() + page)


def test_a_picture_stands_upright() -> None:
    """Turned by a quarter: what was left is on top."""
    picture = drawn(photograph(exif=camera_notes(turned=6)))
    assert picture.size == (40, 60)
    top = picture.getpixel((20, 8))
    assert isinstance(top, tuple)
    assert top[0] > 200 > top[2]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white_paper(mode: str) -> None:
    picture = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    picture.paste((255, 0, 0, 255), (20, 0, 40, 40))
    content = encoded(picture.convert(mode), "PNG")
    if mode == "P":
        content = encoded(Image.new("P", (40, 40), 0), "PNG", transparency=0)
    assert drawn(content).getpixel((5, 5)) == (255, 255, 255)


def test_sixteen_bits_of_grey_stay_grey() -> None:
    assert drawn(encoded(Image.new("I;16", (20, 20), 40_000), "PNG")).getpixel((5, 5)) == (156,) * 3


def test_a_big_photograph_is_made_small() -> None:
    assert max(drawn(photograph(size=(5000, 1000))).size) == uploads.LONGEST_SIDE


@pytest.mark.parametrize(("width", "height"), [(5000, 4000), (60_000, 60_000), (2**31 - 1, 9)])
def test_a_picture_of_too_many_pixels_is_refused_undecoded(
    width: int, height: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(uploads, "_on_white", never)
    assert refused(png_that_claims(width, height)) == uploads.TOO_MANY_PIXELS


def test_a_jpeg_of_endless_passes_is_refused() -> None:
    """Each pass takes a few bytes to write and a walk over the whole picture to read."""
    whole = photograph(progressive=True)
    last = whole.rindex(b"\xff\xda")
    repeated = whole[:-2] + whole[last:-2] * uploads.MOST_SCANS + whole[-2:]
    assert drawn(whole).size == (60, 40)
    assert refused(repeated) == uploads.DAMAGED


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_picture_is_refused(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does
    noise = Image.effect_noise((200, 200), 60).convert("RGB")
    content = encoded(noise, kind)
    assert refused(content[: len(content) // 2]) == uploads.DAMAGED


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_whatever_a_broken_picture_holds_it_is_refused_in_words() -> None:
    chance = random.Random(33)
    noise = Image.effect_noise((90, 60), 60).convert("RGB")
    samples = [
        encoded(noise, "JPEG", exif=camera_notes(6)),
        encoded(noise, "JPEG", progressive=True, exif=camera_notes(3)),
        encoded(noise, "PNG", exif=camera_notes(8)),
        encoded(noise.convert("P"), "PNG"),
    ]
    outcomes: set[Any] = set()
    for _ in range(1500):
        broken = bytearray(chance.choice(samples))
        for _ in range(chance.choice((1, 3, 9))):
            broken[chance.randrange(min(len(broken), 700))] = chance.randrange(256)
        try:
            outcomes.add(type(checked(sent(bytes(broken)))))
        except ValidationError as error:
            outcomes.update(error.messages)
    assert {uploads.WRONG_TYPE, uploads.DAMAGED, ContentFile} <= outcomes


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html>%PDF-1.4",
        b"\n" + PDF,
        b"MZ\x90\x00",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"%PDF-",
        b"%PDF-9.9 ",
        b"",
        encoded(Image.new("RGB", (9, 9)), "TIFF"),
        encoded(Image.new("RGB", (9, 9)), "WEBP"),
        encoded(Image.new("RGB", (9, 9)), "BMP"),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content: bytes) -> None:
    assert refused(content) == uploads.WRONG_TYPE


def test_a_pdf_is_kept_as_it_came() -> None:
    assert kept_as(PDF) == PDF
    assert kept_as(PDF + b"\r\n\0\0") == PDF + b"\r\n\0\0"
    assert kept_as(PDF + PDF) == PDF + PDF  # a signature is added behind


def test_a_pdf_that_was_cut_off_is_refused() -> None:
    assert refused(PDF[:-20]) == uploads.DAMAGED
    assert refused(PDF + b"<html><script>alert(1)</script>") == uploads.DAMAGED


def test_a_locked_pdf_is_refused() -> None:
    locked = PDF.replace(b"/Size 3", b"/Size 3/Encrypt 9 0 R")
    assert refused(locked) == uploads.LOCKED


@pytest.mark.parametrize(
    "more",
    [
        b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
        b"/OpenAction<</S/J#61vaScript/JS(x)>>",
        b"/AA<</O<</S/Launch/F(cmd.exe)>>>>",
        b"/Names<</EmbeddedFiles 7 0 R>>",
        b"/Type/EmbeddedFile",
        b"/Subtype/RichMedia",
    ],
)
def test_a_pdf_with_programs_or_files_in_it_is_refused(more: bytes) -> None:
    assert refused(PDF.replace(b"/Type/Catalog", b"/Type/Catalog" + more)) == uploads.NOT_ONLY_PAGES


def test_what_is_a_pdf_and_an_archive_at_once_is_refused() -> None:
    both = io.BytesIO(PDF)
    with zipfile.ZipFile(both, "a") as archive:
        archive.writestr("a.class", b"x")
        archive.comment = b"startxref\n108\n%%EOF"
    assert refused(both.getvalue()) == uploads.NOT_ONLY_PAGES


def test_too_many_bytes_are_refused_unread() -> None:
    class Endless:
        size = uploads.MOST_BYTES + 1

        def read(self) -> bytes:
            raise AssertionError("read")

    with pytest.raises(ValidationError, match="5 MB"):
        checked(Endless())


class Upload(forms.Form):
    scan = ScanField(label="Pindaian", required=False)


def upload(*files: Any) -> Upload:
    return Upload({}, MultiValueDict({"scan": list(files)}))


def test_the_field_gives_what_can_be_kept_or_says_beside_it_what_to_do() -> None:
    form = upload(sent(photograph(), "../../etc/x.php", "text/html"))
    assert form.is_valid()
    assert form.cleaned_data["scan"].name == "scan.jpg"
    assert upload().is_valid()
    wrong = upload(sent(b"hello", "surat.pdf", "application/pdf"))
    assert wrong.errors == {"scan": [uploads.WRONG_TYPE]}
    empty = upload(sent(b"", "surat.pdf"))
    assert list(empty.errors) == ["scan"]


def test_a_kept_file_lies_sealed_under_a_name_of_chance() -> None:
    names = {keep(checked(sent(PDF, "Surat Budi.pdf")), "evidence") for _ in range(2)}
    assert len(names) == 2
    assert all(re.fullmatch(r"evidence/[0-9a-f]{32}\.pdf", name) for name in names)
    name = names.pop()
    path = Path(default_storage.path(name))
    assert b"%PDF" not in path.read_bytes()
    assert as_download(name, "bukti").content == PDF
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(SealBroken):
        as_download(name, "bukti")
    path.unlink()
    with pytest.raises(FileNotFoundError):
        as_download(name, "bukti")


def test_a_download_is_never_shown_in_the_page() -> None:
    name = keep(checked(sent(photograph())), "evidence")
    response = as_download(name, 'bukti "1"')
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'attachment; filename="bukti \\"1\\".jpg"'


def test_nothing_is_kept_where_nothing_was_sent() -> None:
    assert keep(None, "evidence") == ""


def test_a_png_that_contradicts_itself_is_refused_in_words() -> None:
    whole = encoded(Image.new("I;16", (40, 30), 3000), "PNG")
    head = whole[12:24] + bytes((16, 0, 96, 0, 207))  # packed and laced in ways that are none
    told = whole[:12] + head + struct.pack(">I", zlib.crc32(head)) + whole[33:]
    assert refused(told) == uploads.DAMAGED
