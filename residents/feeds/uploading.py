"""Taking an uploaded file in: sealed, once, to be read by a worker."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from accounts.areas.models import CITY_CODE
from accounts.login.models import User
from residents.feeds.models import FeedFile, FeedReading, FeedSource, FeedStatus

FOLDER = "feeds"
ONCE = "feed_same_file_once"


@dataclass(frozen=True)
class Upload:
    """A file with its source, chosen or named, and the kind of its services where it is known."""

    name: str
    content: bytes
    source: str
    kind: int | None = None


class SameFile(Exception):
    """The file was uploaded before: ``earlier`` is that one."""

    def __init__(self, earlier: FeedFile) -> None:
        super().__init__(str(earlier.pk))
        self.earlier = earlier


def uploaded_before(user: User, key: UUID | None) -> FeedFile | None:
    """What this very form has uploaded before, so that sending it again answers alike."""
    if key is None:
        return None
    found: FeedFile | None = FeedFile.objects.filter(uploaded_by=user, key=key).first()
    return found


def take(upload: Upload, user: User, key: UUID) -> FeedFile:
    """Store the file and note that it is to be read. Raises SameFile."""
    digest = sha256(upload.content).hexdigest()
    _refuse_second(digest)
    stored = default_storage.save(f"{FOLDER}/{key.hex}.bin", ContentFile(upload.content))
    of = FeedFile(
        area_id=CITY_CODE,
        name=_short(upload.name),
        source=_source(upload.source, user),
        kind=upload.kind,
        file=stored,
        sha256=digest,
        uploaded_by=user,
        key=key,
    )
    try:
        with transaction.atomic():
            of.save()
            FeedReading.objects.create(of=of)
    except IntegrityError as error:
        return _at_the_same_moment(of, error)
    return of


def _source(name: str, user: User) -> FeedSource:
    """The one of this name, whatever its capitals; a new one where there is none."""
    known = FeedSource.objects.filter(name__iexact=name).first()
    if known:
        return known
    made, _ = FeedSource.objects.get_or_create(name=name, defaults={"named_by": user})
    return made


def _at_the_same_moment(mine: FeedFile, error: IntegrityError) -> FeedFile:
    """The same form sent twice gives the same file; the same file in two forms is refused."""
    same = uploaded_before(mine.uploaded_by, mine.key)
    if same:
        return same
    default_storage.delete(mine.file)
    if ONCE in str(error):
        _refuse_second(mine.sha256)
    raise error


def _refuse_second(digest: str) -> None:
    gone = (FeedStatus.REFUSED, FeedStatus.DISCARDED)
    earlier = FeedFile.objects.filter(sha256=digest).exclude(status__in=gone).first()
    if earlier:
        raise SameFile(earlier)


def _short(name: str) -> str:
    """The file's name without folders; its end is kept, which says what it is."""
    plain = PurePath(name.replace("\\", "/")).name or "berkas"
    return plain if len(plain) <= 120 else f"{plain[:100]}…{plain[-19:]}"


def content_of(of: FeedFile) -> bytes:
    """The file as it came. Raises FileNotFoundError and SealBroken."""
    with default_storage.open(of.file) as file:
        return bytes(file.read())
