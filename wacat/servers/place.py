"""Where a clone's servers keep their data, and as whom they run.

PostgreSQL refuses to run as root. Started by root, the servers therefore run as ``nobody``,
which must not mean that a private home is opened to others: when the clone lies in one, the
data goes to ``/var/lib/wacat`` instead. No folder above ``var/`` is ever changed.
"""

import os
import pwd
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from wacat.servers.errors import GroundError

OUTSIDE = Path("/var/lib/wacat")
OWNER_NOTE = "belongs-to"
IDENTITY = "id"


@dataclass(frozen=True)
class Account:
    """The unprivileged account that runs the servers when root starts them."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """One clone's folders: ``var`` is private to whoever starts, ``data`` is the servers'."""

    var: Path
    data: Path
    identity: str
    account: Account | None

    @property
    def run(self) -> Path:
        return self.var / "run"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    def own_folder(self, name: str) -> Path:
        """A folder below ``data`` that belongs to the servers' account, readable to no other."""
        folder = self.data / name
        folder.mkdir(mode=0o700, exist_ok=True)
        self.give(folder)
        return folder

    def give(self, path: Path) -> None:
        if self.account is not None:
            os.chown(path, self.account.uid, self.account.gid)

    def remove(self) -> None:
        """Delete everything this place holds but ``var`` itself and its lock."""
        if self.data != self.var:
            shutil.rmtree(self.data, ignore_errors=True)
        for path in self.var.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != "lock":
                path.unlink()


def prepare_place(var: Path) -> Place:
    """Make the folders. Raises GroundError when ``var`` is someone else's."""
    var = var.absolute()
    account = _server_account()
    try:
        var.mkdir(mode=0o711 if account else 0o700, parents=True, exist_ok=True)
        if var.stat().st_uid != os.geteuid():
            raise GroundError(f"{var} belongs to another user: start as that user, or remove it.")
        identity = _identity(var)
        data = var if account is None or _open_to_others(var) else _outside(var, identity)
        place = Place(var, data, identity, account)
        for folder in (place.run, place.logs):
            folder.mkdir(mode=0o700, exist_ok=True)
    except PermissionError as error:
        raise GroundError(f"Cannot write to {error.filename}: start as its owner.") from error
    return place


def _server_account() -> Account | None:
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError as error:
        raise GroundError("Started as root, but there is no user nobody to run as.") from error
    return Account(entry.pw_uid, entry.pw_gid)


def read_identity(var: Path) -> tuple[str, Path]:
    """Which place this is, and where it was when it was last used; empty for a new one."""
    try:
        identity, _, home = (var / IDENTITY).read_text().partition(" ")
    except FileNotFoundError:
        return "", var
    return identity, Path(home)


def _identity(var: Path) -> str:
    identity, home = read_identity(var)
    # One that was moved stays itself. A copy must not touch what runs for the original.
    if not identity or (home != var and read_identity(home)[0] == identity):
        identity = secrets.token_hex(8)
    if read_identity(var) != (identity, var):
        (var / IDENTITY).write_text(f"{identity} {var}")
    return identity


def _open_to_others(folder: Path) -> bool:
    """Can an unrelated account reach into this folder, by the modes as they are?"""
    return all(
        path.stat().st_mode & stat.S_IXOTH for path in (folder.resolve(), *folder.resolve().parents)
    )


def _outside(var: Path, identity: str) -> Path:
    OUTSIDE.mkdir(mode=0o711, parents=True, exist_ok=True)
    _forget_removed_clones()
    folder = OUTSIDE / identity
    folder.mkdir(mode=0o711, exist_ok=True)
    (folder / OWNER_NOTE).write_text(str(var))
    return folder


def _forget_removed_clones() -> None:
    """Delete the data of clones that are gone: nothing else would ever do it."""
    for folder in OUTSIDE.iterdir():
        note = folder / OWNER_NOTE
        if not note.is_file():
            continue
        gone = read_identity(Path(note.read_text()))[0] != folder.name
        if gone and not (folder / "postgres" / "postmaster.pid").exists():
            shutil.rmtree(folder, ignore_errors=True)
