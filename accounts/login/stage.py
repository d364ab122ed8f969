"""Between the password and the second factor: not past a change of the password."""

from __future__ import annotations

from typing import Any

from allauth.mfa.stages import AuthenticateStage
from django.utils.crypto import constant_time_compare

from accounts.login.models import User

_PROVED = "proved"


class SecondFactorStage(AuthenticateStage):
    """allauth's, which remembers which password was given.

    Nobody is logged in yet, so no session ends with a new password: without this, who knew the
    old one would still have some minutes for the code.
    """

    def handle(self) -> tuple[Any, bool]:
        self.state[_PROVED] = _mark(self.login.user)
        answer: tuple[Any, bool] = super().handle()
        return answer


def still_holds(stage: SecondFactorStage) -> bool:
    """Whether the password that was given is still the user's, whose account is active."""
    user: User = stage.login.user
    return user.is_active and constant_time_compare(stage.state.get(_PROVED, ""), _mark(user))


def _mark(user: User) -> str:
    return str(user.get_session_auth_hash())
