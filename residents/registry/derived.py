"""Columns that follow from others of the row, computed at each save and bulk insert."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from residents.registry.cautions import cautions_of
from residents.registry.names import keys_of
from residents.registry.regions import province_of


class _Derived(models.Field, ABC):
    """Base: what the field is like is ``shape``; migrations need not repeat it."""

    shape: ClassVar[dict[str, Any]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, **self.shape, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kept = {key: one for key, one in kwargs.items() if key not in (*self.shape, "editable")}
        return name, path, args, kept

    @abstractmethod
    def value_for(self, row: Any) -> Any:
        """The value that follows from the row's other columns."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.value_for(model_instance)
        setattr(model_instance, self.attname, value)
        return value


class _Follows(_Derived):
    """Base of those that follow from one column, the ``source``."""

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}


class NameKeysField(_Follows, ArrayField):
    """How the words of a name sound: two spellings of one name have keys in common."""

    shape = {"base_field": models.CharField(max_length=20), "default": list}

    def value_for(self, row: Any) -> list[str]:
        return keys_of(getattr(row, self.source))


class ProvinceField(_Follows, models.CharField):
    """The two digits of the province that a place lies in; empty where that is not known."""

    shape = {"max_length": 2, "default": ""}

    def value_for(self, row: Any) -> str:
        return province_of(getattr(row, self.source))


class CautionsField(_Derived, ArrayField):
    """Codes of what somebody should look at (``cautions_of``); empty for an ordinary record."""

    shape = {"base_field": models.CharField(max_length=20), "default": list}

    def value_for(self, row: Any) -> list[str]:
        return cautions_of(row)
