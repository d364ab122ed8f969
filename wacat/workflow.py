"""The only writer of a status.

A feature lists its transitions in a table; ``advance`` locks the row, checks scope, source
and input, applies the change, sets the status and records the step, in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from wacat.clock import now

Row = Any  # a model with a status, whose queryset has visible_to()


class WrongState(Exception):
    """The row is not in a state from which this can be done. The text is for the user."""


class InputMissing(Exception):
    """What the transition needs was not given: ``errors`` maps field to message."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = dict(errors)


@contextmanager
def refusing(constraints: Mapping[str, str]) -> Iterator[None]:
    """All of it or nothing; where the database refuses, WrongState tells why.

    *constraints* maps the names of those that may be violated to the text for the user.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        for name, text in constraints.items():
            if name in str(error):
                raise WrongState(text) from error
        raise


@dataclass(frozen=True)
class Move:
    """One attempt at a transition: who, with what input. ``actor`` None is the system."""

    actor: Any
    data: Mapping[str, Any] = field(default_factory=dict)
    key: UUID | None = None


@dataclass(frozen=True)
class Transition:
    """One line of a workflow's table.

    ``action`` names the rule (and so the scope) it needs; ``needs`` the inputs that may not
    be empty; ``apply`` changes a row's other fields before it is saved, ``apply_many`` does so
    for all rows of ``advance_many`` at once and says in ``changes`` which. A ``target`` of
    None keeps the state it finds.
    """

    name: str
    sources: frozenset[str]
    target: str | None
    action: Any
    needs: tuple[str, ...] = ()
    apply: Callable[[Row, Move], None] | None = None
    apply_many: Callable[[list[Row], Move], None] | None = None
    changes: tuple[str, ...] = ()

    def change(self, rows: list[Row], move: Move) -> None:
        """Change the rows' other fields."""
        if self.apply_many:
            self.apply_many(rows, move)
        if self.apply:
            for row in rows:
                self.apply(row, move)


class Step(models.Model):
    """One transition that happened to ``subject``, which the concrete class points to.

    Append-only for the application.
    """

    append_only = True

    name = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    key = models.UUIDField(null=True)

    class Meta:
        abstract = True
        ordering = ("at", "id")
        indexes = (models.Index(fields=("at", "id"), name="%(class)s_latest"),)
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "key", "name"), name="%(class)s_once_per_key"
            ),
        )


@dataclass(frozen=True)
class Outcome:
    """The row after ``advance``; ``repeated`` when the same key had done the same before."""

    row: Row
    repeated: bool = False


class Workflow:
    """A model's table of transitions and the one way through it.

    ``among`` narrows the rows that it is for; to it, the others do not exist.
    """

    def __init__(
        self,
        model: type[models.Model],
        step: type[Step],
        transitions: Iterable[Transition],
        wrong_state: str,
        among: models.Q | None = None,
    ) -> None:
        self.model, self.step, self.wrong_state = model, step, wrong_state
        self.among = among or models.Q()
        self.transitions = {one.name: one for one in transitions}

    def advance(self, pk: int, name: str, move: Move) -> Outcome:
        """Do transition *name* on row *pk*.

        Raises Http404 outside the actor's scope, WrongState, InputMissing,
        and KeyError for an unknown name. A repeated key changes nothing.
        """
        transition = self.transitions[name]
        with transaction.atomic():
            rows = self._reachable(move, transition).select_for_update(of=("self",))
            row = get_object_or_404(rows, pk=pk)
            if move.key and self._steps().filter(subject=row, key=move.key, name=name).exists():
                return Outcome(row, repeated=True)
            self._do([row], transition, move)
            return Outcome(row)

    def advance_many(self, pks: Iterable[int], name: str, move: Move) -> list[Row]:
        """Do transition *name* on all of these rows or on none; those that it was done on.

        The statements do not grow with the rows. Those that the same key had done before are
        left out. Raises Http404 when one is outside the actor's scope, WrongState and
        InputMissing, as ``advance`` does.
        """
        transition, wanted = self.transitions[name], set(pks)
        with transaction.atomic():
            reachable = self._reachable(move, transition).filter(pk__in=wanted)
            rows = list(reachable.select_for_update(of=("self",)).order_by("pk"))
            if len(rows) != len(wanted):
                raise Http404
            steps = self._steps().filter(subject__in=wanted, key=move.key, name=name)
            done = set(steps.values_list("subject", flat=True)) if move.key else set()
            rows = [row for row in rows if row.pk not in done]
            if rows:
                self._do(rows, transition, move)
            return rows

    def allowed(self, row: Row, names: Iterable[str]) -> list[str]:
        """Those of *names* that the row's state admits (roles and scope are checked apart)."""
        status = row.status
        return [name for name in names if status in self.transitions[name].sources]

    def _do(self, rows: list[Row], transition: Transition, move: Move) -> None:
        if any(row.status not in transition.sources for row in rows):
            raise WrongState(self.wrong_state)
        missing = {name: "Wajib diisi." for name in transition.needs if not move.data.get(name)}
        if missing:
            raise InputMissing(missing)
        sources = [row.status for row in rows]
        transition.change(rows, move)
        for row in rows:
            row.status = transition.target or row.status
        self._save(rows, transition)
        left = self._reachable(move, transition).filter(pk__in=[row.pk for row in rows])
        if left.count() != len(rows):
            raise Http404
        self._record(rows, sources, transition, move)

    def _save(self, rows: list[Row], transition: Transition) -> None:
        if len(rows) == 1:
            rows[0].save()
            return
        written = ["status", *transition.changes]
        self.model._default_manager.bulk_update(rows, written, batch_size=500)

    def _record(
        self, rows: list[Row], sources: list[str], transition: Transition, move: Move
    ) -> None:
        made: Any = self.step  # its subject is named by the concrete class
        self._steps().bulk_create(
            made(
                subject=row,
                name=transition.name,
                source=source,
                target=row.status,
                actor=move.actor,
                at=now(),
                reason=move.data.get("reason", ""),
                note=move.data.get("note", ""),
                key=move.key,
            )
            for row, source in zip(rows, sources, strict=True)
        )

    def _steps(self) -> Any:
        return self.step._default_manager

    def _reachable(self, move: Move, transition: Transition) -> Any:
        rows: Any = self.model._default_manager.filter(self.among)
        if move.actor is None:
            return rows
        return rows.visible_to(move.actor, transition.action)
