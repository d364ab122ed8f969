"""From words to the numbers of the code lists: exact, by known other spellings, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.db.models import IntegerChoices

from residents.importing.column_table import COLUMNS
from residents.registry import codes
from wacat.spreadsheets.wording import plain

_LONG_ENOUGH = 6  # letters, for a slip in one of them to be certain
_ALIKE = 0.88
_NUMBERED = re.compile(r"\(?(\d{1,2})\)?(?:\.0)?(?:\s*[-.:=)]\s*(\D.*))?")
# A word that says nothing: the cell counts as empty.
NOTHING = frozenset(
    "|0|x|xxx|na|nan|null|none|nihil|kosong|belum|tidak|tidakada|tdkada|tidakpunya|tdkpunya"
    "|belumada|belumpunya|tanpanik|tidakadanik|belumadanik|tidakdiketahui|tdktahu|blmada".split("|")
)  # as they are compared: a dash is nothing at all


def says_nothing(text: str) -> bool:
    """Whether the text stands for an empty cell: a dash, *tidak ada* and the like."""
    if text[:1].isdigit():
        return text == "0"
    return plain(text) in NOTHING


@dataclass(frozen=True)
class CodeList:
    """A list's own labels, and further spellings of its numbers.

    ``otherwise`` are words that mean a number only as most people use them: what is read so is
    told to the reader.
    """

    choices: type[IntegerChoices]
    also: Mapping[int, str]
    otherwise: Mapping[int, str]

    def words(self) -> dict[str, int]:
        """Each spelling that means a number for certain."""
        own = {self.spelled(str(label)): int(number) for number, label in self.choices.choices}
        return {**own, **_split(self.also)}

    def spelled(self, text: str) -> str:
        """The text as it is compared."""
        return plain(text)

    def find(self, value: Any) -> tuple[int | None, bool]:
        """The number that a cell means, or None; and whether that is a reading to be told."""
        if isinstance(value, float):
            number = int(value) if value.is_integer() else 0
            return (number if number in self.choices.values else None), False
        text = str(value).strip()
        if numbered := _NUMBERED.fullmatch(text):
            number = int(numbered[1])
            # "1 - Islam" says both: where they differ, nothing is certain.
            same = not numbered[2] or self._by_word(self.spelled(numbered[2]))[0] == number
            return (number if number in self.choices.values and same else None), False
        return self._by_word(self.spelled(text))

    def _by_word(self, word: str) -> tuple[int | None, bool]:
        words = _WORDS[self.choices]
        if word in words:
            return words[word], False
        usual = _split(self.otherwise)
        if word in usual:
            return usual[word], True
        if len(word) < _LONG_ENOUGH:
            return None, False
        near = get_close_matches(word, words, n=3, cutoff=_ALIKE)
        numbers = {words[one] for one in near}
        return (numbers.pop(), True) if len(numbers) == 1 else (None, False)


def _split(spellings: Mapping[int, str]) -> dict[str, int]:
    return {word: int(number) for number, text in spellings.items() for word in text.split()}


class _Blood(CodeList):
    """Here the sign behind the letters counts."""

    def spelled(self, text: str) -> str:
        signed = text.strip().replace("+", "plus")
        return plain(_MINUS.sub("minus", signed))


class _Education(CodeList):
    """Here a stroke counts: Diploma I/II is not Diploma III."""

    def spelled(self, text: str) -> str:
        return plain(_FIRST_TWO.sub("satudua", text))


_MINUS = re.compile("[-\u2212\u2013]$")
_FIRST_TWO = re.compile(r"\b(?:i\s*/\s*ii|1\s*/\s*2)\b|(?<=d)1/(?:d)?2\b", re.IGNORECASE)


LISTS: dict[str, CodeList] = {
    "sex": CodeList(
        codes.Sex,
        {1: "l lk laki lakilaki lelaki pria male m cowok laki2 lkl", 2: "p pr perempuan wanita "
         "female f w cewek perempuann prp"},
        {},
    ),
    "religion": CodeList(
        codes.Religion,
        {1: "moslem muslim muslimah", 2: "kristenprotestan protestan prot kristenp krist "
         "kristenkharismatik", 3: "katholik kristenkatolik kristenkatholik khatolik katolikroma "
         "katolikromawi", 5: "budha budhis", 6: "konghucu konghuchu kongfucu khonghuchu konghuju",
         7: "kepercayaan penghayat penghayatkepercayaan kepercayaantuhanyme aliran "
         "kepercayaanterhadaptuhan alirankepercayaan"},
        {},
    ),
    "marital_status": CodeList(
        codes.MaritalStatus,
        {1: "belum belumnikah belummenikah lajang bk bujang gadis single tidakkawin tidakmenikah "
         "blmkawin blmnikah perjaka jejaka", 2: "kawintercatat nikahtercatat menikahtercatat "
         "sudahkawintercatat", 3: "kawintidaktercatat nikahsiri kawinsiri siri "
         "nikahbelumtercatat", 6: "ceraimeninggal cm"},
        {2: "kawin k nikah menikah sudahkawin sudahmenikah sudahnikah married sudah",
         4: "ceraihidup cerai ch bercerai"},
    ),
    "family_relation": CodeList(
        codes.FamilyRelation,
        {1: "kk kepala kepkel krt kepalarumahtangga kepalakel", 3: "isteri", 4: "anakkandung an "
         "anaktiri anakangkat", 7: "orangtua ayah ibu bapak bapakkandung ibukandung ortu",
         8: "mertua", 9: "famililainnya family saudara adik kakak keponakan sepupu kerabat paman "
         "bibi tante om ponakan famili familylain", 10: "pembantu art prt "
         "asistenrumahtangga pembanturt", 11: "lain lainlain teman temankos"},
        {},
    ),
    "education": _Education(
        codes.Education,
        {1: "tidaksekolah belumsekolah tidakbelumsekolah blmsekolah tidakpernahsekolah tk paud "
         "tidakblmsekolah", 2: "belumtamatsd tidaktamatsd blmtamatsd", 3: "sd tamatsd mi "
         "sdsederajat sdmi lulussd tamatsdmi sekolahdasar paketa",
         4: "smp sltp mts tamatsmp smpsederajat smpmts tamatsltp lulussmp paketb",
         5: "sma slta smk ma smu stm smea tamatsma smasederajat smasmk smaslta sltasma "
         "tamatslta lulussma smaksederajat smksederajat paketc smkn sman stmsederajat "
         "smasmkma man smasmksederajat", 6: "d1 d2 di dii diploma1 diploma2 diplomai diplomaii "
         "d1d2 dsatudua", 7: "d3 diii diploma3 diplomaiii akademi sarjanamuda sm akademid3 amd",
         8: "s1 d4 div strata1 stratai sarjana diploma4 diplomaiv d4s1 sarjanas1 diplomaivs1 "
         "s1d4", 9: "s2 strata2 master magister pascasarjana stratadua", 10: "s3 strata3 doktor "
         "doctor"},
        {},
    ),
    "occupation": CodeList(
        codes.Occupation,
        {1: "belumbekerja tidakbekerja blmbekerja pengangguran belumkerja tidakkerja "
         "tidakbekerjabelumbekerja nganggur belumtidakkerja jobseeker pencarikerja",
         2: "irt iburumahtangga mengurusrt rumahtangga urt mrt", 3: "pelajar mahasiswa "
         "mahasiswi siswa siswi santri pelajarmahasiswi kuliah sekolah mhs",
         4: "pensiun purnawirawan pensiunanpns", 5: "pegawainegerisipil pegawainegeri",
         6: "tniad tnial tniau tentara", 7: "polisi anggotapolri", 9: "petani pekebun tani",
         11: "nelayan", 15: "pegawaiswasta pekerjaswasta karswasta kary "
         "karyswasta pegswasta karyawanperusahaan", 16: "bumn pegawaibumn",
         17: "bumd pegawaibumd", 18: "honorer pegawaihonorer tenagahonorer honor",
         19: "buruhharian bhl harianlepas buruhlepas buruhharianlepasan", 20: "buruhtani",
         21: "buruhnelayan", 23: "pembantu art prt asistenrumahtangga pembanturt",
         29: "tukanglas welder pandaibesi las", 30: "penjahit jahit", 31: "ahligigi",
         35: "montir mekanikmobil", 40: "penerjemah", 42: "pendetakristen", 44: "jurnalis",
         45: "ustadz ustad ustaz mubaligh ustadzah", 46: "kokirestoran koki",
         64: "dosenpns", 65: "guruhonorer gurupns guruswasta gurusd", 72: "dokterumum "
         "dokterspesialis", 81: "supir driver sopirtruk supirtruk pengemudi", 84: "penjual",
         85: "aparatdesa", 88: "wirausaha usaha wirausahawan "
         "wiraswastawan usahasendiri pengusaha", 91: "atlit olahragawan", 93: "manager",
         94: "tatausaha", 97: "teknisilistrik tehnisi", 99: "lain lainlain"},
        {15: "swasta karyawan karyawati", 84: "dagang berdagang jualan"},
    ),
    "blood_type": _Blood(codes.BloodType, {13: "tidaktahu tdktahu tt belumtahu"}, {}),
    "nationality": CodeList(
        codes.Nationality,
        {1: "indonesia id idn warganegaraindonesia ri", 2: "asing warganegaraasing foreigner "
         "orangasing"},
        {},
    ),
    "purpose": CodeList(
        codes.Purpose,
        {1: "kerja bekerja pekerjaan mencarikerja carikerja mencaripekerjaan dinas tugas "
         "penugasan usaha berdagang dagang proyek rdmp tugaskerja urusankerja merantau "
         "bekerjadiproyek ikutproyek kerjaproyek bisnis magang pkl", 2: "sekolah kuliah belajar "
         "pelajar studi mahasiswa mondok pesantren santri menuntutilmu pendidikan tugasbelajar",
         3: "keamanan", 4: "berobat kesehatan sakit pengobatan rawatjalan rawat operasi",
         5: "perumahan rumah", 6: "ikutsuami ikutistri ikutorangtua ikutkeluarga keluarga "
         "ikutortu menikah ikutanak ikutsaudara ikut mengikutisuami mengikutiistri "
         "mengikutiorangtua berkumpulkeluarga menjagaorangtua", 7: "lain lainlain"},
        {},
    ),
    "no_nik_reason": CodeList(
        codes.NoNikReason,
        {1: "bayi balita anak bayibaru belumdibuatkan bayibarulahir anakbayi belumpunyanik "
         "anakbelumpunyanik anakbelumbernik bayibelumbernik", 2: "wna asing foreigner",
         3: "hilang ktphilang dokumenhilang belumdiketahui ktprusak lupa tidaktahu", 4: "lain "
         "lainlain"},
        {},
    ),
}  # fmt: skip
TITLES = {column.key: column.title for column in COLUMNS}
_WORDS = {one.choices: one.words() for one in LISTS.values()}


def label_of(key: str, number: int) -> str:
    """The list's own label of a number."""
    return str(LISTS[key].choices(number).label)


def labels_of(key: str) -> Iterable[str]:
    """What the template offers."""
    return [str(label) for _, label in LISTS[key].choices.choices]
