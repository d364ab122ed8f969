"""The demo's officials: fictional people, one line first (an RT, its kelurahan, its kecamatan)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.areas.models import CITY_CODE
from accounts.login.models import UNDERTAKING_VERSION, Undertaking, User
from accounts.posts.models import Post
from accounts.rules import Role
from wacat.clock import today

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


def _rt(name: str, full_name: str, area: str, **more: Any) -> Official:
    return Official(f"rt.{name}", full_name, Role.KETUA_RT, area, **more)


# The first of each role has a card on the demo's login page.
OFFICIALS = (
    _rt("sepinggan", "Sugeng Contoh", LINE_RT),
    Official("petugas.sepinggan", "Rina Contoh, A.Md.", Role.PETUGAS_KELURAHAN, "64.71.05.1002"),
    Official("lurah.sepinggan", "Drs. Harun Contoh, M.Si.", Role.LURAH, "64.71.05.1002"),
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
    """Add the officials that are missing; the rows of ``demo-accounts.json``."""
    starts = today() - timedelta(days=400)
    known = set(User.objects.values_list("username", flat=True))
    missing = [
        (number, official)
        for number, official in enumerate(OFFICIALS, start=1)
        if official.username not in known
    ]
    password = make_password(PASSWORD) if missing else ""
    for number, official in missing:
        _add(official, number, password, starts)
    return [_account(official) for official in OFFICIALS]


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


def _add(official: Official, number: int, password: str, starts: date) -> None:
    user = User.objects.create(
        username=official.username,
        full_name=official.full_name,
        email=f"{official.username}@example.id",
        phone=f"0800000{number:04}",
        rank="Penata Tk. I (III/d)" if official.role == Role.LURAH else "",
        nip=f"99{number:016}" if official.role == Role.LURAH else "",
        password=password,
    )
    for role, area, kind in ((official.role, official.area, official.kind), *official.also):
        Post.objects.create(user=user, role=role, area_id=area, kind=kind, starts=starts)
    if not official.first_login:
        Undertaking.objects.create(user=user, version=UNDERTAKING_VERSION)


def _account(official: Official) -> dict[str, Any]:
    account = {
        "username": official.username,
        "password": PASSWORD,
        "role": str(official.role),
        "area": official.area,
    }
    return {**account, "first_login": True} if official.first_login else account
