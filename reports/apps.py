from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Surat dan rekap"

    def ready(self) -> None:
        # Its models are there only now.
        from reports.letters.retention import register_letters
        from reports.letters.story import letters_told
        from residents.page.telling import register

        register_letters()
        register(letters_told)
