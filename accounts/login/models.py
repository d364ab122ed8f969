"""A person who logs in. What they may do comes from their posts, never from here."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property

from wacat.clock import now


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """A new user; without a password none will fit."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """Credentials per Perwali 33/2020 Pasal 5(2)."""

    username = models.CharField("nama pengguna", max_length=60, unique=True)
    full_name = models.CharField("nama lengkap", max_length=120)
    email = models.EmailField("surel", blank=True)
    phone = models.CharField("telepon", max_length=20, blank=True)
    rank = models.CharField("pangkat", max_length=60, blank=True)
    nip = models.CharField("NIP", max_length=18, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def todays_posts(self) -> list[Any]:
        """The posts held today with their areas; read once a request."""
        return list(self.posts.today().select_related("area", "area__parent"))

    @cached_property
    def has_undertaken(self) -> bool:
        """Whether the current text of the undertaking was accepted."""
        return self.undertakings.filter(version=UNDERTAKING_VERSION).exists()


# Raised whenever the text changes; everybody is then asked again.
UNDERTAKING_VERSION = 1


class Undertaking(models.Model):
    """The user's undertaking to keep data confidential (Perwali 33/2020 Pasal 5(3)a)."""

    append_only = True

    user = models.ForeignKey(User, models.PROTECT, related_name="undertakings")
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=now)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "version"), name="undertaking_once"),
        )
