"""What stands between a login and the pages, in this order (Perwali 33/2020 Pasal 5, 6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accounts.login.models import User

PROVING = frozenset({"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
OWN_PAGES = PROVING | {
    "own_account",
    "own_contacts",
    "own_password",
    "own_sessions",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
}


@dataclass(frozen=True)
class Gate:
    """Who is stopped, to which page they are led, and which others stay open to them there."""

    page: str
    stops: Callable[[User], bool]
    leaves_open: frozenset[str] = frozenset()
    ends_session: bool = False
    because: str = ""

    def lets_into(self, page: str) -> bool:
        """Whether whom it stops may see *page* (the name of an address)."""
        return page == self.page or page in self.leaves_open


def _lacks_second_factor(user: User) -> bool:
    return user.needs_second_factor and not user.has_second_factor


GATES = (
    Gate("account_inactive", lambda user: not user.is_active, ends_session=True),
    Gate(
        "account_inactive",
        lambda user: not user.posts_not_over,
        ends_session=True,
        because="jabatan",
    ),
    Gate("undertaking", lambda user: not user.has_undertaken),
    Gate("own_password", lambda user: not user.has_own_password),
    Gate("mfa_activate_totp", _lacks_second_factor, PROVING | {"mfa_add_webauthn"}),
    Gate("not_yet", lambda user: not user.todays_posts, OWN_PAGES),
)


def first_closed(user: User) -> Gate | None:
    """The first gate that *user* does not pass."""
    return next((gate for gate in GATES if gate.stops(user)), None)


def final(user: User) -> Gate | None:
    """The gate that ends the sessions of *user*, if one does."""
    return next((gate for gate in GATES if gate.ends_session and gate.stops(user)), None)
