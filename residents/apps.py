from importlib import import_module

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "residents"
    verbose_name = "Penduduk nonpermanen"

    def ready(self) -> None:
        # Its models are there only now.
        from accounts.audit.subjects import register
        from residents.registry.subjects import LABEL, with_nik
        from residents.retention.around import register_around
        from residents.retention.received import register_received
        from residents.retention.records import register_rooms
        from residents.retention.tickets import register_tickets
        from residents.retention.told import register_told

        import_module("residents.notices")  # its kinds become known
        register(LABEL, with_nik)
        register_rooms()
        register_around()
        register_told()
        register_received()
        register_tickets()
