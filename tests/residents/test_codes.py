import pytest
from django.db.models import IntegerChoices

from residents.registry import codes

COUNTS = [
    (codes.Sex, 2),
    (codes.Religion, 7),
    (codes.MaritalStatus, 6),
    (codes.FamilyRelation, 11),
    (codes.BloodType, 13),
    (codes.Education, 10),
    (codes.Nationality, 2),
    (codes.Purpose, 7),
    (codes.Occupation, 99),
    (codes.NoNikReason, 4),
    (codes.EndReason, 5),
    (codes.CancellationReason, 3),
    (codes.LodgingKind, 7),
]


@pytest.mark.parametrize(("numbers", "count"), COUNTS)
def test_every_list_runs_from_one_without_gaps_and_repeats_no_label(
    numbers: type[IntegerChoices], count: int
) -> None:
    assert numbers.values == list(range(1, count + 1))
    assert len(set(numbers.labels)) == count
    assert all(label == label.strip() and label for label in numbers.labels)


@pytest.mark.parametrize(
    ("numbers", "number", "label"),
    [
        (codes.Sex, 1, "Laki-laki"),
        (codes.Sex, 2, "Perempuan"),
        (codes.Religion, 3, "Katolik"),
        (codes.Religion, 5, "Buddha"),
        (codes.Religion, 7, "Kepercayaan terhadap Tuhan YME"),
        (codes.MaritalStatus, 2, "Kawin tercatat"),
        (codes.MaritalStatus, 3, "Kawin belum tercatat"),
        (codes.MaritalStatus, 6, "Cerai mati"),
        (codes.FamilyRelation, 3, "Istri"),
        (codes.FamilyRelation, 10, "Pembantu"),
        (codes.BloodType, 4, "O"),
        (codes.BloodType, 6, "A\N{MINUS SIGN}"),
        (codes.BloodType, 13, "Tidak tahu"),
        (codes.Education, 5, "SLTA/sederajat"),
        (codes.Education, 7, "Akademi/Diploma III/S. Muda"),
        (codes.Education, 10, "Strata III"),
        (codes.Nationality, 2, "WNA"),
        (codes.Purpose, 4, "Kesehatan"),
        (codes.Occupation, 1, "Belum/Tidak Bekerja"),
        (codes.Occupation, 13, "Konstruksi"),
        (codes.Occupation, 40, "Penterjemah"),
        (codes.Occupation, 64, "Dosen"),
        (codes.Occupation, 88, "Wiraswasta"),
        (codes.Occupation, 89, "Anggota Lembaga Tinggi"),
        (codes.Occupation, 91, "Atlet"),
        (codes.Occupation, 96, "Pekerja Pengolahan, Kerajinan"),
        (codes.Occupation, 99, "Lainnya"),
        (codes.NoNikReason, 1, "Bayi/anak belum ber-NIK"),
        (codes.CancellationReason, 2, "Pendidikan"),
    ],
)
def test_spot_values(numbers: type[IntegerChoices], number: int, label: str) -> None:
    assert numbers(number).label == label
