"""Taking an uploaded file in: sealed, once for an area, to be read by a worker."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePath
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from accounts.login.models import User
from accounts.posts.models import Post
from residents.importing.judging import Defaults
from residents.importing.models import Import, ImportReading, ImportStatus

FOLDER = "imports"
ONCE = "import_same_file_once"


class SameFile(Exception):
    """The file was uploaded for this area before: ``earlier`` is that import."""

    def __init__(self, earlier: Import) -> None:
        super().__init__(str(earlier.pk))
        self.earlier = earlier


def uploaded_before(user: User, key: UUID | None) -> Import | None:
    """What this very form has uploaded before, so that sending it again answers alike."""
    if key is None:
        return None
    found: Import | None = Import.objects.filter(uploaded_by=user, key=key).first()
    return found


def take(
    post: Post, user: User, key: UUID, name: str, content: bytes, defaults: Defaults
) -> Import:
    """Store the file and note that it is to be read. Raises SameFile."""
    digest = sha256(content).hexdigest()
    _refuse_second(post.area_id, digest)
    stored = default_storage.save(f"{FOLDER}/{key.hex}.bin", ContentFile(content))
    imported = Import(
        area_id=post.area_id,
        name=_short(name),
        file=stored,
        sha256=digest,
        uploaded_by=user,
        key=key,
        default_rt_id=defaults.rt or None,
        default_address=defaults.address,
        default_arrival=defaults.arrival,
        default_purpose=defaults.purpose,
    )
    try:
        with transaction.atomic():
            imported.save()
            ImportReading.objects.create(of=imported)
    except IntegrityError as error:
        return _at_the_same_moment(imported, error)
    return imported


def _at_the_same_moment(mine: Import, error: IntegrityError) -> Import:
    """The same form sent twice gives the same import; the same file in two forms is refused."""
    same = uploaded_before(mine.uploaded_by, mine.key)
    if same:
        return same
    default_storage.delete(mine.file)
    if ONCE in str(error):
        _refuse_second(mine.area_id, mine.sha256)
    raise error


def _refuse_second(area: str, digest: str) -> None:
    rows = Import.objects.filter(area=area, sha256=digest)
    gone = (ImportStatus.REFUSED, ImportStatus.DISCARDED)
    earlier = rows.exclude(status__in=gone).first()
    if earlier:
        raise SameFile(earlier)


def _short(name: str) -> str:
    """The file's name without folders; its end is kept, which says what it is."""
    plain = PurePath(name.replace("\\", "/")).name or "daftar"
    return plain if len(plain) <= 120 else f"{plain[:100]}…{plain[-19:]}"


def content_of(imported: Import) -> bytes:
    """The file as it came. Raises FileNotFoundError and SealBroken."""
    with default_storage.open(imported.file) as file:
        return bytes(file.read())
