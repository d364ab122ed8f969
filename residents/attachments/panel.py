"""The documents on a resident's page: a list, one of them to look at, and removing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.access import user_of
from accounts.rules import Action
from accounts.scope import reach
from residents.attachments.keeping import MOST, may_take, present_of, remove
from residents.attachments.models import Attachment
from residents.registry.models import Resident
from residents.registry.panels import Bound, Deeds, Page, Panel
from wacat.keys import row_key

LOOK = "lampiran"  # ?lampiran=<key> shows that one on the page, beside the record


def panel(request: HttpRequest, resident: Resident, bound: Bound) -> Panel | None:
    """The record's documents; nothing for who can neither see one nor add one."""
    user = user_of(request)
    may_add = resident.lies_within(reach(user, Action.RESIDENT_ENTER)) and may_take(resident)
    rows = present_of(resident)
    if not rows and not may_add:
        return None
    wanted = row_key(request.GET.get(LOOK, ""))
    context = {
        "resident": resident,
        "rows": rows,
        "may_add": may_add,
        "has_room": len(rows) < MOST,
        "may_look": resident.lies_within(reach(user, Action.RESIDENT_REVEAL)),
        "looked_at": next((row for row in rows if row.pk == wanted and row.is_picture), None),
    }
    return Panel("residents/attachments/panel.html", context)


def remove_one(page: Page, request: HttpRequest, resident: Resident) -> HttpResponse:
    """Remove the posted ``attachment``. One that is removed already stays so."""
    pk = row_key(request.POST.get("attachment", ""))
    if pk is None:
        raise Http404
    rows = Attachment.objects.filter(resident=resident).select_for_update(of=("self",))
    attachment = get_object_or_404(rows, pk=pk)
    remove(attachment)
    messages.success(request, f"{attachment.get_kind_display()} dihapus.")
    return redirect(f"{reverse('resident_detail', args=[resident.pk])}#lampiran")


DEEDS: Deeds = {"attachment_remove": (Action.RESIDENT_ENTER, remove_one)}
