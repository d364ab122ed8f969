"""THE MEASURES of the evaluation: each is defined here once, for page, XLSX and PDF.

All are worked out from counts that add up (reports.evaluation.counting), so that the measure of a
whole is never an average of averages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wacat.words import angka

Counts = dict[str, int]
Worth = float | None  # None where there is nothing that it could be of


@dataclass(frozen=True)
class Measure:
    """What is told: its key (also in the page's ``data-figure``), heading, meaning and working.

    ``unit`` stands after the number: nothing, ``%`` or ``hari``.
    """

    key: str
    label: str
    definition: str
    of: Callable[[Counts], Worth]
    unit: str = ""

    def told(self, counts: Counts) -> str:
        """The number as it is read, with its unit; a dash where there is none."""
        worth = self.of(counts)
        return "–" if worth is None else f"{angka(worth)}{self._after}"

    @property
    def heading(self) -> str:
        """The label where the unit is not told with each number."""
        return f"{self.label} (hari)" if self.unit == "hari" else self.label

    @property
    def _after(self) -> str:
        return {"": "", "%": "%"}.get(self.unit, f" {self.unit}")


@dataclass(frozen=True)
class Group:
    """Measures that are told together."""

    key: str
    label: str
    measures: tuple[Measure, ...]


def _count(key: str, label: str, definition: str) -> Measure:
    return Measure(key, label, definition, lambda counts: counts[key])


def _share(key: str, label: str, definition: str, part: str, whole: str) -> Measure:
    def of(counts: Counts) -> Worth:
        return round(100 * counts[part] / counts[whole], 1) if counts[whole] else None

    return Measure(key, label, definition, of, "%")


def _days(
    key: str, label: str, definition: str, hours: str, times: Callable[[Counts], int]
) -> Measure:
    def of(counts: Counts) -> Worth:
        return round(counts[hours] / 24 / times(counts), 1) if times(counts) else None

    return Measure(key, label, definition, of, "hari")


def _answered(counts: Counts) -> int:
    return counts["confirmed"] + counts["corrected"]


GROUPS = (
    Group(
        "usage",
        "Pemakaian",
        (
            _count(
                "holders",
                "Pejabat",
                "Jabatan Ketua RT dan Lurah yang dipegang seseorang pada hari terakhir. Lurah "
                "dihitung pada kelurahannya, bukan pada RT.",
            ),
            _count(
                "users",
                "Memakai",
                "Di antara pejabat itu: yang masuk ke WaCAT sedikitnya sekali dalam jangka waktu "
                "ini, selama memegang jabatannya.",
            ),
            _share("used", "Memakai (%)", "Bagian pejabat yang memakai.", "users", "holders"),
            _count(
                "logins",
                "Masuk",
                "Berapa kali Ketua RT dan Lurah masuk ke WaCAT dalam jangka waktu ini.",
            ),
            _count(
                "reports",
                "Laporan warga",
                "Penduduk nonpermanen yang laporannya masuk dalam jangka waktu ini, di RT tempat "
                "tinggalnya sekarang.",
            ),
            _count(
                "letters",
                "Surat",
                "Surat keterangan domisili yang terbit dalam jangka waktu ini.",
            ),
        ),
    ),
    Group(
        "answers",
        "Data layanan",
        (
            _count(
                "told",
                "Diberitahukan",
                "Data layanan yang diberitahukan kepada RT dalam jangka waktu ini. Data yang "
                "kemudian diperbarui dihitung pada pembaruannya.",
            ),
            _count("confirmed", "Benar", "Di antaranya: yang dinyatakan benar, kapan pun."),
            _count("corrected", "Tidak benar", "Di antaranya: yang dinyatakan tidak benar."),
            Measure(
                "unanswered",
                "Belum dikonfirmasi",
                "Di antaranya: yang belum dijawab. Diam tidak pernah dihitung benar.",
                lambda counts: counts["told"] - _answered(counts),
            ),
            Measure(
                "answered",
                "Dijawab (%)",
                "Bagian data layanan yang sudah dijawab.",
                lambda counts: (
                    round(100 * _answered(counts) / counts["told"], 1) if counts["told"] else None
                ),
                "%",
            ),
            _days(
                "answer_days",
                "Lama menjawab",
                "Rata-rata dari pemberitahuan sampai jawaban RT, dalam hari.",
                "answer_hours",
                _answered,
            ),
        ),
    ),
    Group(
        "truth",
        "Laporan kebenaran data",
        (
            _count(
                "due",
                "Ditunggu",
                "Satu untuk setiap RT dan bulan yang sudah lewat dengan data layanan.",
            ),
            _count("signed", "Ditandatangani", "Di antaranya: yang sudah ditandatangani."),
            Measure(
                "silent",
                "Belum melapor",
                "Di antaranya: yang belum ditandatangani.",
                lambda counts: counts["due"] - counts["signed"],
            ),
        ),
    ),
    Group(
        "corrections",
        "Koreksi",
        (
            _count("corrections", "Dikirim", "Koreksi yang dikirim RT dalam jangka waktu ini."),
            _count(
                "settled",
                "Selesai",
                "Koreksi yang diterima, ditolak atau ditarik dalam jangka waktu ini.",
            ),
            _days(
                "settle_days",
                "Lama dijawab",
                "Rata-rata dari pengiriman sampai selesai, dalam hari.",
                "settle_hours",
                lambda counts: counts["settled"],
            ),
            _count("open", "Masih terbuka", "Koreksi yang belum selesai pada hari terakhir."),
        ),
    ),
    Group(
        "help",
        "Akun dan bantuan",
        (
            _count(
                "issued",
                "Akun terbit",
                "Usulan akun Ketua RT dan Lurah yang diterbitkan dalam jangka waktu ini.",
            ),
            _count(
                "closed",
                "Akun dinonaktifkan",
                "Akun pejabat di wilayah ini yang dinonaktifkan dalam jangka waktu ini.",
            ),
            _count(
                "tickets",
                "Masalah dan keluhan",
                "Yang disampaikan pejabat di wilayah ini dalam jangka waktu ini.",
            ),
            _days(
                "reply_days",
                "Lama dibalas",
                "Rata-rata sampai balasan pertama atas yang disampaikan dalam jangka waktu ini, "
                "dalam hari.",
                "reply_hours",
                lambda counts: counts["replied"],
            ),
            _count("tickets_open", "Belum selesai", "Yang belum selesai pada hari terakhir."),
        ),
    ),
)
MEASURES = tuple(one for group in GROUPS for one in group.measures)
