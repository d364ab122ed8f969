"""Users and posts for tests, past the forms but as the database demands them.

Every post rests on a proposal or a letter, which an administrator of the tests' own records.
"""

# factory_boy is typed in part only.
# mypy: allow-untyped-calls

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.db import transaction
from django.test import Client
from factory.declarations import LazyFunction, Sequence
from factory.django import DjangoModelFactory

from accounts.areas.loading import SINCE, rt
from accounts.areas.models import CITY_CODE, Area, AreaPeriod, Level
from accounts.login.models import UNDERTAKING_VERSION, Undertaking, User
from accounts.posts.models import Mandate, Post
from accounts.proposals.models import Proposal
from accounts.rules import PROPOSED_BY, SECOND_FACTOR_ROLES, Role
from wacat.clock import now

PASSWORD = "sandi-uji-yang-panjang"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
KECAMATAN, KELURAHAN, RT = "64.71.05", "64.71.05.1002", "64.71.05.1002.001"
SIBLING_RT, SIBLING_KELURAHAN = "64.71.05.1002.002", "64.71.05.1006"
FOREIGN_KECAMATAN, FOREIGN_KELURAHAN = "64.71.01", "64.71.01.1001"
FOREIGN_RT = "64.71.01.1001.001"
AREA_OF_ROLE = {
    Role.KETUA_RT: RT,
    Role.PETUGAS_KELURAHAN: KELURAHAN,
    Role.LURAH: KELURAHAN,
    Role.PENANDA_TANGAN: KELURAHAN,
    Role.CAMAT: KECAMATAN,
}
FOUNDER = "pendiri"
SECRETARY = "Sekretaris Lurah"

_AREAS = (
    (CITY_CODE, Level.KOTA, "Kota Balikpapan"),
    ("64.71.01", Level.KECAMATAN, "Balikpapan Timur"),
    ("64.71.05", Level.KECAMATAN, "Balikpapan Selatan"),
    ("64.71.01.1001", Level.KELURAHAN, "Manggar"),
    ("64.71.01.1002", Level.KELURAHAN, "Lamaru"),
    ("64.71.05.1002", Level.KELURAHAN, "Sepinggan"),
    ("64.71.05.1006", Level.KELURAHAN, "Gunung Bahagia"),
)


def load_areas() -> None:
    """The city with two kecamatan of two kelurahan of two RTs each, unless it is there."""
    if Area.objects.filter(code=CITY_CODE).exists():
        return
    upper = [
        Area(code=code, level=level, name=name, parent_id=code.rpartition(".")[0])
        for code, level, name in _AREAS
    ]
    upper[0].parent_id = None
    rts = [rt(one.code, n) for one in upper if one.level == Level.KELURAHAN for n in (1, 2)]
    areas = Area.objects.bulk_create([*upper, *rts])
    AreaPeriod.objects.bulk_create(
        AreaPeriod(area=area, starts=SINCE, name=area.name) for area in areas
    )


def area_for(role: str) -> str:
    """Where the factories put somebody of this role: all on the line of ``RT``."""
    return AREA_OF_ROLE.get(Role(role), CITY_CODE)


class UserFactory(DjangoModelFactory[User]):
    """A user without posts who has accepted the undertaking; the password is ``PASSWORD``.

    The database lets such a one stay only to the end of the transaction: see ``user_with``.
    """

    class Meta:
        model = User

    username = Sequence(lambda n: f"pengguna{n}")
    full_name = Sequence(lambda n: f"Pejabat Contoh {n}")
    nip = Sequence(lambda n: f"99{n:016}")
    password = PASSWORD
    contacts_confirmed_at = LazyFunction(now)

    @classmethod
    def _create(
        cls, model_class: type[User], *args: Any, undertaken: bool = True, **kwargs: Any
    ) -> User:
        user = model_class.objects.create_user(*args, **kwargs)
        if undertaken:
            Undertaking.objects.create(user=user, version=UNDERTAKING_VERSION)
        return user


@transaction.atomic
def user_with(*posts: tuple[str, ...], **fields: Any) -> User:
    """A user holding *posts*, each ``(role, area code)`` or ``(role, area code, kind)``.

    Whose role demands it has a second factor, with ``TOTP_SECRET``.
    """
    load_areas()
    user = UserFactory.create(**fields)
    for role, area, *kind in posts:
        post_of(user, role, area, (*kind, "definitif")[0])
    if any(role in SECOND_FACTOR_ROLES for role, *_ in posts):
        with_second_factor(user)
    return user


def with_second_factor(user: User) -> User:
    """The same user, with an authenticator app whose secret is ``TOTP_SECRET``."""
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(TOTP_SECRET)}
    )
    return user


@transaction.atomic
def post_of(
    user: User,
    role: str,
    area: str,
    kind: str = "definitif",
    starts: date = SINCE,
    until: date | None = None,
) -> Post:
    """A post of the user's, resting on a proposal or a letter."""
    post = Post(user=user, role=role, area_id=area, kind=kind, starts=starts, until=until)
    post.own_title = SECRETARY if role == Role.PENANDA_TANGAN else ""
    rested(post).save()
    return post


def rested(post: Post) -> Post:
    """The unsaved post with what the database demands that it rests on."""
    post.ending = Post.Ending.ENDED if post.until else ""
    if post.role in PROPOSED_BY and post.kind != "plh":
        post.proposal = _proposal(post)
    else:
        post.mandate = _mandate()
    return post


@transaction.atomic
def founder() -> Post:
    """The administrator's post on which the tests' other posts rest."""
    load_areas()
    known = Post.objects.filter(user__username=FOUNDER).first()
    if known:
        return known
    user = UserFactory.create(username=FOUNDER, full_name="Pendiri Contoh")
    with_second_factor(user)
    mandate = Mandate.objects.create(kind="bootstrap", number="uji", date=SINCE, issuer="Uji")
    post: Post = Post.objects.create(
        user=user, role=Role.ADMINISTRATOR, area_id=CITY_CODE, starts=SINCE, mandate=mandate
    )
    return post


def _mandate() -> Mandate:
    known = Mandate.objects.filter(kind="assignment").first()
    return known or Mandate.objects.create(
        kind="assignment",
        number="800/1/UJI",
        date=SINCE,
        issuer="Kepala Disdukcapil",
        recorded_by=founder().user,
    )


def _proposal(post: Post) -> Proposal:
    above = founder()
    proposal: Proposal = Proposal.objects.create(
        status="issued",
        user=post.user,
        role=post.role,
        kind=post.kind,
        area_id=post.area_id,
        full_name=post.user.full_name,
        email=post.user.email,
        phone=post.user.phone or "080000000000",
        decree_number="188.4/1/UJI",
        decree_date=post.starts,
        starts=post.starts,
        proposed_by=above.user,
        by_post=above,
        mandate=_mandate(),
        form_key=uuid4(),
    )
    return proposal


def user_as(role: str) -> User:
    """A user with one post of this role in the area that fits it on the line of ``RT``."""
    return user_with((role, area_for(role)))


def holder(role: str, area: str) -> User:
    """Whoever holds the post today, or a new user who does."""
    post = Post.objects.today().filter(role=role, area=area).exclude(user__username=FOUNDER)
    found = post.select_related("user").first()
    return found.user if found else user_with((role, area))


def client_of(user: User) -> Client:
    """A test client in which *user* is logged in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client
