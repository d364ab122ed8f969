"""The models of residents, found here by Django; each lives with its feature."""

from residents.attachments.models import Attachment, Upload
from residents.clock.models import StayReminder
from residents.corrections.models import (
    Correction,
    CorrectionClaim,
    CorrectionDeadline,
    CorrectionOverdue,
    CorrectionPhoto,
    CorrectionStep,
)
from residents.drafts.models import Draft
from residents.exporting.models import Export
from residents.f115.models import FormFile
from residents.families.models import Family
from residents.feeds.models import (
    FeedBlock,
    FeedFile,
    FeedFileStep,
    FeedPart,
    FeedReading,
    FeedSource,
    PlaceDecision,
    PlaceWork,
)
from residents.importing.models import (
    Import,
    ImportBlock,
    ImportPart,
    ImportReading,
    ImportStep,
)
from residents.lodgings.models import Lodging
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import Placement, StayPeriod
from residents.retention.models import RetentionRule, RetentionRun
from residents.services.models import Service, ServiceDigest, ServiceReceipt, ServiceStep
from residents.truth.models import TruthFile, TruthReminder, TruthReport
from residents.twins.models import Relocation, RelocationStep
from residents.verifying.models import Claim

__all__ = [
    "Attachment",
    "Claim",
    "Correction",
    "CorrectionClaim",
    "CorrectionDeadline",
    "CorrectionOverdue",
    "CorrectionPhoto",
    "CorrectionStep",
    "Draft",
    "Export",
    "Family",
    "FeedBlock",
    "FeedFile",
    "FeedFileStep",
    "FeedPart",
    "FeedReading",
    "FeedSource",
    "FormFile",
    "Import",
    "ImportBlock",
    "ImportPart",
    "ImportReading",
    "ImportStep",
    "Lodging",
    "PlaceDecision",
    "PlaceWork",
    "Placement",
    "Relocation",
    "RelocationStep",
    "Resident",
    "ResidentStep",
    "RetentionRule",
    "RetentionRun",
    "Service",
    "ServiceDigest",
    "ServiceReceipt",
    "ServiceStep",
    "StayPeriod",
    "StayReminder",
    "TruthFile",
    "TruthReminder",
    "TruthReport",
    "Upload",
]
