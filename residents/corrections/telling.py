"""Who is told of a correction's way: the RT of what the operator does, the operator of the rest."""

from __future__ import annotations

from accounts.login.models import User
from accounts.notices.sending import notify
from accounts.posts.holders import holders
from accounts.rules import Action
from residents.clock.reminding import keepers
from residents.corrections.claims import CLAIMS
from residents.corrections.models import Correction, CorrectionStep

BY_OPERATOR = ("ask", "accept", "reject")


def tell_rt(kind: str, correction: Correction) -> None:
    """To who keeps the RT's data today, and to who sent the correction and still answers there."""
    told = keepers([correction.area_id])[correction.area_id]
    answering = holders(Action.SERVICE_ANSWER, correction.area_id)
    told |= {user for user in answering if user.pk == correction.sent_by_id}
    _tell(kind, sorted(told, key=lambda user: user.pk), correction)


def tell_operators(kind: str, correction: Correction) -> None:
    """To the operator who is at it or spoke last; to all of them where nobody did."""
    operators = holders(Action.CORRECTION_ANSWER, correction.area_id)
    at_it = _at_it(correction)
    _tell(kind, [one for one in operators if one.pk in at_it] or operators, correction)


def _at_it(correction: Correction) -> set[int | None]:
    claims = CLAIMS.living().filter(subject=correction).values_list("operator", flat=True)
    steps = CorrectionStep.objects.filter(subject=correction, name__in=BY_OPERATOR)
    spoke = steps.order_by("-pk").values_list("actor", flat=True)[:1]
    return {*claims, *spoke}


def _tell(kind: str, users: list[User], correction: Correction) -> None:
    notify(kind, [(user, {"correction": correction.pk}) for user in users])
