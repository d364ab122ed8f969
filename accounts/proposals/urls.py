from django.urls import path

from accounts.proposals.detail_views import KetuaRtPage, LurahPage
from accounts.proposals.entry_views import KetuaRtAdd, KetuaRtEdit, LurahAdd, LurahEdit
from accounts.proposals.lists.views import ListAdd, ListPage, ListRejected, ListTemplate
from accounts.proposals.views import MissingRts, ProposalList

RT, LURAH, LISTS = "akun/usulan/rt/", "akun/usulan/lurah/", "akun/usulan/daftar/"

urlpatterns = [
    path("akun/usulan/", ProposalList.as_view(), name="proposal_list"),
    path(f"{RT}belum/", MissingRts.as_view(), name="proposal_missing"),
    path(f"{RT}tambah/", KetuaRtAdd.as_view(), name="proposal_rt_add"),
    path(f"{RT}<int:pk>/", KetuaRtPage.as_view(), name="proposal_rt"),
    path(f"{RT}<int:pk>/ubah/", KetuaRtEdit.as_view(), name="proposal_rt_edit"),
    path(f"{LURAH}tambah/", LurahAdd.as_view(), name="proposal_lurah_add"),
    path(f"{LURAH}<int:pk>/", LurahPage.as_view(), name="proposal_lurah"),
    path(f"{LURAH}<int:pk>/ubah/", LurahEdit.as_view(), name="proposal_lurah_edit"),
    path(LISTS, ListAdd.as_view(), name="proposal_lists_add"),
    path(f"{LISTS}contoh/", ListTemplate.as_view(), name="proposal_list_template"),
    path(f"{LISTS}<int:pk>/", ListPage.as_view(), name="proposal_lists_detail"),
    path(f"{LISTS}<int:pk>/ditolak/", ListRejected.as_view(), name="proposal_lists_rejected"),
]
