"""The office's pages of retention: the rule, what is due by it, and what was done."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import ActionView, user_of
from accounts.rules import Action
from residents.retention.due import preview
from residents.retention.forms import OffForm, PeriodForm
from residents.retention.keeping import fates
from residents.retention.models import RetentionRule, RetentionRun
from residents.retention.rules import cutoff, rule_in_force, set_rule
from wacat.keys import pressed_key
from wacat.words import angka, tanggal

AGAIN = "ubah"  # in the address: the answers are to be changed
SHOWN = 20  # rules and runs on the page, the latest first
APART = (
    "Penghapusan dijalankan tersendiri di server, oleh petugas pemeliharaan, bukan dari halaman "
    "ini. Setiap kali dijalankan, tercatat di sini."
)
FOR_GOOD = "Yang sudah dihapus tidak dapat dikembalikan, juga tidak oleh Administrator."


class Retention(ActionView):
    """The rule in force, what is due by it today, and the past runs. Erasing is not done here."""

    action = Action.RETENTION_SET

    def get(self, request: HttpRequest) -> HttpResponse:
        rules = list(RetentionRule.objects.select_related("by").order_by("-pk")[:SHOWN])
        rule = rules[0] if rules else None
        runs = RetentionRun.objects.select_related("rule").order_by("-pk")[:SHOWN]
        context = {
            "rule": rule,
            "rules": rules,
            "runs": list(runs),
            "due": preview(cutoff(rule.months)) if rule and rule.months else None,
            "fates": fates(),
        }
        return render(request, "residents/retention/page.html", context)


class SetPeriod(ActionView):
    """A question, a page to check, and the deed, as with every change that matters."""

    action = Action.RETENTION_SET
    form: ClassVar[type[OffForm]] = PeriodForm
    title = "Atur masa simpan"
    button = "Berlakukan masa simpan ini"
    done = "Masa simpan sudah berlaku."

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.GET:
            return self._ask(self.form())
        if AGAIN in request.GET:
            return self._ask(self.form(initial=request.GET.dict()))
        form = self.form(request.GET)
        return self._check(form) if form.is_valid() else self._ask(form, 422)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self._ask(form, 422)
        data = form.cleaned_data
        set_rule(user_of(request), data.get("months"), data["basis"], pressed_key(request))
        messages.success(request, self.done)
        return redirect("retention")

    def consequences(self, data: dict[str, Any]) -> list[str]:
        """What will follow, a sentence each."""
        before = cutoff(data["months"])
        found = preview(before)
        due = (
            f"Catatan warga yang masa tinggalnya berakhir pada {tanggal(before)} atau sebelumnya "
            f"jatuh tempo: hari ini {angka(found.records)} catatan."
        )
        others = [f"{label}: {angka(count)}" for label, count in found.others.items()]
        also = f"Begitu pula yang lain sampai tanggal itu: {'; '.join(others)}."
        return [due, also, APART, FOR_GOOD]

    def _ask(self, form: OffForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "title": self.title, "rule": rule_in_force()}
        return render(self.request, "residents/retention/question.html", context, status=status)

    def _check(self, form: OffForm) -> HttpResponse:
        data = form.cleaned_data
        answers = {name: str(value) for name, value in data.items()}
        context = {
            "title": self.title,
            "rows": [("Masa simpan", in_words(data.get("months"))), ("Dasar", data["basis"])],
            "consequences": self.consequences(data),
            "answers": answers,
            "change_url": f"?{urlencode({**answers, AGAIN: 1})}",
            "key": uuid4(),
            "button": self.button,
        }
        return render(self.request, "residents/retention/check.html", context)


class SwitchOff(SetPeriod):
    """Nothing more is erased until a period is set again."""

    form = OffForm
    title = "Matikan penghapusan"
    button = "Matikan penghapusan"
    done = "Penghapusan data dimatikan."

    def consequences(self, data: dict[str, Any]) -> list[str]:
        return [
            "Tidak ada data warga yang dihapus lagi sampai masa simpan diatur kembali.",
            FOR_GOOD,
        ]


def in_words(months: int | None) -> str:
    """``24 bulan setelah masa tinggal berakhir``; how it is said that retention is off."""
    if months is None:
        return "Penghapusan dimatikan"
    return f"{months} bulan setelah masa tinggal berakhir"
