"""Who may do what: one table, action → roles (design: Perwali 33/2020 Pasal 4 to 11)."""

from enum import StrEnum

from django.db.models import TextChoices


class Role(TextChoices):
    KETUA_RT = "ketua_rt", "Ketua RT"
    PETUGAS_KELURAHAN = "petugas_kelurahan", "Petugas Kelurahan"
    LURAH = "lurah", "Lurah"
    PENANDA_TANGAN = "penanda_tangan", "Penanda tangan a.n. Lurah"
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
    Role.PENANDA_TANGAN: 13,
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
    RESIDENT_IMPORT = "resident.import"
    RESIDENT_EXPORT = "resident.export"
    NUMBERS_EXPORT = "numbers.export"
    RESIDENT_RECEIVE = "resident.receive"
    RELOCATION_OBJECT = "relocation.object"
    RESIDENT_MERGE = "resident.merge"
    RETENTION_SET = "retention.set"
    SERVICE_VIEW = "service.view"
    SERVICE_ANSWER = "service.answer"
    SERVICE_PLACE = "service.place"
    SERVICE_RECEIVE = "service.receive"
    CORRECTION_ANSWER = "correction.answer"
    CORRECTION_DEADLINE_SET = "correction_deadline.set"
    TRUTH_VIEW = "truth.view"
    TRUTH_SIGN = "truth.sign"
    LETTER_VIEW = "letter.view"
    LETTER_INTRODUCE = "letter.introduce"
    LETTER_DECIDE = "letter.decide"
    LETTER_REGISTER = "letter.register"
    LETTER_HAND_OVER = "letter.hand_over"
    LETTER_OFFICE_SET = "letter_office.set"
    FIGURES_VIEW = "figures.view"
    REPORT_VIEW = "report.view"
    REPORT_BUILD = "report.build"
    FIGURES_RELEASE = "figures.release"
    EVALUATION_VIEW = "evaluation.view"
    JOBS_VIEW = "jobs.view"
    PROPOSAL_VIEW = "proposal.view"
    LURAH_PROPOSE = "lurah.propose"
    KETUA_RT_PROPOSE = "ketua_rt.propose"
    ACCOUNT_VIEW = "account.view"
    ACCOUNT_ISSUE = "account.issue"
    ACCOUNT_CLOSE = "account.close"
    ACCOUNT_RENEW = "account.renew"
    BREACH_REPORT = "breach.report"
    BREACH_VIEW = "breach.view"
    POST_APPOINT = "post.appoint"
    POST_DELEGATE = "post.delegate"
    POST_RESIGN = "post.resign"
    ROSTER_CONFIRM = "roster.confirm"
    AREA_CHANGE = "area.change"
    CONTACTS_EDIT = "contacts.edit"
    TRAIL_VIEW = "trail.view"
    TICKET_OPEN = "ticket.open"
    TICKET_ANSWER = "ticket.answer"
    TICKET_WATCH = "ticket.watch"
    ANNOUNCE = "announcement.write"


_FIELD = frozenset({Role.KETUA_RT, Role.PETUGAS_KELURAHAN})
_KELURAHAN = _FIELD | {Role.LURAH}
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_LURAH = frozenset({Role.LURAH})
# The Lurah, and who signs letters in the Lurah's name and is given nothing beyond letters.
_SIGNING = _LURAH | {Role.PENANDA_TANGAN}
_LETTERS = _SIGNING | {Role.PETUGAS_KELURAHAN}
# Those who know the holders of the offices below them (Pasal 5(1)), and who issues to them.
_SUPERIORS = frozenset({Role.CAMAT, Role.LURAH, Role.ADMINISTRATOR})

