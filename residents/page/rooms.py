"""The rooms that have a part in a resident's page, in the order in which they stand on it."""

from __future__ import annotations

from residents.registry.panels import Deeds, MakePanel

PANELS: tuple[MakePanel, ...] = ()
DEEDS: Deeds = {}
