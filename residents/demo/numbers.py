"""Numbers that are built like a NIK, No. KK, NIP or telephone number and can belong to nobody.

No province has the code 99, no mobile network the prefix 0800, and `.invalid` is a domain that
never exists (RFC 2606).
"""

from collections import Counter
from datetime import date

from residents.demo.vocabulary import ORIGINS
from residents.registry.codes import Sex
from residents.registry.nik import DAY_OFFSET_FOR_WOMEN

DEMO_PROVINCE = "99"
EMAIL_DOMAIN = "contoh.invalid"

_REGENCY_BY_ORIGIN = {origin: f"{number:02}" for number, origin in enumerate(ORIGINS, start=1)}


class FakeNumbers:
    """Issues numbers and never the same one twice. One instance serves a whole data set."""

    def __init__(self) -> None:
        self._last_serial: Counter[str] = Counter()

    def nik(self, origin: str, district: int, birth_date: date, sex: Sex) -> str:
        """A NIK of someone first registered in an origin of the vocabulary."""
        offset = DAY_OFFSET_FOR_WOMEN if sex == Sex.FEMALE else 0
        return self._next(origin, district, f"{birth_date.day + offset:02}{birth_date:%m%y}")

    def no_kk(self, origin: str, district: int, recorded_on: date) -> str:
        """A No. KK recorded on a day in an origin of the vocabulary. No NIK equals it."""
        return self._next(origin, district, f"{recorded_on:%d%m%y}")

    def nip(self, birth_year: int, sex: Sex) -> str:
        """An official's 18-digit NIP; its birth date is in month 99."""
        return self._with_serial(f"{birth_year}9999{birth_year + 25}01{sex:d}", 3)

    def official_phone(self) -> str:
        """A telephone number that no one else of the data set has."""
        return self._with_serial("0800000", 4)

    def _next(self, origin: str, district: int, day: str) -> str:
        area = f"{DEMO_PROVINCE}{_REGENCY_BY_ORIGIN[origin]}{district:02}"
        return self._with_serial(f"{area}{day}", 4)

    def _with_serial(self, prefix: str, digits: int) -> str:
        self._last_serial[prefix] += 1
        serial = self._last_serial[prefix]
        if serial >= 10**digits:
            raise ValueError("Semua nomor urut contoh sudah terpakai.")
        return f"{prefix}{serial:0{digits}}"
