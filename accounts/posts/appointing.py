"""Posts that rest on a letter: all offices but the Lurah's and the Ketua RT's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.areas.models import Area
from accounts.issuing.handing_over import hand_over
from accounts.issuing.usernames import Candidate, Names
from accounts.login.models import User
from accounts.login.phones import as_phone
from accounts.notices.sending import notify
from accounts.posts.models import OWN_TITLE, SINGLE_HOLDER, Mandate, Post
from accounts.rules import ASSIGNED_ROLES, Role
from wacat.clock import today
from wacat.workflow import WrongState, refusing

OVERLAPS = (
    "Pada hari-hari itu jabatan ini sudah dipegang, oleh orang yang sama atau orang lain. "
    "Periksa tanggalnya, atau akhiri jabatan itu dahulu."
)


@dataclass(frozen=True)
class Office:
    """An office that a letter gives: its role and kind, and the kind of letter."""

    label: str
    role: str
    kind: str = Post.Kind.DEFINITIF
    letter: str = Mandate.Kind.ASSIGNMENT

    @property
    def has_own_titles(self) -> bool:
        """Whether each holder signs under a title of their own."""
        return self.role in OWN_TITLE


OFFICES: dict[str, Office] = {
    **{role.value: Office(role.label, role) for role in ASSIGNED_ROLES},
    "plh_lurah": Office("Plh. Lurah", Role.LURAH, Post.Kind.PLH, Mandate.Kind.ACTING),
}


def appoint(
    user: User,
    role: str,
    area: Area | str,
    mandate: Mandate,
    starts: date,
    *,
    kind: str = Post.Kind.DEFINITIF,
    until: date | None = None,
    own_title: str = "",
) -> Post:
    """Give *user* the post, on the strength of a letter.

    Raises IntegrityError when somebody else holds an office that has one holder.
    """
    ending = Post.Ending.DELEGATION if kind == Post.Kind.PLH else Post.Ending.ENDED
    return Post.objects.create(
        user=user,
        role=role,
        area_id=area if isinstance(area, str) else area.code,
        kind=kind,
        own_title=own_title,
        starts=starts,
        until=until,
        ending=ending if until else "",
        mandate=mandate,
    )


def give_office(
    user: User,
    office: Office,
    area: Area,
    mandate: Mandate,
    starts: date,
    until: date | None,
    own_title: str = "",
) -> Post:
    """Give *user* the office as the letter says, and tell so; a day that is past counts as today.

    Who holds an office of one holder until then hands it over that day. Raises WrongState when
    somebody holds it at the same time all the same.
    """
    starts = max(starts, today())
    if office.role in SINGLE_HOLDER and office.kind == Post.Kind.DEFINITIF:
        hand_over(
            [Post(role=office.role, area=area, kind=office.kind, starts=starts)],
            mandate.recorded_by,
        )
    more = {"kind": office.kind, "own_title": own_title}
    with refusing({"post_one_holder": OVERLAPS, "post_not_twice": OVERLAPS}):
        post = appoint(user, office.role, area, mandate, starts, until=until, **more)
    notify("account_issued", [(user, {"title": post.title, "area": area.code})])
    return post


def new_account(person: User, role: str, area: Area) -> User:
    """Store *person*, so far only described, as an account of its own.

    The user name is the telephone number, or one made from the office where somebody else logs
    in with that. Raises WrongState when another account takes the same name at that moment.
    """
    who = Candidate(person.phone, role, area)
    person.username, person.login_phone = Names([who]).take(who)
    person.phone = as_phone(person.phone) or person.phone
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise WrongState("Akun lain sedang dibuat pada saat yang sama. Coba lagi.") from error
    return person


def appointed_with(by: User, key: UUID) -> Post | None:
    """The post that the form with this key gave, when it was sent before."""
    return Post.objects.filter(mandate__recorded_by=by, mandate__form_key=key).first()


def set_up_mandate(command: str, by: str = "") -> Mandate:
    """The record of the command that set up the first administrator, who has nobody above.

    *by* names who ran it on the server.
    """
    issuer = f"Pemasangan WaCAT oleh {by}" if by else "Pemasangan WaCAT"
    return Mandate.objects.create(
        kind=Mandate.Kind.BOOTSTRAP, number=command, date=today(), issuer=issuer[:120]
    )
