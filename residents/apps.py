from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "residents"
    verbose_name = "Penduduk nonpermanen"

    def ready(self) -> None:
        # Its models are there only now.
        from accounts.audit.subjects import register
        from residents.registry.subjects import LABEL, with_nik

        register(LABEL, with_nik)
