"""A page asks the database as often for a thousand rows as for ten, and not often."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.rules import Role
from tests import factories
from tests.house import crowd
from tests.house.doors import guarded

pytestmark = pytest.mark.django_db
MOST = 12
FEW, MANY = 10, 1000
AREAS = (factories.RT, factories.SIBLING_RT)

# Every page that lists, and who looks at it there.
PAGES = {
    "residents, Ketua RT": ("resident_list", Role.KETUA_RT, ""),
    "residents, Lurah": ("resident_list", Role.LURAH, ""),
    "residents, Operator": ("resident_list", Role.OPERATOR, ""),
    "residents overdue": ("resident_list", Role.PETUGAS_KELURAHAN, "?status=overdue"),
    "residents narrowed": ("resident_list", Role.LURAH, "?status=held&provinsi=73"),
    "residents by arrival": ("resident_list", Role.OPERATOR, "?datang_dari=2026-01-01"),
    "residents held": ("resident_list", Role.LURAH, "?status=held"),
    "narrowing residents, Operator": ("resident_filter", Role.OPERATOR, ""),
    "tasks": ("task_list", Role.KETUA_RT, ""),
    "tasks, staff": ("task_list", Role.PETUGAS_KELURAHAN, ""),
    "lodgings, Ketua RT": ("lodging_list", Role.KETUA_RT, ""),
    "lodgings, Operator": ("lodging_list", Role.OPERATOR, ""),
    "reports to verify": ("verify_queue", Role.OPERATOR, ""),
    "reports to look at": ("verify_queue", Role.OPERATOR, "?bagian=peringatan"),
    "cases": ("case_list", Role.OPERATOR, ""),
    "held cases": ("case_list", Role.OPERATOR, "?status=held"),
    "departures": ("departure_list", Role.KETUA_RT, ""),
    "imports": ("import_list", Role.PETUGAS_KELURAHAN, ""),
    "exports": ("export_list", Role.LURAH, ""),
    "files of services": ("feed_list", Role.OPERATOR, ""),
    "addresses, Operator": ("place_groups", Role.OPERATOR, ""),
    "addresses, Lurah": ("place_groups", Role.LURAH, ""),
    "addresses decided": ("place_decided", Role.LURAH, ""),
    "retention": ("retention", Role.ADMINISTRATOR, ""),
    "corrections, Operator": ("correction_list", Role.OPERATOR, ""),
    "corrections, Lurah": ("correction_list", Role.LURAH, "?bagian=selesai"),
    "statements, Ketua RT": ("truth_list", Role.KETUA_RT, ""),
    "statements, Lurah": ("truth_list", Role.LURAH, ""),
    "services, Ketua RT": ("service_list", Role.KETUA_RT, ""),
    "services, Lurah": ("service_list", Role.LURAH, "?jawaban=corrected"),
    "services, Operator": ("service_list", Role.OPERATOR, ""),
    "letters, Ketua RT": ("letter_list", Role.KETUA_RT, ""),
    "letters, Lurah": ("letter_list", Role.LURAH, "?status=ready"),
    "letters to print": ("letter_list", Role.PETUGAS_KELURAHAN, "?status=unprinted"),
    "register of letters": ("letter_register", Role.LURAH, ""),
    "letterheads": ("letter_office", Role.ADMINISTRATOR, ""),
    "letters to issue": ("letter_ready", Role.LURAH, ""),
    "figures of an RT": ("summary", Role.KETUA_RT, ""),
    "figures of a kelurahan": ("summary", Role.LURAH, ""),
    "figures of a kecamatan": ("summary", Role.CAMAT, ""),
    "figures of the city": ("summary", Role.PIMPINAN, ""),
    "figures, from the city down": ("summary", Role.PIMPINAN, f"?wilayah={factories.RT}"),
    "figures for the public": ("release_list", Role.PIMPINAN, ""),
    "evaluation of the city": ("evaluation", Role.PIMPINAN, ""),
    "who they are, city": ("summary_breakdown", Role.PIMPINAN, "?menurut=tempat"),
    "reports, Lurah": ("report_list", Role.LURAH, ""),
    "reports, city": ("report_list", Role.PIMPINAN, "?jenis=bulan"),
    "jobs": ("jobs", Role.TIM_TEKNIS, ""),
    "accounts, Lurah": ("account_list", Role.LURAH, ""),
    "accounts, Camat": ("account_list", Role.CAMAT, ""),
    "accounts, Administrator": ("account_list", Role.ADMINISTRATOR, ""),
    "proposals, Lurah": ("proposal_list", Role.LURAH, ""),
    "proposals, Camat": ("proposal_list", Role.CAMAT, ""),
    "proposals, Administrator": ("proposal_list", Role.ADMINISTRATOR, ""),
    "RTs without account": ("proposal_missing", Role.LURAH, ""),
    "proposals to issue": ("issue_ready", Role.ADMINISTRATOR, ""),
    "slips": ("slip_list", Role.ADMINISTRATOR, ""),
    "Ketua RT": ("roster", Role.LURAH, ""),
    "Plh.": ("plh", Role.LURAH, ""),
    "areas": ("area_list", Role.ADMINISTRATOR, ""),
    "RTs of a kelurahan": ("area_list", Role.ADMINISTRATOR, f"{factories.KELURAHAN}/"),
    "trail": ("trail", Role.ADMINISTRATOR, "?jenis=change"),
    "notices": ("notice_list", Role.LURAH, ""),
    "deliveries": ("delivery_log", Role.ADMINISTRATOR, ""),
    "breaches": ("breach_list", Role.LURAH, ""),
    "safeguarded accounts": ("safeguard_list", Role.ADMINISTRATOR, ""),
    "tickets": ("ticket_list", Role.KETUA_RT, ""),
    "tickets to answer": ("ticket_queue", Role.OPERATOR, ""),
    "announcements": ("announcement_list", Role.KETUA_RT, ""),
    "announcements written": ("announcement_desk", Role.ADMINISTRATOR, ""),
    "contacts": ("contact_list", Role.KETUA_RT, ""),
    **{f"start, {role.label}": ("start", role, "") for role in Role},
}
# Pages that ask one question less when their rows give no reason for it; ``MOST`` holds for all.
VARIES = {"trail": "looks up names only where somebody is named"}
# Pages without rows of their own.
NO_LIST = {
    "guide",
    "guide_chapter",
    "undertaking",
    "resident_add",
    "resident_edit",
    "resident_detail",
    "resident_move",
    "attachment_add",
    "attachment_file",
    "case_detail",
    "draft_keep",
    "export_ask",
    "export_detail",
    "export_file",
    "family_detail",
    "family_of",
    "form_blank",
    "form_pdf",
    "held_case",
    "import_detail",
    "import_rejected",
    "import_template",
    "feed_detail",
    "feed_columns",
    "feed_rejected",
    "place_group",
    "service_add",
    "lodging_add",
    "lodging_detail",
    "lodging_edit",
    "merge",
    "nik_offer",
    "retention_off",
    "correction_deadlines",
    "correction_detail",
    "correction_new",
    "correction_photo",
    "truth_month",  # as often for many as for few: tested in its room
    "truth_pdf",
    "service_detail",
    "service_month",  # as often for many as for few: tested in its room
    "retention_set",
    "upload_piece",
    "letter_request",
    "letter_detail",
    "letter_preview",
    "letter_pdf",
    "letter_batch",
    "letter_batch_add",
    "letter_batch_pdf",
    "letter_hand",
    "letter_scan",
    "letter_scan_add",
    "letter_send",
    "letter_register_pdf",
    "letter_register_xlsx",
    "evaluation_xlsx",
    "evaluation_pdf",
    "summary_xlsx",
    "summary_pdf",
    "report_add",
    "report_detail",
    "report_pdf",
    "report_xlsx",
    "summary_breakdown_xlsx",
    "summary_breakdown_pdf",
    "release_detail",
    "release_xlsx",
    "account_close",
    "account_detail",
    "account_reauthenticate",
    "account_reopen",
    "account_xlsx",
    "announcement_add",
    "announcement_case",
    "announcement_detail",
    "announcement_edit",
    "area_create",
    "area_detail",
    "area_freeze",
    "area_letter",
    "area_merge",
    "area_renumber",
    "area_thaw",
    "breach_detail",
    "breach_evidence",
    "breach_report",
    "closure_evidence",
    "contact_add",
    "contact_delete",
    "contact_edit",
    "contact_move",
    "mandate_scan",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "not_yet",
    "notice_open",
    "own_account",
    "own_contacts",
    "own_password",
    "own_sessions",
    "password_renew",
    "post_appoint",
    "post_end",
    "proposal_list_template",
    "proposal_lists_add",
    "proposal_lists_detail",
    "proposal_lists_rejected",
    "proposal_lurah",
    "proposal_lurah_add",
    "proposal_lurah_edit",
    "proposal_rt",
    "proposal_rt_add",
    "proposal_rt_edit",
    "resign",
    "second_factor_reset",
    "slip_pdf",
    "slip_sheet",
    "ticket_add",
    "ticket_answer",
    "ticket_detail",
    "ticket_file",
    "trail_xlsx",
}


def test_every_page_that_lists_is_measured() -> None:
    measured = {name for name, _, _ in PAGES.values()}
    assert {door.name for door in guarded()} == measured | NO_LIST


def queries_of(client: Client, address: str) -> list[str]:
    """The statements of one visit; savepoints are the test's own transaction around it."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]


def test_a_thousand_rows_cost_no_more_queries_than_ten() -> None:
    clients = {role: factories.client_of(factories.user_as(role)) for role in Role}
    crowd.ready_letters(crowd.residents(FEW, AREAS))
    few = {page: len(queries_of(clients[r], reverse(n) + q)) for page, (n, r, q) in PAGES.items()}
    crowd.ready_letters(crowd.residents(MANY - FEW, AREAS))
    many = {page: queries_of(clients[r], reverse(n) + q) for page, (n, r, q) in PAGES.items()}
    told = {page: len(asked) for page, asked in many.items() if page not in VARIES}
    assert told == {page: count for page, count in few.items() if page not in VARIES}
    assert {page: asked for page, asked in many.items() if len(asked) > MOST} == {}


def test_figures_cost_the_same_whatever_lies_below() -> None:
    """The city has two kecamatan here and an RT has no parts: the queries are the same."""
    client = factories.client_of(factories.user_as(Role.PIMPINAN))
    crowd.residents(FEW)
    counts = {
        code: len(queries_of(client, f"{reverse('summary')}?wilayah={code}"))
        for code in ("64.71", "64.71.05", "64.71.05.1002", "64.71.05.1002.001")
    }
    assert max(counts.values()) <= MOST, counts
