"""The lodgings in reach: their list, entering and correcting one, and its own page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.rules import Action
from accounts.scope import may, require
from residents.grouping.pages import GroupPage
from residents.lodgings import keeping
from residents.lodgings.finding import LodgingFinder
from residents.lodgings.former import former_tenants
from residents.lodgings.forms import LodgingForm
from residents.lodgings.models import Lodging
from residents.registry.models import Resident
from residents.registry.states import REPORTABLE
from wacat.keys import sent_key
from wacat.pages import PAGE_SIZE, Page, page_of
from wacat.words import angka, tanggal
from wacat.workflow import InputMissing

TENANTS_AT_ONCE = 200
FORMER_SHOWN = 10
FORMER = "dahulu"  # ?bagian=


class LodgingList(ActionView):
    """Those in reach, the latest first. A search is a POST: names do not belong in addresses."""

    action = Action.RESIDENT_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, LodgingFinder(request.GET))

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, LodgingFinder(request.GET, request.POST.get("q", "")))

    def _show(self, request: HttpRequest, finder: LodgingFinder) -> HttpResponse:
        rows = finder.narrow(self.reachable(Lodging._default_manager))
        rows = rows.select_related("area__parent")
        page = self._found(request, rows) if finder.text else page_of(request, rows)
        tenants = keeping.tenants_in(self.reachable(Resident.objects), page.rows)
        context = {
            "finder": finder,
            "page": page,
            "rows": [(one, tenants.get(one.pk, 0)) for one in page.rows],
            "may_enter": may(user_of(request), Action.RESIDENT_ENTER),
        }
        status = 422 if finder.error else 200
        return render(request, "residents/lodgings/list.html", context, status=status)

    def _found(self, request: HttpRequest, rows: Any) -> Page:
        """One page: the address of a next one would have to hold what was searched for."""
        found = list(rows.order_by("-pk")[: PAGE_SIZE + 1])
        if len(found) > PAGE_SIZE:
            messages.info(request, f"Lebih dari {PAGE_SIZE} tempat cocok. Ketik lebih lengkap.")
        return Page(found[:PAGE_SIZE], next_url="", previous_url="")


class LodgingAdd(ActionView):
    """One form; its hidden key makes a repeated POST answer like the first."""

    action = Action.RESIDENT_ENTER

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, LodgingForm(user=user_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        rows = self.reachable(Lodging._default_manager)
        made = keeping.entered_by_key(rows, sent_key(request))
        if made is None:
            form = LodgingForm(request.POST, user=user_of(request))
            if not form.is_valid():
                return self._show(request, form, 422)
            made = keeping.enter(form.save(commit=False), rows, form.sent_key)
            messages.success(request, "Tempat disimpan. Sekarang catat penghuninya.")
        return redirect("lodging_detail", made.pk)

    def _show(self, request: HttpRequest, form: LodgingForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "title": "Tambah tempat"}
        return render(request, "residents/lodgings/form.html", context, status=status)


class LodgingEdit(ActionView):
    """Correcting what was entered."""

    action = Action.RESIDENT_ENTER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        lodging = get_object_or_404(self.reachable(Lodging._default_manager), pk=pk)
        return self._show(request, LodgingForm(instance=lodging, user=user_of(request)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self.reachable(Lodging._default_manager).select_for_update(of=("self",))
        lodging = get_object_or_404(rows, pk=pk)
        form = LodgingForm(request.POST, instance=lodging, user=user_of(request))
        if not form.is_valid():
            return self._show(request, form, 422)
        keeping.correct(form.save(commit=False))
        messages.success(request, "Data tempat disimpan.")
        return redirect("lodging_detail", pk)

    def _show(self, request: HttpRequest, form: LodgingForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "title": "Ubah data tempat", "lodging": form.instance}
        return render(request, "residents/lodgings/form.html", context, status=status)


class LodgingPage(GroupPage):
    """A lodging with its tenants; ``close`` and ``reopen`` besides the deeds of a group.

    ``?bagian=dahulu`` lists who lived there before.
    """

    model, shared, address = Lodging, "lodging", "lodging_detail"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.GET.get("bagian") != FORMER:
            return super().get(request, pk)
        lodging = self.find(pk)
        page = page_of(request, former_tenants(lodging, self.reachable(Resident.objects)))
        context = {"lodging": lodging, "page": page}
        return render(request, "residents/lodgings/former.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("action", "")
        if name not in ("close", "reopen"):
            return super().post(request, pk)
        require(user_of(request), Action.RESIDENT_ENTER)
        lodging = self.find(pk, Action.RESIDENT_ENTER)
        try:
            (keeping.close if name == "close" else keeping.reopen)(lodging)
        except InputMissing as error:
            return self.show(lodging, status=422, error=error.errors["close"])
        done = "ditutup" if name == "close" else "dibuka lagi"
        messages.success(request, f"Tempat ini {done}.")
        return redirect(self.address, pk)

    def around(self, thing: Lodging) -> dict[str, Any]:
        return {"whose": thing.name, "home": reverse(self.address, args=[thing.pk])}

    def show(self, thing: Lodging, status: int = 200, error: str = "") -> HttpResponse:
        everybody = self.all_people(thing)
        page = page_of(self.request, self.people(thing), TENANTS_AT_ONCE)
        page.rows.sort(key=lambda one: (one.full_name, one.pk))
        count = len(page.rows)
        if page.next_url or page.previous_url:
            count = self.people(thing).count()
        former = former_tenants(thing, self.reachable(Resident.objects)).order_by("-pk")
        context = {
            **self.listing(page.rows),
            "lodging": thing,
            "rows": summary_of(thing),
            "page": page,
            "count": count,
            "crowded": crowded(thing, count),
            "waiting": everybody.filter(status__in=REPORTABLE).order_by("full_name", "pk"),
            "former": list(former[: FORMER_SHOWN + 1]),
            "former_shown": FORMER_SHOWN,
            "former_url": f"?bagian={FORMER}",
            "may_enter": self.may_enter(thing),
            "error": error,
        }
        return render(self.request, "residents/lodgings/detail.html", context, status=status)


def summary_of(lodging: Lodging) -> list[tuple[str, str]]:
    """The lodging as label and words."""
    rows = [
        ("Jenis", str(lodging.get_kind_display())),
        ("RT", f"{lodging.area.label}, Kel. {lodging.area.containing.name}"),
        ("Alamat", lodging.address),
        ("Jumlah kamar", angka(lodging.rooms)),
        ("Pemilik", lodging.owner_name),
        ("Telepon pemilik", lodging.owner_phone),
        ("Alamat pemilik", lodging.owner_address),
        ("Ditutup sejak", tanggal(lodging.closed_on)),
    ]
    return [(label, value) for label, value in rows if value]


def crowded(lodging: Lodging, tenants: int) -> str:
    """A word of caution when more people live there than it has rooms; it refuses nothing."""
    if not lodging.rooms or tenants <= lodging.rooms:
        return ""
    return (
        f"Penghuni yang dicatat {angka(tenants)} orang, kamarnya {angka(lodging.rooms)}. "
        "Bila ada yang sudah pergi, catat di bawah."
    )
