from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Akun dan wilayah"

    def ready(self) -> None:
        from accounts.login import sessions  # models are not there before

        sessions.connect()
        for room in ("helpdesk", "announcements"):  # their kinds become known
            import_module(f"accounts.{room}.notices")
