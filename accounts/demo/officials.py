"""The demo's officials: fictional people, one line first (an RT, its kelurahan, its kecamatan)."""

import os
from base64 import b32encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.contrib.auth.hashers import make_password

from accounts.areas.models import CITY_CODE, Area
from accounts.login.models import UNDERTAKING_VERSION, Undertaking, User
from accounts.posts.appointing import appoint, set_up_mandate
from accounts.posts.models import Mandate, Post
from accounts.proposals.proposing import propose
from accounts.proposals.workflow import WORKFLOWS
from accounts.rules import PROPOSED_BY, SECOND_FACTOR_ROLES, Role
from accounts.scope import KECAMATAN, KELURAHAN
from wacat.clock import now, today
from wacat.past import living_at
from wacat.workflow import Move

SERVED = timedelta(days=400)
# Whoever proposes or issues has to be there before.
SEEDED_FIRST = (
    Role.ADMINISTRATOR,
    Role.PIMPINAN,
    Role.OPERATOR,
    Role.TIM_TEKNIS,
    Role.CAMAT,
    Role.LURAH,
    Role.PENANDA_TANGAN,
    Role.PETUGAS_KELURAHAN,
    Role.KETUA_RT,
)
PASSWORD = "Contoh-Balikpapan-2026"
LINE_RT = "64.71.05.1002.001"


@dataclass(frozen=True)
class Official:
    username: str
    full_name: str
    role: Role
    area: str
    kind: str = Post.Kind.DEFINITIF
    also: tuple[tuple[Role, str, str], ...] = ()
    first_login: bool = False
    own_title: str = ""


def _rt(name: str, full_name: str, area: str, **more: Any) -> Official:
    return Official(f"rt.{name}", full_name, Role.KETUA_RT, area, **more)


# The first of each role has a card on the demo's login page.
OFFICIALS = (
    _rt("sepinggan", "Sugeng Contoh", LINE_RT),
    Official("petugas.sepinggan", "Rina Contoh, A.Md.", Role.PETUGAS_KELURAHAN, "64.71.05.1002"),
    Official("lurah.sepinggan", "Drs. Harun Contoh, M.Si.", Role.LURAH, "64.71.05.1002"),
    Official(
        "sekretaris.sepinggan",
        "Yuliana Contoh, S.IP.",
        Role.PENANDA_TANGAN,
        "64.71.05.1002",
        own_title="Sekretaris Lurah",
    ),
    Official("camat.selatan", "Dra. Melati Contoh, M.Si.", Role.CAMAT, "64.71.05"),
    Official("operator", "Bayu Contoh, S.Kom.", Role.OPERATOR, CITY_CODE),
    Official("administrator", "Ir. Laras Contoh", Role.ADMINISTRATOR, CITY_CODE),
    Official("kepala", "Dr. Surya Contoh, M.M.", Role.PIMPINAN, CITY_CODE),
    Official("sekretaris", "Indah Contoh, S.Sos.", Role.PIMPINAN, CITY_CODE),
    Official("pranata", "Galih Contoh, S.T.", Role.TIM_TEKNIS, CITY_CODE),
    _rt("manggar", "Yusuf Contoh", "64.71.01.1001.001"),
    _rt("baruilir", "Hj. Salmah Contoh", "64.71.02.1001.001"),
    _rt("batuampar", "Tarno Contoh", "64.71.03.1001.001"),
    _rt("gunungsariulu", "Petrus Contoh", "64.71.04.1001.001"),
    _rt("prapatan", "Ni Wayan Contoh", "64.71.06.1001.001"),
    _rt("baru", "Wahyu Contoh", "64.71.05.1002.002", first_login=True),
    _rt("sepinggan3", "Hj. Aminah Contoh", "64.71.05.1002.003"),
    _rt("sepinggan5", "Yohanes Contoh", "64.71.05.1002.005"),
    _rt("sepinggan8", "Made Contoh", "64.71.05.1002.008"),
    Official("lurah.manggar", "Siti Contoh, S.IP.", Role.LURAH, "64.71.01.1001"),
    Official("lurah.baruilir", "Ridwan Contoh, S.Sos.", Role.LURAH, "64.71.02.1001"),
    Official("lurah.batuampar", "Endang Contoh, S.E.", Role.LURAH, "64.71.03.1001"),
    Official("lurah.gunungsariulu", "Markus Contoh, S.H.", Role.LURAH, "64.71.04.1001"),
    Official("lurah.prapatan", "Fitri Contoh, M.AP.", Role.LURAH, "64.71.06.1001"),
    Official(
        "lurah.gunungbahagia",
        "Agus Contoh, S.STP.",
        Role.LURAH,
        "64.71.05.1006",
        also=((Role.LURAH, "64.71.05.1009", Post.Kind.PLT),),
    ),
    Official("camat.timur", "Anwar Contoh, M.Si.", Role.CAMAT, "64.71.01"),
    Official("camat.barat", "Dewi Contoh, M.M.", Role.CAMAT, "64.71.02"),
    Official("camat.utara", "Joko Contoh, S.STP.", Role.CAMAT, "64.71.03"),
    Official("camat.tengah", "Lestari Contoh, M.Si.", Role.CAMAT, "64.71.04"),
    Official("camat.kota", "Umar Contoh, S.Sos.", Role.CAMAT, "64.71.06"),
)


