"""The tables of the trail, each read as entries of one shape. New models join by themselves.

Events are what the triggers wrote, steps what the workflow engine did, accesses what was read;
logins and the other append-only records stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pghistory.models
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Case, F, Func, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.areas.models import Area
from accounts.audit.grants import OURS, is_append_only
from accounts.audit.models import Access
from accounts.login.models import SignIn
from accounts.scope import ScopedModel
from wacat.workflow import Step

_ACTORS = ("actor", "by", "recorded_by", "closed_by", "confirmed_by", "user")
_TEXT, _NUMBER = models.TextField(), models.BigIntegerField()
_NO_TEXT, _NO_NUMBER = Value(None, _TEXT), Value(None, _NUMBER)


@dataclass(frozen=True)
class Source:
    """One table. Paths name columns (or columns of what they point to) for filters.

    ``kind`` is the kind of all its entries, or empty where ``kinds`` of each row tell.
    ``about`` is the model that the entries are about, ``about_path`` where its key is;
    ``area_path`` and ``person_path`` lead to an area and to a user, where there is such.
    """

    model: type[models.Model]
    kind: str
    at: str
    about: str
    about_path: str
    area_path: str
    person_path: str
    actor: Any
    actor_filter: str
    word: Any
    address: Any
    url: Any = _NO_TEXT
    more: Any = _NO_TEXT

    @property
    def _rows(self) -> Any:
        return self.model._default_manager.order_by()

    def places(self, rank: int) -> Any:
        """All rows by their place in the list; *rank* tells the tables of a union apart."""
        # Coalesce hides from the planner that each part of a union is in its order already:
        # else it reads a whole index of times backwards, in search of somebody who did little.
        at = Coalesce(F(self.at), F(self.at))
        return self._rows.values(entry_rank=Value(rank), entry_at=at, entry_pk=Cast("pk", _NUMBER))

    def entries(self, rank: int) -> Any:
        """All rows as entries, unordered."""
        subject = (
            F("subject")
            if self.model is Access
            else Concat(Value(f"{self.about}:"), Cast(self.about_path, _TEXT))
        )
        kind = Cast("kind", _TEXT) if self.model is Access else Value(self.kind, _TEXT)
        return self._rows.values(
            entry_rank=Value(rank),
            entry_at=F(self.at),
            entry_pk=Cast("pk", _NUMBER),
            entry_actor=self.actor,
            entry_subject=Cast(subject, _TEXT),
            entry_kind=kind,
            entry_word=self.word,
            entry_area=Cast(self.area_path, _TEXT) if self.area_path else _NO_TEXT,
            entry_address=self.address,
            entry_url=self.url,
            entry_more=self.more,
        )


@cache
def sources() -> tuple[Source, ...]:
    """Every table of the trail, always in the same order."""
    found = [source for model in apps.get_models() if (source := _source(model))]
    return tuple(sorted(found, key=lambda source: source.model._meta.label_lower))


@cache
def tracked() -> dict[str, type[models.Model]]:
    """What an entry can be about, by its label."""
    labels = {source.about for source in sources() if source.about}
    return {label: apps.get_model(label) for label in labels}


def _source(model: type[models.Model]) -> Source | None:
    if issubclass(model, pghistory.models.Event):
        return _events(model)
    if model._meta.app_label not in OURS or not is_append_only(model):
        return None
    if issubclass(model, Step):
        return _steps(model)
    if model is Access:
        return _accesses()
    return _sign_ins() if model is SignIn else _records(model)


def _events(model: Any) -> Source | None:
    about = getattr(model, "pgh_tracked_model", None)
    if about is None:
        return None
    context = {key: KeyTextTransform(key, "pgh_context") for key in ("user", "address", "url")}
    return Source(
        model=model,
        kind="change",
        at="pgh_created_at",
        about=about._meta.label_lower,
        about_path="pgh_obj_id",
        area_path="pgh_obj_id" if about is Area else _area_path(model),
        person_path="pgh_obj_id" if about is get_user_model() else "",
        actor=Cast(context["user"], _NUMBER),
        actor_filter="pgh_actor",
        word=F("pgh_label"),
        address=context["address"],
        url=context["url"],
    )


def _steps(model: Any) -> Source:
    subject: Any = model._meta.get_field("subject").related_model
    is_person = subject is get_user_model()
    return Source(
        model=model,
        kind="step",
        at="at",
        about=subject._meta.label_lower,
        about_path="subject_id",
        area_path="" if is_person else _area_path(model),
        person_path="subject_id" if is_person else "",
        actor=F("actor_id"),
        actor_filter="actor",
        word=Concat(Cast("name", _TEXT), Value(":", _TEXT), Cast("source", _TEXT)),
        address=_NO_TEXT,
        more=Cast("target", _TEXT),
    )


def _accesses() -> Source:
    return Source(
        model=Access,
        kind="",
        at="at",
        about="",
        about_path="subject",
        area_path="area_id",
        person_path="",
        actor=F("actor_id"),
        actor_filter="actor",
        word=_NO_TEXT,
        address=_host(),
    )


def _sign_ins() -> Source:
    done = Case(When(succeeded=True, then=Value("done")), default=Value("failed"))
    return Source(
        model=SignIn,
        kind="sign_in",
        at="at",
        about=get_user_model()._meta.label_lower,
        about_path="user_id",
        area_path="",
        person_path="user_id",
        actor=F("user_id"),
        actor_filter="user",
        word=Cast("way", _TEXT),
        address=_host(),
        more=Cast(done, _TEXT),
    )


def _records(model: type[models.Model]) -> Source | None:
    """An append-only table that says when, and perhaps who: a letter noted, a list confirmed."""
    names = {field.name for field in model._meta.fields}
    if "at" not in names:
        return None
    actor = next((name for name in _ACTORS if name in names), "")
    is_of_person = "user" in names
    about = get_user_model() if is_of_person else model
    return Source(
        model=model,
        kind="record",
        at="at",
        about=about._meta.label_lower,
        about_path="user_id" if is_of_person else "pk",
        area_path="" if is_of_person else _area_path(model),
        person_path="user_id" if is_of_person else "",
        actor=F(f"{actor}_id") if actor else _NO_NUMBER,
        actor_filter=actor,
        word=Value(model._meta.label_lower, _TEXT),
        address=_host() if "address" in names else _NO_TEXT,
        more=Cast("kind", _TEXT) if "kind" in names else _NO_TEXT,
    )


def _area_path(model: type[models.Model]) -> str:
    """Where the rows' area is: a column of theirs, or of a row that they belong to."""
    links = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    to_areas = [link.name for link in links if link.related_model is Area]
    if to_areas:
        return "area_id" if "area" in to_areas else f"{to_areas[0]}_id"
    owners = (link.name for link in links if _is_scoped(link.related_model))
    owner = next((name for name in owners if name != "pgh_obj"), "")
    return f"{owner}__area_id" if owner else ""


def _is_scoped(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, ScopedModel)


def _host() -> Any:
    """An address without the length of its network."""
    return Func("address", function="HOST", output_field=_TEXT)
