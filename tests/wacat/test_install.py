"""What a fresh machine lacks is named, and a failed install is done again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wacat.servers import prerequisites
from wacat.servers.running import BASE_DIR

INSTALL = BASE_DIR / "wacat" / "servers" / "install.sh"


def install(folder: Path, path: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [
            "/bin/sh",
            str(INSTALL),
            str(folder / "venv"),
            str(folder / "lock"),
            str(folder / "ready"),
        ],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def fake_python(folder: Path, name: str, script: str) -> None:
    program = folder / "bin" / name
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_an_old_python_is_named(tmp_path: Path) -> None:
    fake_python(tmp_path, "python3", 'if [ "$1" = -V ]; then echo Python 3.9.2; else exit 1; fi')
    result = install(tmp_path, str(tmp_path / "bin"))
    assert result.returncode == 1
    assert "needs Python 3.11 or newer; python3 here is Python 3.9.2" in result.stderr


def test_a_missing_venv_is_named(tmp_path: Path) -> None:
    script = 'case "$2" in *ensurepip*) exit 1;; *%d*) echo 3.12;; esac'
    fake_python(tmp_path, "python3", script)
    result = install(tmp_path, f"{tmp_path / 'bin'}:/usr/bin:/bin")
    assert result.returncode == 1
    assert "apt install python3-venv" in result.stderr


def test_only_a_finished_install_leaves_its_stamp(tmp_path: Path) -> None:
    """With a pip that works as long as there is a file ``registry``."""
    stamp, registry, lock = (tmp_path / name for name in ("ready", "registry", "lock"))
    pip = f'if [ "$2" = pip ]; then test "$3" = --version -o -e {registry}; exit $?; fi'
    (tmp_path / "venv").mkdir()
    fake_python(tmp_path / "venv", "python", f'{pip}\nexec {sys.executable} "$@"')
    lock.write_text("one")
    assert install(tmp_path, os.environ["PATH"]).returncode != 0
    assert not stamp.exists()
    registry.touch()
    assert "Installing" in install(tmp_path, os.environ["PATH"]).stdout
    assert stamp.exists()
    assert install(tmp_path, os.environ["PATH"]).stdout == ""
    lock.write_text("two")
    registry.unlink()
    assert install(tmp_path, os.environ["PATH"]).returncode != 0
    assert not stamp.exists()


def test_a_missing_library_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prerequisites.main() == 0
    monkeypatch.setattr(prerequisites, "_loads", lambda library: "ft2" not in library)
    assert prerequisites.main() == 1
    assert "apt install libpangoft2-1.0-0" in capsys.readouterr().err
