"""*Penyerahan* on a letter's page: what was done, the scan, and what can be done next."""

from __future__ import annotations

from typing import Any

from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import reach
from reports.letters.handing_forms import ReceiverForm
from reports.letters.handing_links import why_not_sendable
from reports.letters.handing_scans import is_electronic, is_valid, scan_of, why_no_scan
from reports.letters.handing_telling import lines_of
from reports.letters.models import NUMBERED, Letter


def panel(letter: Letter, user: User) -> dict[str, Any]:
    """The context of ``handing_panel.html``; nothing for a letter that is not issued."""
    if letter.status not in NUMBERED:
        return {}
    hands_over = letter.lies_within(reach(user, Action.LETTER_HAND_OVER)) and is_valid(letter)
    hindrance = why_not_sendable(letter) if hands_over else ""
    return {
        "handings": lines_of(letter),
        "scan": None if letter.erased_on else scan_of(letter),
        "hands_over": hands_over,
        "hindrance": hindrance,
        "may_send": hands_over and not hindrance,
        "may_scan": hands_over and not is_electronic(letter) and not why_no_scan(letter),
        "receiver_form": ReceiverForm(auto_id="id_handing_%s") if hands_over else None,
    }
