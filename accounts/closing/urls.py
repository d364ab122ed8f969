from django.urls import path

from accounts.closing.breach_views import (
    BreachDetail,
    BreachEvidence,
    BreachList,
    BreachReportPage,
)
from accounts.closing.factor_views import SecondFactorReset
from accounts.closing.views import (
    AccountClose,
    AccountReopen,
    ClosureEvidence,
    SafeguardList,
)

urlpatterns = [
    path("akun/<int:pk>/nonaktifkan/", AccountClose.as_view(), name="account_close"),
    path("akun/<int:pk>/aktifkan/", AccountReopen.as_view(), name="account_reopen"),
    path("akun/<int:pk>/pengaman/", SecondFactorReset.as_view(), name="second_factor_reset"),
    path("akun/<int:pk>/laporkan/", BreachReportPage.as_view(), name="breach_report"),
    path("akun/pengamanan/", SafeguardList.as_view(), name="safeguard_list"),
    path("akun/nonaktif/<int:pk>/bukti/", ClosureEvidence.as_view(), name="closure_evidence"),
    path("akun/pelanggaran/", BreachList.as_view(), name="breach_list"),
    path("akun/pelanggaran/<int:pk>/", BreachDetail.as_view(), name="breach_detail"),
    path("akun/pelanggaran/<int:pk>/bukti/", BreachEvidence.as_view(), name="breach_evidence"),
]
