"""The rooms that have a part in a resident's page, in the order in which they stand on it."""

from __future__ import annotations

from residents.attachments import panel as attachments
from residents.clock import panel as clock
from residents.f115 import panel as f115
from residents.families import panel as families
from residents.lodgings import panel as lodgings
from residents.registry import nik_offering
from residents.registry.panels import Deeds, MakePanel
from residents.twins import panel as twins
from residents.verifying import panel as verifying

PANELS: tuple[MakePanel, ...] = (
    nik_offering.panel,
    verifying.panel,
    twins.panel,
    families.panel,
    lodgings.panel,
    clock.panel,
    attachments.panel,
    f115.panel,
)
DEEDS: Deeds = {
    **nik_offering.DEEDS,
    **verifying.DEEDS,
    **twins.DEEDS,
    **families.DEEDS,
    **lodgings.DEEDS,
    **clock.DEEDS,
    **attachments.DEEDS,
}
