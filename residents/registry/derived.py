"""Columns that follow from others of the row, computed at each save and bulk insert."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from residents.registry.cautions import cautions_of
from residents.registry.names import keys_of
from residents.registry.regions import province_of


class _Follows(models.Field, ABC):
    """Base: ``source`` is the column that it follows from."""

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    @abstractmethod
    def follow(self, value: Any) -> Any:
        """The value that follows from that of the source."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.follow(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value


class NameKeysField(_Follows, ArrayField):
    """How the words of a name sound: two spellings of one name have keys in common."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(base_field=models.CharField(max_length=20), editable=False, default=list)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for one in ("base_field", "editable", "default"):
            kwargs.pop(one, None)
        return name, path, args, kwargs

    def follow(self, value: str) -> list[str]:
        return keys_of(value)


class ProvinceField(_Follows, models.CharField):
    """The two digits of the province that a place lies in; empty where that is not known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=2, editable=False, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for one in ("max_length", "editable", "default"):
            kwargs.pop(one, None)
        return name, path, args, kwargs

    def follow(self, value: str) -> str:
        return province_of(value)


class CautionsField(ArrayField):
    """Codes of what somebody should look at (``cautions_of``); empty for an ordinary record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(base_field=models.CharField(max_length=20), editable=False, default=list)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for one in ("base_field", "editable", "default"):
            kwargs.pop(one, None)
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> list[str]:
        value = cautions_of(model_instance)
        setattr(model_instance, self.attname, value)
        return value
