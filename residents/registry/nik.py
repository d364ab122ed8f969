"""NIK and No. KK: what is refused, what is only warned about, and what may be offered.

Only a number that is not 16 ASCII digits is refused. All else is a warning, because a NIK keeps
the area where the person was first registered and is not changed even when its date part is
wrong (PP 40/2019 Pasal 30(2)); where documents differ, the KTP-el prevails (Pasal 33).

A number that breaks no rule is only well formed: nothing here proves that it exists, so the
screen says `FORMAT_OK_TEXT` and never "valid". No message repeats the number: messages reach
logs and screens where the number itself must not.
"""

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date

from residents.registry.codes import Sex
from residents.registry.provinces import PROVINCES

FORMAT_OK_TEXT = "Format NIK sesuai"
LENGTH = 16
DAY_OFFSET_FOR_WOMEN = 40
OLDEST_AGE = 110  # years; an older reading of the two-digit year is not offered
FIRST_KK_YEAR = 1990  # an earlier reading of a No. KK's two-digit year is taken as 20xx

# Spaces of all widths, dots, hyphens and dashes (full-width ones, too), and the invisible marks
# that come along when a number is copied from a chat or a spreadsheet.
_SEPARATORS = re.compile(
    r"[\s.\-\u00ad\u180e\u200b-\u2015\u202a-\u202e\u2060-\u2064\u2066-\u2069\u2212\ufeff"
    r"\uff0d\uff0e]"
)
_LEADING_APOSTROPHES = "'`\u00b4\u02bc\u2018\u2019"  # how spreadsheets mark a number as text


