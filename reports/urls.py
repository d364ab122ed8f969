from django.urls import path

from reports.evaluation.views import EvaluationPage, EvaluationPdf, EvaluationXlsx
from reports.jobs.views import Jobs
from reports.letters.batch_views import BatchAdd, BatchPage, BatchPdf
from reports.letters.handing_fetch import LetterFetch
from reports.letters.handing_views import (
    LetterHand,
    LetterScanAdd,
    LetterScanFile,
    LetterSend,
)
from reports.letters.office_views import LetterOfficeSettings
from reports.letters.page import LetterPage, LetterPdf, LetterPreview
from reports.letters.register_views import LetterRegister, RegisterPdf, RegisterXlsx
from reports.letters.regrouping import MergeAreaWithLetters
from reports.letters.resident_page import ResidentPageWithLetters
from reports.letters.verification import Verification
from reports.letters.verification_file import VerifyFile
from reports.letters.verification_typed import VerifyFind
from reports.letters.views import LetterList, LetterReady, LetterRequest
from reports.start.views import Start
from reports.summaries.breakdown_views import BreakdownPdf, BreakdownXlsx, SummaryBreakdown
from reports.summaries.release_views import ReleaseList, ReleasePage, ReleaseXlsx
from reports.summaries.report_views import (
    ReportAdd,
    ReportDetail,
    ReportList,
    ReportPdf,
    ReportXlsx,
)
from reports.summaries.views import SummaryPage, SummaryPdf, SummaryXlsx

urlpatterns = [
    path("", Start.as_view(), name="start"),
    path("warga/<int:pk>/", ResidentPageWithLetters.as_view(), name="resident_detail"),
    path("warga/<int:resident_pk>/surat/", LetterRequest.as_view(), name="letter_request"),
    path("surat/", LetterList.as_view(), name="letter_list"),
    path("surat/siap/", LetterReady.as_view(), name="letter_ready"),
    path("surat/pengaturan/", LetterOfficeSettings.as_view(), name="letter_office"),
    path("surat/register/", LetterRegister.as_view(), name="letter_register"),
    path("surat/register/unduh/xlsx/", RegisterXlsx.as_view(), name="letter_register_xlsx"),
    path("surat/register/unduh/pdf/", RegisterPdf.as_view(), name="letter_register_pdf"),
    path("surat/cetak/", BatchAdd.as_view(), name="letter_batch_add"),
    path("surat/cetak/<int:pk>/", BatchPage.as_view(), name="letter_batch"),
    path("surat/cetak/<int:pk>/pdf/", BatchPdf.as_view(), name="letter_batch_pdf"),
    path("surat/<int:pk>/", LetterPage.as_view(), name="letter_detail"),
    path("surat/<int:pk>/pratinjau/", LetterPreview.as_view(), name="letter_preview"),
    path("surat/<int:pk>/pdf/", LetterPdf.as_view(), name="letter_pdf"),
    path("surat/<int:pk>/penyerahan/", LetterHand.as_view(), name="letter_hand"),
    path("surat/<int:pk>/pindaian/", LetterScanAdd.as_view(), name="letter_scan_add"),
    path("surat/<int:pk>/pindaian/lihat/", LetterScanFile.as_view(), name="letter_scan"),
    path("surat/<int:pk>/kirim/", LetterSend.as_view(), name="letter_send"),
    path("surat/ambil/<str:token>/", LetterFetch.as_view(), name="letter_fetch"),
    path("wilayah/<str:code>/gabung/", MergeAreaWithLetters.as_view(), name="area_merge"),
    path("verifikasi/", VerifyFind.as_view(), name="verify_find"),
    path("verifikasi/berkas/", VerifyFile.as_view(), name="verify_file"),
    path("verifikasi/<str:token>/", Verification.as_view(), name="verify"),
    path("evaluasi/", EvaluationPage.as_view(), name="evaluation"),
    path("evaluasi/unduh/xlsx/", EvaluationXlsx.as_view(), name="evaluation_xlsx"),
    path("evaluasi/unduh/pdf/", EvaluationPdf.as_view(), name="evaluation_pdf"),
    path("rekap/", SummaryPage.as_view(), name="summary"),
    path("rekap/rincian/", SummaryBreakdown.as_view(), name="summary_breakdown"),
    path("rekap/rincian/unduh/xlsx/", BreakdownXlsx.as_view(), name="summary_breakdown_xlsx"),
    path("rekap/rincian/unduh/pdf/", BreakdownPdf.as_view(), name="summary_breakdown_pdf"),
    path("rekap/umum/", ReleaseList.as_view(), name="release_list"),
    path("rekap/umum/<int:pk>/", ReleasePage.as_view(), name="release_detail"),
    path("rekap/umum/<int:pk>/xlsx/", ReleaseXlsx.as_view(), name="release_xlsx"),
    path("rekap/unduh/xlsx/", SummaryXlsx.as_view(), name="summary_xlsx"),
    path("rekap/unduh/pdf/", SummaryPdf.as_view(), name="summary_pdf"),
    path("rekap/laporan/", ReportList.as_view(), name="report_list"),
    path("rekap/laporan/buat/", ReportAdd.as_view(), name="report_add"),
    path("rekap/laporan/<int:pk>/", ReportDetail.as_view(), name="report_detail"),
    path("rekap/laporan/<int:pk>/pdf/", ReportPdf.as_view(), name="report_pdf"),
    path("rekap/laporan/<int:pk>/xlsx/", ReportXlsx.as_view(), name="report_xlsx"),
    path("pekerjaan/", Jobs.as_view(), name="jobs"),
]
