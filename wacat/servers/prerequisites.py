"""Names the system libraries that are missing, with the Debian package that brings each."""

import ctypes.util
import sys

_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
}
_NAMES_ELSEWHERE = {"libpango-1.0.so.0": "pango-1.0", "libpangoft2-1.0.so.0": "pangoft2-1.0"}


def missing_packages() -> list[str]:
    """Debian packages to install before documents can be drawn."""
    return [package for library, package in _LIBRARIES.items() if not _loads(library)]


def _loads(library: str) -> bool:
    names = [library, ctypes.util.find_library(_NAMES_ELSEWHERE[library])]
    for name in filter(None, names):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def main() -> int:
    missing = missing_packages()
    if missing:
        packages = " ".join(missing)
        print(
            "The library Pango, which draws the letters, is missing.\n"
            f"Debian and Ubuntu: apt install {packages}",
            file=sys.stderr,
        )
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
