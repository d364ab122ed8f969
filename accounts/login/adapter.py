"""What WaCAT asks of allauth: nobody signs up; accounts are issued (Perwali 33/2020 Pasal 5)."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
