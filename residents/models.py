"""The models of residents, found here by Django; each lives with its feature."""

from residents.registry.models import Lodging, Placement, Resident, ResidentStep, StayPeriod

__all__ = ["Lodging", "Placement", "Resident", "ResidentStep", "StayPeriod"]
