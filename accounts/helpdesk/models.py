"""Tickets: a problem or complaint, and the conversation about it (Perwali 33/2020 Pasal 8c)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.areas.models import CITY_CODE
from accounts.helpdesk.codes import Category, Status, categories_of
from accounts.rules import RULES, Action
from accounts.scope import ScopedModel, ScopedQuerySet
from wacat.clock import now, today
from wacat.sealing.fields import SealedTextField
from wacat.workflow import Step


class TicketQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any, action: Action) -> Self:
        """Those that *user* opened; to answer, those of the categories that a post answers.

        Nobody answers oneself; whoever handed one on still sees what becomes of it.
        """
        if action == Action.TICKET_OPEN:
            return self.filter(opened_by=user.pk)
        if action != Action.TICKET_ANSWER:
            return super().visible_to(user, action)
        reached = Q(pk__in=[])
        for post in user.todays_posts:
            if post.role in RULES[action]:
                own = Q(category__in=categories_of([post.role])) | Q(handed_by=user.pk)
                # All lie in the city: a condition more would only keep the indexes away.
                is_citys = post.area_id == CITY_CODE
                reached |= own if is_citys else own & self.within((post.area_id,))
        return self.filter(reached, ~Q(opened_by=user.pk))

    def waiting(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(status=Status.OPEN)

    def overdue(self) -> Self:
        """Those that wait, and whose deadline has passed."""
        return self.waiting().filter(due_on__lt=today())


@pghistory.track(exclude=["kelurahan", "kecamatan", "subject", "has_news"])
class Ticket(ScopedModel):
    """``area`` is that of the post in which it was opened.

    ``due_on`` is until when it is to be answered, told anew whenever the opener asks again;
    ``overdue_told`` the deadline whose passing was told of. ``first_answered_at`` is when the
    office first wrote back, be it a question. ``opened_on`` and ``settled_on`` are days in WITA,
    by which figures go. ``has_news``: the opener has not seen the latest answer. ``anonymised_on``:
    the retention schedule has erased what was said.
    """

    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    category = models.CharField("kategori", max_length=10, choices=Category)
    year = models.PositiveSmallIntegerField("tahun nomor")
    serial = models.PositiveIntegerField("nomor urut")
    subject = SealedTextField("perihal", place="ticket.subject")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField("waktu dibuka", default=now)
    opened_on = models.DateField("tanggal dibuka", default=today)
    due_on = models.DateField("batas waktu jawaban")
    overdue_told = models.DateField("batas waktu yang lewat dan sudah diberitahukan", null=True)
    first_answered_at = models.DateTimeField("waktu jawaban pertama", null=True)
    settled_at = models.DateTimeField("waktu selesai", null=True)
    settled_on = models.DateField("tanggal selesai", null=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    claimed_at = models.DateTimeField("waktu diambil", null=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    has_news = models.BooleanField(default=False)
    form_key = models.UUIDField("kunci formulir")
    anonymised_on = models.DateField(null=True)

    objects: ClassVar = TicketQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("due_on", "id"), condition=Q(status=Status.OPEN), name="ticket_due"
            ),
            models.Index(fields=("status", "-id"), name="ticket_status"),
            models.Index(fields=("opened_by", "-id"), name="ticket_opener"),
            models.Index(fields=("opened_on", "category"), name="ticket_opened"),
            models.Index(fields=("kelurahan", "opened_on"), name="ticket_kelurahan"),
            models.Index(fields=("settled_on",), name="ticket_settled"),
        )
        constraints = (
            models.UniqueConstraint(fields=("year", "serial"), name="ticket_number_once"),
            models.UniqueConstraint(fields=("opened_by", "form_key"), name="ticket_form_once"),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, settled_at__isnull=False)
                & Q(settled_on__isnull=False)
                | Q(~Q(status=Status.CLOSED), settled_at=None, settled_on=None),
                name="ticket_settled_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(first_answered_at__isnull=False)
                | ~Q(status__in=(Status.ASKED, Status.ANSWERED)),
                name="ticket_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None, claimed_at=None)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="ticket_claimed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")), name="ticket_due_after_it_was_opened"
            ),
        )

    @property
    def number(self) -> str:
        """For people: ``B-2026-000123``."""
        return f"B-{self.year}-{self.serial:06}"

    @property
    def is_overdue(self) -> bool:
        return self.status == Status.OPEN and self.due_on < today()


class TicketStep(Step):
    """One transition of a ticket. What was said at it is a message."""

    subject = models.ForeignKey(Ticket, models.PROTECT, related_name="steps")


class TicketMessage(models.Model):
    """What somebody wrote; ``is_internal``: for those alone who answer."""

    append_only = True

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="messages", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    text = SealedTextField("pesan", place="ticket.text")
    is_internal = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=("ticket", "-id"), name="ticket_message"),
            models.Index(fields=("at", "id"), name="ticket_message_latest"),
        )


class TicketFile(models.Model):
    """A photograph or PDF that came with a message: sealed, under a random name."""

    append_only = True

    message = models.ForeignKey(TicketMessage, models.PROTECT, related_name="files")
    file = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = (models.Index(fields=("at", "id"), name="ticket_file_latest"),)


class TicketCounter(models.Model):
    """The last number of a year; the row is locked by whoever takes the next."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()
