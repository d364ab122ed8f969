"""Model fields whose values are sealed in the database."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from wacat.sealing.crypto import blind_index, seal, unseal

# The last two are the triggers': whether a change touched the ciphertext.
ASKABLE = frozenset({"isnull", "df", "ndf"})


class SealedText(str):
    """A text read from the database; it remembers its ciphertext and the place of that."""

    sealed: bytes
    place: str


class _KeepCiphertext(DeferredAttribute):
    """Assigning an equal text keeps the old ciphertext, so that saving twice changes nothing."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        old = instance.__dict__.get(self.field.attname)
        unchanged = isinstance(old, SealedText) and value == old
        instance.__dict__[self.field.attname] = old if unchanged else value


class SealedTextField(models.BinaryField):
    """A text sealed for *place*; empty is stored as NULL. Not searchable: see BlindIndexField."""

    descriptor_class = _KeepCiphertext
    # Tells type checkers that a model holds something else than bytes here.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        self.place = place
        kwargs.update(null=True, editable=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("null", None)
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "place": self.place}

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str:
        if value is None:
            return ""
        sealed = bytes(value)
        text = SealedText(unseal(sealed, self.place).decode())
        text.sealed, text.place = sealed, self.place
        return text

    def to_python(self, value: Any) -> str:
        return "" if value is None else str(value)

    def get_prep_value(self, value: Any) -> bytes | None:
        if isinstance(value, SealedText) and value.place == self.place:
            return value.sealed
        return seal(str(value).encode(), self.place) if value else None

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value if prepared or isinstance(value, bytes) else self.get_prep_value(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is a value can be asked: equal texts are sealed differently."""
        return super().get_lookup(lookup_name) if lookup_name in ASKABLE else None

    def get_default(self) -> str:
        return ""

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("sealed values are not serialised")


class BlindIndexField(models.BinaryField):
    """The blind index of another field of the row, kept by each save; NULL where that is empty."""

    def __init__(self, *args: Any, source: str, purpose: str, **kwargs: Any) -> None:
        self.source, self.purpose = source, purpose
        kwargs.update(null=True, editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("null", None)
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "source": self.source, "purpose": self.purpose}

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        text = getattr(model_instance, self.source)
        value = blind_index(str(text), self.purpose) if text else None
        setattr(model_instance, self.attname, value)
        return value
