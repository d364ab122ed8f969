from django.urls import path

from accounts.contacts.views import (
    ContactAdd,
    ContactDelete,
    ContactEdit,
    ContactList,
    ContactMove,
)

urlpatterns = [
    path("kontak/", ContactList.as_view(), name="contact_list"),
    path("kontak/tambah/", ContactAdd.as_view(), name="contact_add"),
    path("kontak/<int:pk>/ubah/", ContactEdit.as_view(), name="contact_edit"),
    path("kontak/<int:pk>/hapus/", ContactDelete.as_view(), name="contact_delete"),
    path("kontak/<int:pk>/pindah/", ContactMove.as_view(), name="contact_move"),
]
