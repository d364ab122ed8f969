"""Problems, complaints and announcements of the demo, in every state there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from accounts.announcements.models import ReadMark
from accounts.announcements.workflow import WORKFLOW as ANNOUNCEMENTS
from accounts.announcements.workflow import write
from accounts.areas.models import CITY_CODE
from accounts.helpdesk.codes import HANDLING, Category
from accounts.helpdesk.models import Ticket
from accounts.helpdesk.opening import open_ticket
from accounts.helpdesk.workflow import WORKFLOW as TICKETS
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Role
from wacat.clock import now, today
from wacat.past import living_at
from wacat.workflow import Move


@dataclass(frozen=True)
class Problem:
    """Somebody told of it some days ago; the next day it was answered as ``then`` says."""

    by: str
    category: Category
    days: int
    subject: str
    text: str
    then: str = ""
    answer: str = ""


PROBLEMS = (
    Problem(
        "rt.sepinggan",
        Category.SERVICE,
        2,
        "Satu keluarga muncul dua kali",
        "Di daftar layanan bulan ini ada keluarga yang Kartu Keluarganya tercantum dua kali.",
        "answer",
        "Keduanya memang terbit: yang kedua karena ada perubahan anggota keluarga.",
    ),
    Problem(
        "rt.sepinggan",
        Category.TROUBLE,
        0,
        "Foto tidak terkirim",
        "Sejak tadi pagi foto KTP-el tidak mau terkirim, berhenti di tengah jalan.",
    ),
    Problem(
        "rt.sepinggan3",
        Category.ACCOUNT,
        4,
        "Ganti nomor telepon",
        "Nomor telepon saya ganti. Bagaimana mengubahnya?",
        "ask",
        "Apakah nomor yang lama masih dapat menerima SMS?",
    ),
    Problem(
        "lurah.sepinggan",
        Category.COMPLAINT,
        9,
        "Jawaban koreksi lama",
        "Dua koreksi dari RT kami sudah lebih dari dua minggu belum dijawab.",
    ),
    Problem(
        "rt.manggar",
        Category.SUGGESTION,
        20,
        "Huruf lebih besar",
        "Mohon hurufnya dapat dibesarkan untuk kami yang sudah tua.",
        "settle",
        "Terima kasih. Huruf mengikuti ukuran yang dipilih di ponsel; caranya ada di panduan.",
    ),
)
_ANSWERING = {Role.OPERATOR: "operator", Role.ADMINISTRATOR: "administrator"}


def seed_help() -> None:
    """Needs the officials."""
    for problem in PROBLEMS:
        _tell(problem)
    with living_at(now() - timedelta(days=3)):
        _announce()


def _tell(problem: Problem) -> None:
    opener = User.objects.get(username=problem.by)
    post = Post.objects.today().filter(user=opener).order_by("pk")[0]
    told = {"category": problem.category, "subject": problem.subject, "text": problem.text}
    with living_at(now() - timedelta(days=problem.days)):
        ticket = open_ticket(opener, post.area_id, uuid4(), told)
    if problem.then:
        with living_at(now() - timedelta(days=problem.days - 1)):
            _answer(ticket, problem)


def _answer(ticket: Ticket, problem: Problem) -> None:
    role = sorted(HANDLING[problem.category].roles)[0]
    move = Move(User.objects.get(username=_ANSWERING[role]), {"text": problem.answer})
    if problem.then == "settle":
        TICKETS.advance(ticket.pk, "answer", move)
        move = Move(move.actor)
    TICKETS.advance(ticket.pk, problem.then, move)


def _announce() -> None:
    administrator = User.objects.get(username="administrator")
    for number, data in enumerate(ANNOUNCED):
        until = today() + timedelta(days=30)
        draft = write(administrator, uuid4(), {**data, "starts": today(), "until": until})
        if number < len(ANNOUNCED) - 1:  # the last one is not published yet
            ANNOUNCEMENTS.advance(draft.pk, "publish", Move(administrator))
            reader = User.objects.get(username="lurah.sepinggan")
            ReadMark.objects.create(announcement=draft, user=reader)


_FIELD = [str(Role.KETUA_RT), str(Role.PETUGAS_KELURAHAN), str(Role.LURAH)]
ANNOUNCED = (
    {
        "title": "Laporan kebenaran data bulan ini",
        "text": (
            "Bapak/Ibu Ketua RT,\n\nmohon data layanan bulan ini diperiksa, lalu laporannya "
            "ditandatangani paling lambat tanggal 5 bulan depan. Yang tidak dijawab tetap tercatat "
            "belum dikonfirmasi."
        ),
        "roles": _FIELD,
        "areas": [CITY_CODE],
        "is_important": True,
    },
    {
        "title": "Layanan keliling di Balikpapan Selatan",
        "text": "Perekaman KTP-el keliling ada di kantor Kecamatan Balikpapan Selatan setiap Rabu.",
        "roles": _FIELD,
        "areas": ["64.71.05"],
        "is_important": False,
    },
    {
        "title": "Pemeliharaan WaCAT",
        "text": "WaCAT dipelihara pada hari Minggu pagi dan tidak dapat dipakai selama satu jam.",
        "roles": [str(role) for role in Role],
        "areas": [CITY_CODE],
        "is_important": False,
    },
)
