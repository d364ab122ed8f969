"""/verifikasi/: from the number and the short code on paper to the letter's page."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from reports.letters.models import CODE_ALPHABET, NUMBERED, Letter
from reports.letters.verification import PublicView
from reports.letters.verification_limits import count_pair, told, was_right
from wacat.throttle import TooMany

CODE_LENGTH = 8
NOT_FOUND = (
    "Surat tidak ditemukan. Cocokkan lagi nomor dan kodenya dengan yang tercetak, huruf demi huruf."
)
NEVER_IN_CODES = (
    "Kode surat tidak memakai angka 0 dan huruf O. Lihat lagi suratnya: mungkin Q, D, atau 8."
)
SHAPE_OF_CODES = "Kode surat terdiri dari 8 huruf dan angka, misalnya K7QM-4TXP."

_BETWEEN = re.compile(r"[\W_]+")
_BEFORE = re.compile(r"^\s*(nomor|no)\b", re.IGNORECASE)
# Of what is read for one another the codes have only the L.
_READ_AS_L = str.maketrans("1I", "LL")
_READ_ALIKE = str.maketrans("ILO", "110")


class PairForm(forms.Form):
    """What is printed on the letter."""

    number = forms.CharField(
        label="Nomor surat",
        max_length=120,
        help_text="Tertulis di bawah judul surat, misalnya 400.12.2.1/042/1002/XI/2026.",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label="Kode surat",
        max_length=30,
        help_text="8 huruf dan angka di bagian bawah surat. Huruf besar atau kecil sama saja.",
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )

    def clean_code(self) -> str:
        return read_code(self.cleaned_data["code"])


def read_code(typed: str) -> str:
    """The code as it is stored. Raises ValidationError when it cannot be one."""
    bare = _BETWEEN.sub("", typed).upper()
    if {"0", "O"} & set(bare):
        raise ValidationError(NEVER_IN_CODES)
    code = bare.translate(_READ_AS_L)
    if len(code) != CODE_LENGTH or not set(code) <= set(CODE_ALPHABET):
        raise ValidationError(SHAPE_OF_CODES)
    return code


def same_number(typed: str, number: str) -> bool:
    """Whether they read alike: the code is what is secret, so signs and spaces do not matter."""
    return _folded(typed) == _folded(number)


def letter_of(number: str, code: str) -> Letter | None:
    """The issued letter with this number and code."""
    letter = Letter.objects.filter(status__in=NUMBERED, code=code).first()
    return letter if letter and same_number(number, letter.number) else None


class VerifyFind(PublicView):
    """For somebody with the letter in hand. The answer is the letter's own address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, PairForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PairForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, 422)
        try:
            guesses = count_pair(request)
        except TooMany as error:
            form.add_error(None, told(error))
            return self._show(request, form, 429)
        letter = letter_of(**form.cleaned_data)
        if letter is None:
            form.add_error(None, NOT_FOUND)
            return self._show(request, form, 422)
        was_right(guesses)
        return redirect("verify", letter.token)

    def _show(self, request: HttpRequest, form: PairForm, status: int = 200) -> HttpResponse:
        return render(request, "reports/letters/verify_find.html", {"form": form}, status=status)


def _folded(number: str) -> str:
    bare = _BETWEEN.sub("", _BEFORE.sub("", number)).upper()
    return bare.translate(_READ_ALIKE)
