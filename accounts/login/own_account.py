"""*Akun saya*: who I am here, my contacts, my password and my devices."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.closing.credentials import OWN, note
from accounts.login import sessions
from accounts.login.adapter import AccountAdapter
from accounts.login.contacts import confirm_contacts
from accounts.login.devices import label_of
from accounts.login.doors import UNPROCESSABLE, number_in
from accounts.login.forms import ContactsForm, OwnPasswordForm
from accounts.login.models import User
from accounts.notices.sending import notify
from accounts.rules import Action
from accounts.scope import may

SHOWN = 5
TAKEN = "Nomor ini baru saja dipakai orang lain untuk masuk. Coba lagi."


class OwnAccount(ActionView):
    """Everything about the account on one page, each with where to change it."""

    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        context = {
            "rows": _rows(user),
            "sign_ins": user.sign_ins.order_by("-pk")[:SHOWN],
            "to_confirm": user.contacts_confirmed_at is None,
            "may_resign": may(user, Action.POST_RESIGN),
        }
        return render(request, "accounts/login/own_account.html", context)


def _rows(user: User) -> list[tuple[Any, ...]]:
    contacts = reverse("own_contacts")
    rows: list[tuple[Any, ...]] = [
        ("Nama", user.full_name),
        ("Jabatan", ", ".join(post.label for post in user.todays_posts)),
        ("Nama pengguna", user.username),
        ("Surel", user.email, contacts),
        ("Nomor telepon", user.phone, contacts),
        ("Kata sandi", "Sudah dibuat sendiri", reverse("own_password")),
        (
            "Pengaman kedua",
            "Terpasang" if user.has_second_factor else "Belum dipasang",
            reverse("mfa_index"),
        ),
        ("Perangkat", f"{sessions.open_sessions(user).count()} sedang masuk"),
    ]
    rows[-1] = (*rows[-1], reverse("own_sessions"))
    return rows if not user.nip else [*rows[:2], ("NIP", user.nip), *rows[2:]]


class OwnContacts(ActionView):
    """E-mail and telephone: confirmed after the first login, corrected whenever they change."""

    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, ContactsForm(user=user_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        form = ContactsForm(request.POST, user=user)
        if not form.is_valid() or not _proven(request, form):
            return self._page(request, form, UNPROCESSABLE)
        name_before = user.username
        try:
            confirm_contacts(user, form.cleaned_data["email"], form.cleaned_data["phone"])
        except IntegrityError:
            form.add_error("phone", TAKEN)
            return self._page(request, form, UNPROCESSABLE)
        messages.success(request, _told(user, name_before))
        return redirect("own_account")

    def _page(self, request: HttpRequest, form: ContactsForm, status: int = 200) -> HttpResponse:
        return render(request, "accounts/login/own_contacts.html", {"form": form}, status=status)


def _proven(request: HttpRequest, form: ContactsForm) -> bool:
    """Whether a change of contacts comes from who knows the password; else the form says so."""
    if not form.changes:
        return True
    return _is_own_password(request, form, "password")


def _is_own_password(request: HttpRequest, form: Any, field: str) -> bool:
    adapter = AccountAdapter(request)
    try:
        if adapter.reauthenticate(user_of(request), form.cleaned_data[field]):
            return True
        form.add_error(field, adapter.error_messages["incorrect_password"])
    except ValidationError as error:
        form.add_error(field, error)
    return False


def _told(user: User, name_before: str) -> str:
    if user.username != name_before:
        return f"Tersimpan. Nama pengguna Bapak/Ibu sekarang {user.username}."
    if user.login_phone != user.phone:
        return (
            "Tersimpan. Nomor ini sudah dipakai orang lain untuk masuk, jadi masuklah dengan "
            f"nama pengguna {user.username}."
        )
    return "Surel dan nomor telepon sudah dipastikan."


class OwnPassword(ActionView):
    """A password of one's own: at the first login, and whenever one likes."""

    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, OwnPasswordForm(user=user_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        form = OwnPasswordForm(request.POST, user=user)
        is_first = not user.has_own_password
        if not form.is_valid():
            return self._page(request, form, UNPROCESSABLE)
        if not is_first and not _is_own_password(request, form, "old_password"):
            return self._page(request, form, UNPROCESSABLE)
        set_own_password(request, user, form.cleaned_data["new_password1"])
        if not is_first:
            notify("password_renewed", [(user, {})])
        messages.success(request, "Kata sandi sudah diganti. Perangkat lain sudah dikeluarkan.")
        return redirect("start" if is_first else "own_account")

    def _page(self, request: HttpRequest, form: OwnPasswordForm, status: int = 200) -> HttpResponse:
        return render(request, "accounts/login/own_password.html", {"form": form}, status=status)


def set_own_password(request: HttpRequest, user: User, password: str) -> None:
    """Set it, keep this session under a new key and end all others."""
    user.set_password(password)
    user.save(update_fields=["password"])
    old_key = request.session.session_key
    update_session_auth_hash(request, user)
    sessions.follow(request, old_key)
    sessions.close_sessions(user, but=request.session.session_key)
    reauthenticate_by_password(request)
    note([user], OWN, user)


class OwnSessions(ActionView):
    """Where I am logged in: one or all others can be ended."""

    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        shown = [
            {
                "pk": one.pk,
                "label": label_of(one.user_agent),
                "address": "" if one.ip == sessions.UNKNOWN_ADDRESS else one.ip,
                "seen": one.last_seen_at,
                "is_this": one.session_key == key,
            }
            for one in sessions.open_sessions(user_of(request))
        ]
        context = {"sessions": shown, "others": any(not one["is_this"] for one in shown)}
        return render(request, "accounts/login/own_sessions.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        if request.POST.get("action") == "close_others":
            sessions.close_sessions(user, but=request.session.session_key)
            messages.success(request, "Semua perangkat lain sudah dikeluarkan.")
            return redirect("own_sessions")
        mine = UserSession.objects.filter(user=user)
        one = get_object_or_404(mine, pk=number_in(request, "session"))
        is_this = one.session_key == request.session.session_key
        sessions.end(mine.filter(pk=one.pk))
        if is_this:
            request.session.flush()
            return redirect("account_login")
        messages.success(request, "Perangkat itu sudah dikeluarkan.")
        return redirect("own_sessions")
