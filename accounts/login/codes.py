"""Codes of the second factor. Each is good once: who looks over a shoulder comes too late."""

from __future__ import annotations

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

from accounts.login.models import User

LAST_STEP = "last_step"  # the time step of the last code that was used, with the secret
_SET_UP = "second_factor_set_up"  # in the session, sealed, until the app is set up
CODES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def accept(user: User, code: str) -> Authenticator | None:
    """Use the code up and give what made it; None when it is wrong or was used before."""
    with transaction.atomic():
        mine = Authenticator.objects.select_for_update().filter(user=user, type__in=CODES)
        for one in sorted(mine, key=lambda one: CODES.index(one.type)):
            is_totp = one.type == Authenticator.Type.TOTP
            if _accept_totp(one, code) if is_totp else one.wrap().validate_code(code):
                one.user = user
                return one
    return None


def _accept_totp(authenticator: Authenticator, code: str) -> bool:
    step = step_of(decrypt(authenticator.data["secret"]), code)
    if step is None or step <= authenticator.data.get(LAST_STEP, 0):
        return False
    use_up(authenticator, step)
    return True


def use_up(authenticator: Authenticator, step: int) -> None:
    """No code of this time step or an earlier one is good any more."""
    authenticator.data[LAST_STEP] = step
    authenticator.save(update_fields=["data"])


def step_of(secret: str, code: str) -> int | None:
    """The time step of which *code* is the code, if it is one of about now."""
    for step in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, step))
        if compare_user_code(actual=code, expected=expected):
            return step
    return None


def secret_to_set_up() -> str:
    """The secret that this session is about to hand to an app; the same until it is done."""
    session = context.request.session
    if _SET_UP not in session:
        session[_SET_UP] = encrypt(generate_totp_secret())
    return decrypt(session[_SET_UP])


def forget_secret() -> None:
    """The app has it."""
    context.request.session.pop(_SET_UP, None)
