"""Numbers: what a template makes of them, and that none is lost, doubled or skipped."""

import string
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from reports.letters.models import NumberCounter
from reports.letters.numbering import ROMAN, introduction_number, take, write_number
from reports.letters.office_models import LetterOffice
from tests import factories
from tests.factories import KELURAHAN, RT, SIBLING_KELURAHAN
from tests.residents.at_once import at_once

LETTER = NumberCounter.Kind.LETTER
NAMES = ("{urut}", "{kode}", "{bulan romawi}", "{tahun}")
plain = st.text(string.ascii_letters + string.digits + " ./-{}", max_size=20)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))
serials = st.integers(1, 999_999)


class TestTemplate:
    @given(st.lists(st.one_of(plain, st.sampled_from(NAMES))), serials, days)
    def test_each_name_is_replaced_and_all_else_is_kept(
        self, parts: list[str], serial: int, on: date
    ) -> None:
        values = dict(
            zip(NAMES, (f"{serial:03}", "1002", ROMAN[on.month - 1], str(on.year)), strict=True)
        )
        template = "".join(parts)
        expected = template
        for name in NAMES:
            expected = values[name].join(expected.split(name))
        written = write_number(template, serial, "64.71.05.1002", on)
        assert written == expected
        assert not any(name in written for name in NAMES)

    @given(serials, serials, days)
    def test_different_serials_are_different_numbers(self, one: int, two: int, on: date) -> None:
        template = LetterOffice().number_template
        numbers = {write_number(template, serial, KELURAHAN, on) for serial in (one, two)}
        assert len(numbers) == len({one, two})

    @given(st.lists(st.sampled_from((*NAMES, "/", "-")), max_size=30), serials, days)
    def test_a_number_fits_wherever_its_template_fits(
        self, parts: list[str], serial: int, on: date
    ) -> None:
        template = "".join(parts)
        assert len(write_number(template, serial, KELURAHAN, on)) <= len(template)

    def test_as_the_offices_write_it(self) -> None:
        template, on = LetterOffice().number_template, date(2026, 11, 21)
        assert write_number(template, 7, KELURAHAN, on) == "400.12.2.1/007/1002/XI/2026"
        assert introduction_number(12, "005", on) == "012/RT.005/XI/2026"

    def test_months_are_roman(self) -> None:
        written = [
            write_number("{bulan romawi}", 1, KELURAHAN, date(2026, m, 1)) for m in range(1, 13)
        ]
        assert written == "I II III IV V VI VII VIII IX X XI XII".split()


@pytest.mark.django_db
class TestTaking:
    @pytest.fixture(autouse=True)
    def _areas(self) -> None:
        factories.load_areas()

    def test_they_run_by_area_kind_and_year(self) -> None:
        assert [take(KELURAHAN, LETTER, 2026) for _ in range(3)] == [1, 2, 3]
        assert take(KELURAHAN, LETTER, 2027) == 1
        assert take(SIBLING_KELURAHAN, LETTER, 2026) == 1
        assert take(RT, NumberCounter.Kind.INTRODUCTION, 2026) == 1
        assert take(KELURAHAN, LETTER, 2026) == 4

    @given(st.lists(st.booleans(), max_size=30))
    def test_what_is_rolled_back_is_given_again(self, kept: list[bool]) -> None:
        with transaction.atomic():
            given_out = []
            for keep in kept:
                try:
                    with transaction.atomic():
                        number = take(KELURAHAN, LETTER, 2030)
                        if not keep:
                            raise RuntimeError
                        given_out.append(number)
                except RuntimeError:
                    continue
            assert given_out == list(range(1, sum(kept) + 1))
            transaction.set_rollback(True)


class TestAtOnce:
    def test_without_a_transaction_none_is_taken(self, committed_db: None) -> None:
        factories.load_areas()
        with pytest.raises(RuntimeError, match="transaction"):
            take(KELURAHAN, LETTER, 2026)
        assert not NumberCounter.objects.exists()

    def test_threads_that_fail_in_between_leave_no_hole(self, committed_db: None) -> None:
        factories.load_areas()

        def work(failing: int) -> Callable[[], list[int]]:
            def takes() -> list[int]:
                taken = []
                for step in range(25):
                    try:
                        with transaction.atomic():
                            number = take(KELURAHAN, LETTER, 2026)
                            if step % 4 == failing:
                                raise RuntimeError
                    except RuntimeError:
                        continue
                    taken.append(number)
                return taken

            return takes

        given_out = sum(at_once(*(work(failing) for failing in range(4))), [])
        assert sorted(given_out) == list(range(1, len(given_out) + 1))
        assert len(given_out) == 4 * 25 - (7 + 6 + 6 + 6)

    def test_a_new_transaction_sees_what_was_committed(self, committed_db: None) -> None:
        factories.load_areas()
        for expected in (1, 2):
            with transaction.atomic():
                assert take(KELURAHAN, LETTER, 2026) == expected
            connection.close()


@pytest.mark.django_db
class TestYears:
    def test_the_year_turns_in_balikpapan(self, monkeypatch: pytest.MonkeyPatch) -> None:
        resident = factories.reported(stays_until=date(2027, 6, 30))
        other = factories.reported(stays_until=date(2027, 6, 30))
        evening = datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
        monkeypatch.setattr("wacat.clock.now", lambda: evening)
        old = factories.letter_issued(resident)
        monkeypatch.setattr("wacat.clock.now", lambda: evening.replace(hour=16, minute=0))
        new = factories.letter_issued(other)
        assert (old.number_year, old.number_serial, old.issued_on) == (2026, 1, date(2026, 12, 31))
        assert (new.number_year, new.number_serial, new.issued_on) == (2027, 1, date(2027, 1, 1))
        assert old.number.endswith("/001/1002/XII/2026")
        assert new.number.endswith("/001/1002/I/2027")
        assert old.introduction_number == "001/RT.001/XII/2026"
        assert new.introduction_number == "001/RT.001/I/2027"

    def test_a_template_without_the_serial_is_none(self) -> None:
        factories.load_areas()
        with pytest.raises(IntegrityError, match="office_number_has_serial"):
            LetterOffice.objects.create(kelurahan_id=KELURAHAN, number_template="{tahun}")
