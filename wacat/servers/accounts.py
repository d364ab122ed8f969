"""The table of demo accounts, as ``seed_demo`` wrote them down."""

import json
from pathlib import Path

_COLUMNS = ("username", "password", "role", "area", "note")


def accounts_table(path: Path) -> str:
    """Aligned columns for the terminal; says so when there are no accounts."""
    try:
        accounts = json.loads(path.read_text())
    except (OSError, ValueError):
        return f"No demo accounts found in {path}."
    rows = [_COLUMNS, *(_row(account) for account in accounts)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    return "\n".join(f"  {line.rstrip()}" for line in lines)


def _row(account: dict[str, object]) -> tuple[str, ...]:
    notes = []
    if account.get("first_login"):
        notes.append("has not accepted the undertaking")
    if account.get("totp"):
        notes.append(f"second factor {account['totp']}")
    cells = [str(account.get(name) or "") for name in _COLUMNS[:-1]]
    return (*cells, ", ".join(notes))
