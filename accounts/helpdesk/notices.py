"""The kinds of notices about tickets: that something was written, never what."""

from __future__ import annotations

from django.urls import reverse

from accounts.notices.kinds import Category, NoticeKind, Values


class _Own(NoticeKind):
    """A word to who opened the ticket."""

    category = Category.HELP
    values = frozenset({"ticket"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("ticket_detail", args=[values["ticket"]])


class _ToAnswer(NoticeKind):
    """A word to who answers it."""

    category = Category.HELP
    values = frozenset({"ticket"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("ticket_answer", args=[values["ticket"]])


class TicketAnswered(_Own):
    key = "ticket_answered"
    title = "Masalah yang disampaikan sudah dijawab"
    text = "Masalah atau keluhan yang Bapak/Ibu sampaikan sudah dijawab."


class TicketAsked(_Own):
    key = "ticket_asked"
    title = "Ada pertanyaan tentang masalah yang disampaikan"
    text = (
        "Untuk menjawab masalah atau keluhan yang Bapak/Ibu sampaikan, kami memerlukan "
        "keterangan tambahan. Mohon dibalas di WaCAT."
    )


class TicketSettled(_Own):
    key = "ticket_settled"
    title = "Masalah yang disampaikan dinyatakan selesai"
    text = (
        "Masalah atau keluhan yang Bapak/Ibu sampaikan dinyatakan selesai. Bila belum, "
        "Bapak/Ibu dapat membukanya lagi."
    )


class TicketHandedOn(_Own):
    key = "ticket_handed_on"
    title = "Masalah yang disampaikan diteruskan"
    text = "Masalah atau keluhan Bapak/Ibu diteruskan kepada petugas yang menanganinya."


class TicketOpened(_ToAnswer):
    key = "ticket_opened"
    title = "Masalah atau keluhan baru"
    text = "Ada masalah atau keluhan pengguna WaCAT yang menunggu dijawab."


class TicketReplied(_ToAnswer):
    key = "ticket_replied"
    title = "Balasan pada masalah atau keluhan"
    text = "Pengguna menulis lagi pada masalah atau keluhan yang pernah dijawab."


class TicketClosed(_ToAnswer):
    key = "ticket_closed"
    title = "Masalah atau keluhan selesai"
    text = "Pengguna menyatakan masalah atau keluhannya selesai."


class TicketsOverdue(NoticeKind):
    key = "tickets_overdue"
    category = Category.HELP
    title = "Masalah atau keluhan lewat batas waktu"
    text = "Ada masalah atau keluhan pengguna yang belum dijawab sampai batas waktunya."
    detail = "Jumlah: {count}."
    values = frozenset({"count"})

    @classmethod
    def url(cls, values: Values) -> str:
        return f"{reverse('ticket_queue')}?bagian=lewat"


class TicketsLate(NoticeKind):
    """The same to who leads the office, and reads no tickets."""

    key = "tickets_late"
    category = Category.HELP
    title = "Keluhan pengguna belum dijawab pada waktunya"
    text = "Ada masalah atau keluhan pengguna WaCAT yang belum dijawab sampai batas waktunya."
    detail = "Jumlah: {count}."
    values = frozenset({"count"})
