"""The figures to take away: as XLSX at once, as PDF by a worker."""

from datetime import date
from io import BytesIO
from subprocess import Popen
from zipfile import ZipFile

import pytest
from django.test import Client
from tablib import Dataset

from accounts.areas.models import Area
from accounts.audit.models import Access
from accounts.rules import Role
from reports.summaries import files
from reports.summaries.figures import FIGURES
from reports.summaries.models import SummaryFile
from tests import factories
from tests.drawn_files import stored
from tests.factories import CITY_CODE, KELURAHAN, RT, SIBLING_RT, client_of, holder, on_day
from tests.reports.letters_to_draw import reader_of, text_of
from tests.residents.pages import lurah, petugas
from wacat.work import perform

STAY = {"arrived_on": date(2020, 3, 10), "stays_until": date(2020, 9, 30)}


@pytest.mark.django_db
class TestXlsx:
    def _sheet(self, client: Client, area: str) -> Dataset:
        answer = client.get(f"/rekap/unduh/xlsx/?tanggal=2020-04-01&wilayah={area}")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == (
            f'attachment; filename="rekap-{area}-2020-04-01.xlsx"'
        )
        return Dataset().load(answer.content, "xlsx")

    def test_it_opens_and_begins_with_code_name_count(self) -> None:
        with on_day(date(2020, 4, 1)):
            factories.reported(**STAY)
        sheet = self._sheet(petugas(), KELURAHAN)
        assert sheet.headers[:3] == ["kode", "nama", "jumlah"]
        assert sheet.headers[3:] == [figure.label for figure in FIGURES[1:]]
        assert [row[:3] for row in sheet] == [
            (RT, "RT 001", 1),
            (SIBLING_RT, "RT 002", 0),
            (KELURAHAN, "Kelurahan Sepinggan", 1),
        ]
        seen = Access.objects.get()
        assert (seen.kind, seen.subject, seen.area_id) == (
            "export",
            f"accounts.area:{KELURAHAN}",
            KELURAHAN,
        )

    @pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
    def test_a_name_is_never_a_formula(self, sign: str) -> None:
        factories.load_areas()
        Area.objects.filter(code=CITY_CODE).update(name=f"{sign}1+1")
        client = client_of(holder(Role.PIMPINAN, CITY_CODE))
        content = client.get("/rekap/unduh/xlsx/").content
        [*_, name] = Dataset().load(content, "xlsx")["nama"]
        assert str(name).removeprefix(sign) == "1+1"
        with ZipFile(BytesIO(content)) as parts:
            assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


class TestPdf:
    @pytest.fixture
    def impatient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wacat.drawn.PATIENCE", 0.2)

    @pytest.fixture
    def people(self, committed_db: None) -> None:
        with on_day(date(2020, 4, 1)):
            factories.reported(**STAY)

    def test_a_worker_draws_it_while_one_waits(
        self, real_worker: "Popen[bytes]", people: None
    ) -> None:
        answer = lurah().get(f"/rekap/unduh/pdf/?tanggal=2020-04-01&wilayah={KELURAHAN}")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/pdf"
        text = text_of(answer.content)
        for words in ("Kelurahan Sepinggan", "1 April 2020", "RT 001", "RT 002"):
            assert words in text
        assert len(reader_of(answer.content).pages) == 1
        assert SummaryFile.objects.get().state == "done"
        assert Access.objects.get().kind == "export"

    def test_one_drawn_late_tells_when_its_numbers_were_known(self, people: None) -> None:
        with on_day(date(2020, 4, 1)):
            work = SummaryFile.objects.create(
                area_id=RT,
                first=date(2020, 1, 1),
                as_at=date(2020, 4, 1),
                asked_by=holder(Role.KETUA_RT, RT),
            )
        with on_day(date(2020, 4, 3)):
            factories.reported(**STAY)
            assert perform(SummaryFile, work.pk, files.draw)
        work.refresh_from_db()
        text = text_of(stored(work.file))
        assert "diketahui sampai 3 April 2020" in text

    def test_without_a_worker_the_answer_is_to_come_again(
        self, people: None, impatient: None
    ) -> None:
        client = lurah()
        for _ in range(2):
            answer = client.get("/rekap/unduh/pdf/?tanggal=2020-04-01")
            assert answer.status_code == 202
            assert "PDF sedang dibuat" in answer.content.decode()
        assert SummaryFile.objects.count() == 1
        assert not Access.objects.exists()
        client.get("/rekap/unduh/pdf/?tanggal=2020-04-02")
        assert SummaryFile.objects.count() == 2
