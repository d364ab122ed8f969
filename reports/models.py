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
from reports.summaries.models import CountedStay, SummaryFile, Tally, TallyChange, TallyCheck
from reports.summaries.release_models import Release

__all__ = [
    "CountedStay",
    "Drawing",
    "Letter",
    "LetterOffice",
    "LetterStep",
    "LetterSubject",
    "NumberCounter",
    "RegisterFile",
    "Release",
    "SummaryFile",
    "Tally",
    "TallyChange",
    "TallyCheck",
]
