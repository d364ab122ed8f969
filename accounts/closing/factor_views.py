"""A second factor that was lost: taken off by an administrator who knows who is asking."""

from __future__ import annotations

from typing import Any

from accounts.closing.forms import FactorForm
from accounts.closing.of_account import AccountDeed
from accounts.closing.presenting import contact_rows
from accounts.closing.workflow import NO_FACTOR, reset_factor
from accounts.login.models import User
from wacat.workflow import Move


class SecondFactorReset(AccountDeed):
    """Asks for the reason, and that the person was made sure of: a password may be stolen."""

    form_class = FactorForm
    template = "accounts/closing/reset_factor.html"

    def hindrance(self, user: User) -> str:
        return "" if user.has_second_factor else NO_FACTOR

    def do(self, pk: int, move: Move) -> None:
        reset_factor(pk, move)

    def done(self, user: User) -> str:
        return "Pengaman kedua sudah dilepas."

    def facts(self, user: User) -> dict[str, Any]:
        return {"rows": contact_rows(user)}
