"""A WhatsApp message to a resident, for a person to send by hand: nothing is sent from here."""

from __future__ import annotations

from urllib.parse import quote

from accounts.login.phones import as_phone, international
from residents.registry.models import Resident
from wacat.words import tanggal


def whatsapp_to(resident: Resident) -> str:
    """``https://wa.me/62…?text=…`` that asks whether they still live here, without their name.

    Nothing when no telephone number is known. Shown by ``components/whatsapp_link.html``.
    """
    phone = as_phone(resident.phone)
    if not phone:
        return ""
    ends = "berakhir" if resident.is_overdue else "akan berakhir"
    text = (
        f"Yth. Bapak/Ibu, masa tinggal yang tercatat di RT {ends} pada "
        f"{tanggal(resident.stays_until)}. Apakah masih tinggal di sini? Terima kasih."
    )
    return f"https://wa.me/{international(phone)}?text={quote(text, safe='')}"
