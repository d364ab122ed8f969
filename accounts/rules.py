"""Who may do what: one table, action → roles (design: Perwali 33/2020 Pasal 4, 7, 9, 10, 11)."""

from enum import StrEnum

from django.db.models import TextChoices


class Role(TextChoices):
    KETUA_RT = "ketua_rt", "Ketua RT"
    PETUGAS_KELURAHAN = "petugas_kelurahan", "Petugas Kelurahan"
    LURAH = "lurah", "Lurah"
    CAMAT = "camat", "Camat"
    OPERATOR = "operator", "Operator WaCAT"
    ADMINISTRATOR = "administrator", "Administrator WaCAT"
    PIMPINAN = "pimpinan", "Pimpinan Disdukcapil"
    TIM_TEKNIS = "tim_teknis", "Pranata Komputer"


# The length of the codes of the areas that an office is held over (accounts.areas).
REACH_OF_ROLE = {
    Role.KETUA_RT: 17,
    Role.PETUGAS_KELURAHAN: 13,
    Role.LURAH: 13,
    Role.CAMAT: 8,
    Role.OPERATOR: 5,
    Role.ADMINISTRATOR: 5,
    Role.PIMPINAN: 5,
    Role.TIM_TEKNIS: 5,
}


class Action(StrEnum):
    """What can be done. A name is ``<thing>.<verb>``."""

    RESIDENT_VIEW = "resident.view"
    RESIDENT_ENTER = "resident.enter"
    RESIDENT_JUDGE = "resident.judge"
    RESIDENT_REVEAL = "resident.reveal"
    LETTER_VIEW = "letter.view"
    LETTER_INTRODUCE = "letter.introduce"
    LETTER_DECIDE = "letter.decide"
    FIGURES_VIEW = "figures.view"
    JOBS_VIEW = "jobs.view"


_FIELD = frozenset({Role.KETUA_RT, Role.PETUGAS_KELURAHAN})
_KELURAHAN = _FIELD | {Role.LURAH}

RULES: dict[Action, frozenset[Role]] = {
    Action.RESIDENT_VIEW: _KELURAHAN | {Role.OPERATOR},
    Action.RESIDENT_ENTER: _FIELD,
    Action.RESIDENT_JUDGE: frozenset({Role.OPERATOR}),
    Action.RESIDENT_REVEAL: _KELURAHAN | {Role.OPERATOR},
    Action.LETTER_VIEW: _KELURAHAN,
    Action.LETTER_INTRODUCE: _FIELD,
    Action.LETTER_DECIDE: frozenset({Role.LURAH}),
    Action.FIGURES_VIEW: frozenset(Role) - {Role.TIM_TEKNIS},
    Action.JOBS_VIEW: frozenset({Role.TIM_TEKNIS, Role.ADMINISTRATOR}),
}