RULES: dict[Action, frozenset[Role]] = {
    Action.RESIDENT_VIEW: _KELURAHAN | {Role.OPERATOR, Role.PENANDA_TANGAN},
    Action.RESIDENT_ENTER: _FIELD,
    Action.RESIDENT_JUDGE: frozenset({Role.OPERATOR}),
    Action.RESIDENT_REVEAL: _KELURAHAN | {Role.OPERATOR},
    Action.RESIDENT_IMPORT: _FIELD | {Role.OPERATOR},
    Action.RESIDENT_EXPORT: _KELURAHAN | {Role.OPERATOR},
    # Whole NIK of many at once; one by one they are revealed by a recorded click.
    Action.NUMBERS_EXPORT: frozenset({Role.LURAH, Role.OPERATOR}),
    Action.RESIDENT_RECEIVE: _LURAH,
    Action.RELOCATION_OBJECT: _FIELD,
    Action.RESIDENT_MERGE: _FIELD | {Role.OPERATOR},
    Action.RETENTION_SET: _ADMINISTRATOR,
    # Made known to Lurah and Ketua RT, who say whether it is true (Pasal 3), as does the staff
    # where an RT has no head.
    Action.SERVICE_VIEW: _KELURAHAN | {Role.OPERATOR},
    Action.SERVICE_ANSWER: _KELURAHAN,
    Action.SERVICE_PLACE: frozenset({Role.LURAH, Role.PETUGAS_KELURAHAN, Role.OPERATOR}),
    Action.SERVICE_RECEIVE: frozenset({Role.OPERATOR}),
    Action.CORRECTION_ANSWER: frozenset({Role.OPERATOR}),
    Action.CORRECTION_DEADLINE_SET: _ADMINISTRATOR,
    # The laporan kebenaran data of Pasal 10b.
    Action.TRUTH_VIEW: _KELURAHAN | {Role.OPERATOR},
    Action.TRUTH_SIGN: _FIELD,
    Action.LETTER_VIEW: _LETTERS | {Role.KETUA_RT},
    Action.LETTER_INTRODUCE: _FIELD,
    Action.LETTER_DECIDE: _SIGNING,
    Action.LETTER_REGISTER: _LETTERS,
    Action.LETTER_HAND_OVER: _LETTERS,
    Action.LETTER_OFFICE_SET: _LURAH | {Role.ADMINISTRATOR},
    Action.FIGURES_VIEW: frozenset(Role) - {Role.TIM_TEKNIS},
    # Reports are of no RT: its head sees the figures, and has no report to read.
    Action.REPORT_VIEW: frozenset(Role) - {Role.TIM_TEKNIS, Role.KETUA_RT},
    # They answer for an area's figures, and are told when its report is there.
    Action.REPORT_BUILD: frozenset({Role.LURAH, Role.CAMAT, Role.PIMPINAN, Role.OPERATOR}),
    Action.FIGURES_RELEASE: frozenset({Role.PIMPINAN, Role.OPERATOR}),
    # Control and evaluation (Pasal 11), for those who answer for the whole.
    Action.EVALUATION_VIEW: frozenset({Role.PIMPINAN, Role.ADMINISTRATOR}),
    Action.JOBS_VIEW: frozenset({Role.TIM_TEKNIS, Role.ADMINISTRATOR}),
    Action.PROPOSAL_VIEW: _SUPERIORS,
    Action.LURAH_PROPOSE: frozenset({Role.CAMAT, Role.ADMINISTRATOR}),
    Action.KETUA_RT_PROPOSE: frozenset({Role.LURAH, Role.ADMINISTRATOR}),
    Action.ACCOUNT_VIEW: _SUPERIORS,
    Action.ACCOUNT_ISSUE: _ADMINISTRATOR,
    Action.ACCOUNT_CLOSE: _ADMINISTRATOR,
    Action.ACCOUNT_RENEW: frozenset({Role.LURAH, Role.ADMINISTRATOR}),
    Action.BREACH_REPORT: _LURAH,
    Action.BREACH_VIEW: frozenset({Role.LURAH, Role.ADMINISTRATOR}),
    Action.POST_APPOINT: _ADMINISTRATOR,
    Action.POST_DELEGATE: _LURAH,
    Action.POST_RESIGN: frozenset({Role.KETUA_RT}),
    Action.ROSTER_CONFIRM: _LURAH,
    Action.AREA_CHANGE: _ADMINISTRATOR,
    Action.CONTACTS_EDIT: _ADMINISTRATOR,
    Action.TRAIL_VIEW: _ADMINISTRATOR,
    # Problems and complaints (Pasal 8c); which are whose: accounts.helpdesk.codes.
    Action.TICKET_OPEN: frozenset(Role),
    Action.TICKET_ANSWER: frozenset({Role.OPERATOR, Role.ADMINISTRATOR}),
    Action.TICKET_WATCH: frozenset({Role.PIMPINAN}),
    # Information (Pasal 8b).
    Action.ANNOUNCE: _ADMINISTRATOR,
}

# Offices whose holders get an account only after the office above proposed them (Pasal 5(1)).
PROPOSED_BY: dict[str, Action] = {
    Role.LURAH: Action.LURAH_PROPOSE,
    Role.KETUA_RT: Action.KETUA_RT_PROPOSE,
}
# All others are assigned by a letter of the office (Pasal 7, 9, 10).
ASSIGNED_ROLES = tuple(role for role in Role if role not in PROPOSED_BY)
# The roles that log in with a second factor only.
SECOND_FACTOR_ROLES = frozenset({Role.ADMINISTRATOR, Role.OPERATOR, Role.PIMPINAN})
