"""What the tests of closing accounts share."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.closing.breaches import report_breach
from accounts.closing.models import BreachReport
from accounts.closing.workflow import close
from accounts.login.models import User
from accounts.rules import Role
from tests.officials import KELURAHAN, RT, client_of, holder, user_as
from wacat.clock import today
from wacat.uploads import checked
from wacat.workflow import Move


def photograph() -> SimpleUploadedFile:
    """A picture to be sent as evidence."""
    written = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(written, "PNG")
    return SimpleUploadedFile("tangkapan layar.png", written.getvalue(), "image/png")


def administrator() -> User:
    """The administrator of the factories' own."""
    return holder(Role.ADMINISTRATOR, "64.71")


def rt_head(area: str = RT) -> User:
    """Whoever is Ketua RT there."""
    return holder(Role.KETUA_RT, area)


def as_administrator() -> Client:
    return client_of(administrator())


def page(name: str, user: User) -> str:
    return reverse(name, args=[user.pk])


def safeguard(**changes: Any) -> dict[str, Any]:
    """What a browser posts to close an account for the time being."""
    return {"kind": "safeguard", "reason": "Ponsel hilang.", "key": str(uuid4()), **changes}


def breach(**changes: Any) -> dict[str, Any]:
    """The same for a breach."""
    return {
        "kind": "breach",
        "date": today().isoformat(),
        "description": "Daftar warga dibagikan di grup.",
        "reason": "Melanggar Pasal 5 ayat (3) huruf a.",
        "evidence": photograph(),
        "key": str(uuid4()),
        **changes,
    }


def closed(user: User, kind: str = "safeguard", **data: Any) -> User:
    """The user, whose account the administrator has closed."""
    close(user.pk, Move(administrator(), {"kind": kind, "reason": "Uji.", **data}))
    user.refresh_from_db()
    return user


def closed_for_a_breach(user: User) -> User:
    data = {
        "date": today(),
        "description": "Daftar warga dibagikan.",
        "evidence": checked(photograph()),
    }
    return closed(user, "breach", **data)


def reported(user: User | None = None, evidence: bool = True) -> BreachReport:
    """A report by the Lurah of ``KELURAHAN``, about the Ketua RT of ``RT`` unless told."""
    return report_breach(
        holder(Role.LURAH, KELURAHAN),
        user or rt_head(),
        today(),
        "Data warga difoto.",
        checked(photograph()) if evidence else None,
        uuid4(),
    )


def is_let_in(client: Client) -> bool:
    """Whether the client's next request is that of a logged-in user."""
    return client.get(reverse("start")).status_code == 200


def colleague() -> User:
    """A second administrator beside the factories' own, and beside their founder."""
    return user_as(Role.ADMINISTRATOR)
