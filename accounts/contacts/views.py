"""The contact page: whom to ask about WaCAT, for everybody; changed by the administrator."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.contacts.arranging import add, move, remove
from accounts.contacts.forms import OfficeForm
from accounts.contacts.models import ContactOffice
from accounts.contacts.offices import default_offices
from accounts.rules import Action
from accounts.scope import may


class ContactList(ActionView):
    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "offices": list(ContactOffice.objects.all()) or default_offices(),
            "may_edit": may(user_of(request), Action.CONTACTS_EDIT),
        }
        return render(request, "accounts/contacts/list.html", context)


class ContactAdd(ActionView):
    action = Action.CONTACTS_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        return _show(request, OfficeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OfficeForm(request.POST)
        if not form.is_valid():
            return _show(request, form, 422)
        add(form.save(commit=False), form.sent_key)
        messages.success(request, "Kontak ditambahkan.")
        return redirect("contact_list")


class ContactEdit(ActionView):
    """An office, its place in the list, and the way to take it off."""

    action = Action.CONTACTS_EDIT

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return _show(request, OfficeForm(instance=_find(pk)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = OfficeForm(request.POST, instance=_find(pk))
        if not form.is_valid():
            return _show(request, form, 422)
        form.save()
        messages.success(request, "Kontak disimpan.")
        return redirect("contact_list")


class ContactDelete(ActionView):
    """Asks once more; deleting what is gone already is no mistake."""

    action = Action.CONTACTS_EDIT

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return render(request, "accounts/contacts/delete.html", {"office": _find(pk)})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        remove(pk)
        messages.success(request, "Kontak dihapus.")
        return redirect("contact_list")


class ContactMove(ActionView):
    action = Action.CONTACTS_EDIT

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        place = request.POST.get("place", "")
        if not (place.isascii() and place.isdigit() and len(place) < 4):
            raise BadRequest("Tempat tidak dikenal.")
        try:
            move(pk, int(place))
        except ContactOffice.DoesNotExist as error:
            raise Http404 from error
        return redirect("contact_list")


def _find(pk: int) -> ContactOffice:
    office: ContactOffice = get_object_or_404(ContactOffice, pk=pk)
    return office


def _show(request: HttpRequest, form: OfficeForm, status: int = 200) -> HttpResponse:
    keys = list(ContactOffice.objects.values_list("pk", flat=True))
    place = keys.index(form.instance.pk) + 1 if form.instance.pk in keys else 0
    context = {
        "form": form,
        "before": place - 1,
        "after": place + 1 if place < len(keys) else 0,
    }
    return render(request, "accounts/contacts/form.html", context, status=status)