def seed_officials() -> list[dict[str, Any]]:
    """Add the officials if there are none; the rows of ``demo-accounts.json``.

    Each is assigned or proposed and issued as in the portal, a little over a year ago.
    """
    if not User.objects.filter(username=OFFICIALS[0].username).exists():
        with living_at(now() - SERVED):
            _seed()
    factors = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    secrets = {one.user_id: decrypt(one.data["secret"]) for one in factors}
    known = User.objects.in_bulk([one.username for one in OFFICIALS], field_name="username")
    return [_account(one, secrets.get(known[one.username].pk)) for one in OFFICIALS]


def demo_cards() -> list[dict[str, str]]:
    """The login page's cards: for each role its first official."""
    first: dict[Role, Official] = {}
    for official in OFFICIALS:
        first.setdefault(official.role, official)
    posts = {
        post.user.username: post
        for post in Post.objects.filter(
            user__username__in=[one.username for one in first.values()]
        ).select_related("user", "area", "area__parent")
    }
    return [
        {
            "role_label": role.label,
            "area_label": posts[official.username].place,
            "username": official.username,
        }
        for role, official in first.items()
        if official.username in posts
    ]


def _seed() -> None:
    password = make_password(PASSWORD)
    order = sorted(enumerate(OFFICIALS, start=1), key=lambda one: SEEDED_FIRST.index(one[1].role))
    mandate = set_up_mandate("seed_demo")
    for number, official in order:
        if official.role in PROPOSED_BY:
            user = _proposed(official, number)
        else:
            user = _user(official, number)
            ground = _signing(official.area) if official.own_title else mandate
            own_title = official.own_title
            appoint(user, official.role, official.area, ground, today(), own_title=own_title)
        if official.role == Role.ADMINISTRATOR:
            mandate = _assignment(user, "800/001-CONTOH/DISDUKCAPIL", "Kepala Disdukcapil")
        _settle(user, official, password)


def _user(official: Official, number: int) -> User:
    return User.objects.create(
        username=official.username,
        full_name=official.full_name,
        email=f"{official.username}@example.id",
        phone=phone_of(number),
        login_phone=phone_of(number),
        rank="Penata (III/c)" if official.own_title else "",
        nip=f"99{number:016}" if official.own_title else "",
    )


def phone_of(number: int) -> str:
    """A telephone number that is nobody's."""
    return f"0800000{number:04}"


def _signing(kelurahan: str) -> Mandate:
    """The Lurah's letter by which somebody signs in the Lurah's name."""
    administrator = Post.objects.today().get(role=Role.ADMINISTRATOR).user
    issuer = Post.objects.today().get(role=Role.LURAH, area=kelurahan)
    return _assignment(administrator, "100/002-CONTOH", issuer.label)


def _assignment(administrator: User, number: str, issuer: str) -> Mandate:
    return Mandate.objects.create(
        kind=Mandate.Kind.ASSIGNMENT,
        number=number,
        date=today(),
        issuer=issuer,
        recorded_by=administrator,
    )


def _proposed(official: Official, number: int) -> User:
    """Proposed by the office above and issued by the administrator, for each of the offices."""
    user = _issued(official, number, official.role, official.area, official.kind)
    for role, area, kind in official.also:
        _issued(official, number, role, area, kind, user)
    return user


def _issued(
    official: Official, number: int, role: Role, area: str, kind: str, user: User | None = None
) -> User:
    proposal = propose(
        Post.objects.today().get(**_office_above(role, area)),
        Area.objects.get(pk=area),
        role=role,
        kind=kind,
        user=user,
        full_name=official.full_name,
        email=f"{official.username}@example.id",
        phone=phone_of(number),
        rank="Penata Tk. I (III/d)" if role == Role.LURAH else "",
        nip=f"99{number:016}" if role == Role.LURAH else "",
        decree_number=f"188.4/{number:03}-CONTOH",
        decree_date=today() - timedelta(days=7),
        starts=today(),
        term_ends=today() + timedelta(days=3 * 365) if role == Role.KETUA_RT else None,
    )
    administrator = Post.objects.today().get(role=Role.ADMINISTRATOR).user
    move = Move(administrator, {"username": official.username})
    issued: User = WORKFLOWS[role].advance(proposal.pk, "issue", move).row.user
    return issued


def _office_above(role: str, area: str) -> dict[str, Any]:
    if role == Role.LURAH:
        return {"role": Role.CAMAT, "area": area[:KECAMATAN]}
    return {"role": Role.LURAH, "area": area[:KELURAHAN]}


def _settle(user: User, official: Official, password: str) -> None:
    """As after the first login: a password of one's own, the undertaking, the second factor."""
    User.objects.filter(pk=user.pk).update(password=password, contacts_confirmed_at=now())
    if official.role in SECOND_FACTOR_ROLES:
        secret = b32encode(os.urandom(20)).decode()
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret)}
        )
    if not official.first_login:
        Undertaking.objects.create(user=user, version=UNDERTAKING_VERSION)


def _account(official: Official, secret: str | None) -> dict[str, Any]:
    account = {
        "username": official.username,
        "password": PASSWORD,
        "role": str(official.role),
        "area": official.area,
    }
    if secret:
        account["totp"] = secret
    return {**account, "first_login": True} if official.first_login else account
