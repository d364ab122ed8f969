"""The models of residents, found here by Django; each lives with its feature."""

from residents.attachments.models import Attachment, Upload
from residents.clock.models import StayReminder
from residents.corrections.models import Correction, CorrectionStep
from residents.drafts.models import Draft
from residents.exporting.models import Export
from residents.f115.models import FormFile
from residents.families.models import Family
from residents.feeds.models import FeedFile
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
from residents.services.models import Service, ServiceReceipt, ServiceStep
from residents.twins.models import Relocation, RelocationStep
from residents.verifying.models import Claim

__all__ = [
    "Attachment",
    "Claim",
    "Correction",
    "CorrectionStep",
    "Draft",
    "Export",
    "Family",
    "FeedFile",
    "FormFile",
    "Import",
    "ImportBlock",
    "ImportPart",
    "ImportReading",
    "ImportStep",
    "Lodging",
    "Placement",
    "Relocation",
    "RelocationStep",
    "Resident",
    "ResidentStep",
    "RetentionRule",
    "RetentionRun",
    "Service",
    "ServiceReceipt",
    "ServiceStep",
    "StayPeriod",
    "StayReminder",
    "Upload",
]
