"""The models of reports, found here by Django; each lives with its feature."""

from reports.evaluation.models import EvaluationFile
from reports.letters.batch_models import BatchLetter, PrintBatch
from reports.letters.handing_models import Handing, LetterLink, LetterScan, LinkMail
from reports.letters.models import (
    Drawing,
    Letter,
    LetterStep,
    LetterSubject,
    NumberCounter,
)
from reports.letters.office_models import LetterOffice
from reports.letters.register_models import RegisterFile
from reports.summaries.models import CountedStay, SummaryFile, Tally, TallyChange, TallyCheck
from reports.summaries.release_models import Release
from reports.summaries.report_models import Report

__all__ = [
    "BatchLetter",
    "CountedStay",
    "Drawing",
    "EvaluationFile",
    "Handing",
    "Letter",
    "LetterLink",
    "LetterOffice",
    "LetterScan",
    "LetterStep",
    "LetterSubject",
    "LinkMail",
    "NumberCounter",
    "PrintBatch",
    "RegisterFile",
    "Release",
    "Report",
    "SummaryFile",
    "Tally",
    "TallyChange",
    "TallyCheck",
]
