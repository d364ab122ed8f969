"""Changes of what somebody logs in with, noted for the trail and the account's history.

The trail's triggers are blind to them: no password and no secret of a second factor is tracked.
"""

from __future__ import annotations

from collections.abc import Iterable

from accounts.closing.models import AccountStep
from accounts.login.models import User

ONE_TIME, OWN, BY_LINK = "one_time", "own_password", "password_by_link"
FACTOR_SET, FACTOR_REMOVED = "factor_set", "factor_removed"
RECOVERY_CODES = "recovery_codes"


def note(users: Iterable[User], name: str, actor: User) -> None:
    """*actor* did *name* to what each of *users* logs in with; their accounts stay as they are."""
    AccountStep.objects.bulk_create(
        AccountStep(subject=user, name=name, source=user.status, target=user.status, actor=actor)
        for user in users
    )
