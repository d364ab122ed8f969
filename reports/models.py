"""The models of reports, found here by Django; each lives with its feature."""

from reports.letters.models import (
    Drawing,
    Letter,
    LetterOffice,
    LetterStep,
    LetterSubject,
    NumberCounter,
)
from reports.letters.register_models import RegisterFile
from reports.summaries.models import SummaryFile, Tally, TallyChange, TallyCheck

__all__ = [
    "Drawing",
    "Letter",
    "LetterOffice",
    "LetterStep",
    "LetterSubject",
    "NumberCounter",
    "RegisterFile",
    "SummaryFile",
    "Tally",
    "TallyChange",
    "TallyCheck",
]
