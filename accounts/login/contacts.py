"""One's own e-mail and telephone, by which one is told things, and by the latter logs in."""

from __future__ import annotations

from django.db import transaction

from accounts.issuing.usernames import shared_with
from accounts.login.models import User
from accounts.notices.sending import notify
from wacat.clock import now

WRITTEN = ["username", "login_phone", "email", "phone", "contacts_confirmed_at"]


def confirm_contacts(user: User, email: str, phone: str) -> None:
    """Confirm the contacts as they are, or correct them; *phone* in the form 08….

    A change is told at the former e-mail address, too: who took over a session cannot hide it.

    Raises IntegrityError when somebody else takes the telephone number at this moment.
    """
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        before = locked.email, locked.phone
        if phone != locked.login_phone:
            _log_in_by(locked, phone)
        locked.email, locked.phone, locked.contacts_confirmed_at = email, phone, now()
        locked.save(update_fields=WRITTEN)
        if before != (email, phone):
            former_email = "" if before[0] == email else before[0]
            notify("contacts_changed", [(locked, {})], former_email)
    user.refresh_from_db(fields=WRITTEN)


def _log_in_by(user: User, phone: str) -> None:
    """The telephone number by which *user* logs in, and a user name of digits with it.

    Where somebody else logs in with that number already (a family shares the telephone), the
    user name stays as it is and the number leads in only the other.
    """
    is_the_name = user.username == user.login_phone
    if not shared_with(phone, user):
        user.login_phone = phone
        user.username = phone if is_the_name else user.username
    elif not is_the_name:
        user.login_phone = None
