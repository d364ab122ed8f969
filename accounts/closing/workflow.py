"""Accounts closed and opened again (Perwali 33/2020 Pasal 6), and second factors that were lost.

An account is closed for a breach of secrecy, because an office has ended, or for the time being
(a lost telephone). What was closed for the time being is later given its final reason, or opened
again. Whatever the reason, the user's sessions end with it. So they do when a second factor is
taken off: whoever has found the lost telephone may be logged in on it.
"""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.shortcuts import get_object_or_404

from accounts.closing.breaches import uphold
from accounts.closing.models import AccountStep, BreachReport, Closure
from accounts.closing.rules import LAST, is_last_administrator, lock_administrators, refusal
from accounts.closing.safeguards import is_safeguarded
from accounts.login.models import AccountStatus, User
from accounts.login.sessions import close_sessions
from accounts.notices.sending import notify
from accounts.posts.ending import end_post
from accounts.posts.models import Post
from accounts.rules import Action
from wacat.clock import today
from wacat.uploads import keep
from wacat.workflow import InputMissing, Move, Outcome, Transition, Workflow, WrongState

FOLDER = "evidence"
SETTLED = "Akun ini sudah nonaktif. Muat ulang halaman untuk melihat keadaannya."
REQUIRED = "Wajib diisi."
NO_FACTOR = "Akun ini tidak memakai pengaman kedua, jadi tidak ada yang perlu dilepas."


def _close(user: User, move: Move) -> None:
    if is_last_administrator(user):
        raise WrongState(LAST)
    _conclude(user, move)
    close_sessions(user)


def _settle(user: User, move: Move) -> None:
    """Only what was closed for the time being has no final reason; a breach may always be added."""
    may_follow = is_safeguarded(user) or move.data.get("report")
    if move.data["kind"] == Closure.Kind.SAFEGUARD or not may_follow:
        raise WrongState(SETTLED)
    _conclude(user, move)


def _reopen(user: User, move: Move) -> None:
    _check_rules(user, move)
    notify("account_reopened", [(user, {})])


def _reset_factor(user: User, move: Move) -> None:
    """Take off the app, all passkeys and the recovery codes; with them no device is trusted."""
    _check_rules(user, move)
    if not user.has_second_factor:
        raise WrongState(NO_FACTOR)
    Authenticator.objects.filter(user=user).delete()
    close_sessions(user)
    notify("second_factor_changed", [(user, {})])


def _check_rules(user: User, move: Move) -> None:
    if reason := refusal(move.actor, user):
        raise WrongState(reason)


def _conclude(user: User, move: Move) -> None:
    """Write down why, and do what follows from it."""
    _check_rules(user, move)
    if move.data.get("report"):
        uphold(move.data["report"], user, move)
    _note(user, move)
    if move.data.get("end_posts"):
        _end_posts(user, move)
    notify("account_closed", [(user, {"kind": move.data["kind"]})])


def _note(user: User, move: Move) -> None:
    """Raises InputMissing for a breach without its day, description or evidence."""
    data = move.data
    report: BreachReport | None = data.get("report")
    reported = report.evidence if report else ""
    if data["kind"] == Closure.Kind.BREACH:
        given = {
            "date": data.get("date"),
            "description": data.get("description"),
            "evidence": data.get("evidence") or reported,
        }
        if missing := {name: REQUIRED for name, value in given.items() if not value}:
            raise InputMissing(missing)
    Closure.objects.create(
        user=user,
        kind=data["kind"],
        happened_on=data.get("date"),
        description=data.get("description", ""),
        evidence=keep(data.get("evidence"), FOLDER) or reported,
        report=report,
        closed_by=move.actor,
    )


def _end_posts(user: User, move: Move) -> None:
    day = today()
    for post in user.posts.not_over().select_related("area__parent"):
        end_post(post, max(day, post.starts), Post.Ending.ENDED, move.actor)


_ACTIVE, _INACTIVE = frozenset({AccountStatus.ACTIVE}), frozenset({AccountStatus.INACTIVE})
_NEEDS = ("kind", "reason")

WORKFLOW = Workflow(
    User,
    AccountStep,
    (
        Transition(
            "close",
            _ACTIVE,
            AccountStatus.INACTIVE,
            Action.ACCOUNT_CLOSE,
            needs=_NEEDS,
            apply=_close,
        ),
        Transition("settle", _INACTIVE, None, Action.ACCOUNT_CLOSE, needs=_NEEDS, apply=_settle),
        Transition(
            "reopen",
            _INACTIVE,
            AccountStatus.ACTIVE,
            Action.ACCOUNT_CLOSE,
            needs=("reason",),
            apply=_reopen,
        ),
        Transition(
            "reset_factor",
            _ACTIVE | _INACTIVE,
            None,
            Action.ACCOUNT_CLOSE,
            needs=("reason",),
            apply=_reset_factor,
        ),
    ),
    "Keadaan akun ini sudah berubah. Muat ulang halaman untuk melihatnya.",
)


@transaction.atomic
def close(pk: int, move: Move) -> Outcome:
    """Close the account, or give one that was closed for the time being its final reason.

    ``move.data`` has ``kind`` (a Closure.Kind) and ``reason``; for a breach ``date``,
    ``description`` and ``evidence`` (a cleaned upload), or a ``report`` that is thereby upheld;
    and ``end_posts`` where the user's posts end today. Raises Http404 out of reach, WrongState
    where a rule forbids it, InputMissing. A repeated key changes nothing.
    """
    lock_administrators()
    user = get_object_or_404(User.objects.visible_to(move.actor, Action.ACCOUNT_CLOSE), pk=pk)
    done = AccountStep.objects.filter(subject=user, name__in=("close", "settle"), key=move.key)
    if move.key and done.exists():
        return Outcome(user, repeated=True)
    return WORKFLOW.advance(pk, "close" if user.is_active else "settle", move)


@transaction.atomic
def reopen(pk: int, move: Move) -> Outcome:
    """Open the account again; its password stays. Raises as ``close`` does."""
    lock_administrators()
    return WORKFLOW.advance(pk, "reopen", move)


@transaction.atomic
def reset_factor(pk: int, move: Move) -> Outcome:
    """Take the second factor off the account. Raises as ``close`` does."""
    lock_administrators()
    return WORKFLOW.advance(pk, "reset_factor", move)