@dataclass(frozen=True, slots=True)
class NumberWarning:
    """Something to check. `code` is stable; `text` is Indonesian and never holds the number."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class NikParts:
    """The parts of a NIK as written; `day` is already without the 40 added for women."""

    province: str
    regency: str
    district: str
    day: int
    month: int
    year: int
    female: bool
    serial: int

    @property
    def possible_dates(self) -> tuple[date, ...]:
        """The date in the 1900s and in the 2000s, where such a day exists; earliest first."""
        return tuple(_existing_dates(self.day, self.month, self.year))

    @property
    def sex(self) -> Sex | None:
        """The sex the day part stands for, or None where it stands for no day at all."""
        if not 1 <= self.day <= 31:
            return None
        return Sex.FEMALE if self.female else Sex.MALE


@dataclass(frozen=True, slots=True)
class Prefill:
    """What a NIK suggests. To be offered and confirmed by a person, never stored by itself."""

    birth_dates: tuple[date, ...]
    sex: Sex | None


def normalise(text: str) -> str:
    """The 16 digits of a typed NIK. Raises ValueError with an Indonesian message otherwise."""
    return _sixteen_digits(text, "NIK", "KTP-el atau KK")


def normalise_no_kk(text: str) -> str:
    """The 16 digits of a typed No. KK. Raises ValueError with an Indonesian message otherwise."""
    return _sixteen_digits(text, "No. KK", "Kartu Keluarga")


def decode(nik: str) -> NikParts:
    """The parts of a normalised NIK. Raises ValueError when it is not 16 digits."""
    if not _is_sixteen_digits(nik):
        raise ValueError("NIK harus 16 angka.")
    day = int(nik[6:8])
    female = day > DAY_OFFSET_FOR_WOMEN
    return NikParts(
        province=nik[0:2],
        regency=nik[2:4],
        district=nik[4:6],
        day=day - DAY_OFFSET_FOR_WOMEN if female else day,
        month=int(nik[8:10]),
        year=int(nik[10:12]),
        female=female,
        serial=int(nik[12:16]),
    )


def nik_warnings(
    nik: str,
    *,
    birth_date: date | None = None,
    sex: int | None = None,
    no_kk: str | None = "",
    known_provinces: Container[str] = PROVINCES,
) -> list[NumberWarning]:
    """What to check in a normalised NIK, given what else was entered.

    An empty list means `FORMAT_OK_TEXT`, no more. Raises ValueError when it is not 16 digits.
    """
    parts = decode(nik)
    found = [*_area_warnings("NIK", nik, known_provinces)]
    if not parts.possible_dates:
        found.append(DATE_IMPOSSIBLE)
    elif birth_date and birth_date not in parts.possible_dates:
        found.append(DATE_DIFFERS)
    if sex is not None and parts.sex is not None and sex != parts.sex:
        found.append(SEX_DIFFERS)
    if parts.serial == 0:
        found.append(_serial_zero("NIK"))
    if _is_of_one_digit(nik):
        found.append(_one_digit("NIK"))
    if no_kk and _without_separators(no_kk) == nik:
        found.append(SAME_AS_NO_KK)
    return found


def no_kk_warnings(
    no_kk: str,
    *,
    today: date | None = None,
    known_provinces: Container[str] = PROVINCES,
) -> list[NumberWarning]:
    """What to check in a normalised No. KK: area, date of recording, serial, one digit only.

    With `today`, a recording date still to come is warned about as well. Raises ValueError when
    it is not 16 digits.
    """
    if not _is_sixteen_digits(no_kk):
        raise ValueError("No. KK harus 16 angka.")
    found = [*_area_warnings("No. KK", no_kk, known_provinces)]
    readings = _existing_dates(int(no_kk[6:8]), int(no_kk[8:10]), int(no_kk[10:12]))
    last = today or date.max
    if not any(day.year >= FIRST_KK_YEAR and day <= last for day in readings):
        found.append(RECORDING_DATE_ODD)
    if no_kk.endswith("0000"):
        found.append(_serial_zero("No. KK"))
    if _is_of_one_digit(no_kk):
        found.append(_one_digit("No. KK"))
    return found


def offered_prefill(nik: str, today: date) -> Prefill:
    """The birth dates and the sex a normalised NIK suggests, to be confirmed by a person.

    Both centuries are offered where both are plausible: not after `today` and not more than
    `OLDEST_AGE` years before. Raises ValueError when it is not 16 digits.
    """
    parts = decode(nik)
    births = tuple(
        day for day in parts.possible_dates if day <= today and today.year - day.year <= OLDEST_AGE
    )
    return Prefill(birth_dates=births, sex=parts.sex)


DATE_IMPOSSIBLE = NumberWarning(
    "date_impossible",
    "Angka tanggal di dalam NIK bukan tanggal yang ada. Mohon cocokkan NIK dengan KTP-el. "
    "Bila di KTP-el memang begitu, biarkan.",
)
DATE_DIFFERS = NumberWarning(
    "date_differs",
    "Tanggal lahir yang diisi berbeda dari tanggal di dalam NIK. Mohon cocokkan keduanya dengan "
    "KTP-el. Bila di KTP-el memang begitu, biarkan: NIK tidak berubah walau tanggalnya keliru.",
)
SEX_DIFFERS = NumberWarning(
    "sex_differs",
    "Jenis kelamin yang dipilih berbeda dari yang terbaca di dalam NIK. Mohon cocokkan keduanya "
    "dengan KTP-el. Bila di KTP-el memang begitu, biarkan.",
)
SAME_AS_NO_KK = NumberWarning(
    "same_as_no_kk",
    "NIK dan No. KK sama. Mohon periksa: NIK ada di KTP-el, No. KK ada di bagian atas "
    "Kartu Keluarga.",
)
RECORDING_DATE_ODD = NumberWarning(
    "recording_date_odd",
    "Angka tanggal di dalam No. KK tidak lazim. Mohon cocokkan dengan Kartu Keluarga.",
)


def _serial_zero(name: str) -> NumberWarning:
    return NumberWarning(
        "serial_zero",
        f"Empat angka terakhir {name} semuanya nol, padahal nomor urut mulai dari 0001. "
        f"Mohon periksa lagi {name} itu.",
    )


def _one_digit(name: str) -> NumberWarning:
    return NumberWarning(
        "one_digit",
        f"{name} hanya berisi satu angka yang diulang. Mohon ketik {name} seperti di dokumennya.",
    )


def _is_of_one_digit(number: str) -> bool:
    return len(set(number)) == 1


def _area_warnings(name: str, number: str, known: Container[str]) -> Iterator[NumberWarning]:
    province, regency, district = number[0:2], number[2:4], number[4:6]
    if province not in known or "00" in (regency, district):
        yield NumberWarning(
            "area_unknown",
            f"Kode wilayah di awal {name} tidak dikenal atau lama. Mohon periksa enam angka "
            "pertama. Bila dokumennya memang begitu, biarkan.",
        )


def _existing_dates(day: int, month: int, two_digit_year: int) -> Iterator[date]:
    for century in (1900, 2000):
        try:
            yield date(century + two_digit_year, month, day)
        except ValueError:
            continue


def _without_separators(text: str) -> str:
    return _plain_digits(_SEPARATORS.sub("", text).lstrip(_LEADING_APOSTROPHES))


def _plain_digits(text: str) -> str:
    """Full-width digits as the ASCII ones they stand for; those of other scripts stand as is."""
    if text.isascii():
        return text
    return "".join(unicodedata.normalize("NFKC", c) if c.isdecimal() else c for c in text)


def _only_ascii_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()  # isdigit() alone takes other scripts' digits too


def _is_sixteen_digits(text: str) -> bool:
    return len(text) == LENGTH and _only_ascii_digits(text)


def _sixteen_digits(text: str, name: str, document: str) -> str:
    number = _without_separators(text)
    if not number:
        raise ValueError(f"{name} belum diisi. Ketik 16 angka seperti di {document}.")
    if not _only_ascii_digits(number):
        raise ValueError(
            f"{name} hanya berisi angka 0 sampai 9, tanpa huruf atau tanda lain. "
            f"Cocokkan dengan {document}."
        )
    if len(number) != LENGTH:
        raise ValueError(
            f"{name} harus 16 angka; yang diketik ada {len(number)} angka. "
            f"Cocokkan dengan {document}."
        )
    return number
