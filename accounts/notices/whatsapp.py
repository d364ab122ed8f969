"""A WhatsApp message for a person to send by hand: nothing is sent from here."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from accounts.login.models import User
from accounts.login.phones import as_phone, international
from accounts.notices.kinds import NoticeKind


def whatsapp_link(user: User, kind: type[NoticeKind] | None = None) -> str:
    """``https://wa.me/62…?text=…`` with the user's name and the portal's address, no more.

    Of a *kind* its fixed title goes along. Nothing when the user has no telephone number.
    Shown by ``components/whatsapp_link.html``.
    """
    phone = as_phone(user.phone)
    if not phone:
        return ""
    about = f"{kind.title}. " if kind else ""
    text = (
        f"Yth. Bapak/Ibu {' '.join(user.full_name.split())}, ada pemberitahuan di WaCAT. "
        f"{about}Silakan masuk: {settings.PUBLIC_URL}{reverse('account_login')}"
    )
    return f"https://wa.me/{international(phone)}?text={quote(text, safe='')}"
