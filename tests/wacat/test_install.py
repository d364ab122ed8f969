"""What a fresh machine lacks is named, and a failed install is done again."""

import os
import subprocess
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
        env={"PATH": path, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder)},
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
    stamp = tmp_path / "ready"
    (tmp_path / "lock").write_text(f"nowhere==1 --hash=sha256:{'0' * 64}\n")
    path = os.environ["PATH"]
    assert install(tmp_path, path).returncode != 0
    assert not stamp.exists()
    (tmp_path / "lock").write_text("# nothing to install\n")
    assert install(tmp_path, path).returncode == 0
    first = stamp.read_text()
    assert install(tmp_path, path).stdout == ""
    (tmp_path / "lock").write_text(f"nowhere==2 --hash=sha256:{'0' * 64}\n")
    assert install(tmp_path, path).returncode != 0
    assert not stamp.exists()
    assert first


def test_a_missing_library_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prerequisites.main() == 0
    monkeypatch.setattr(prerequisites, "_loads", lambda library: "ft2" not in library)
    assert prerequisites.main() == 1
    assert "apt install libpangoft2-1.0-0" in capsys.readouterr().err
