"""A person who logs in. What they may do comes from their posts, never from here."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property

from accounts.login.phones import NORMAL, as_phone
from accounts.notices.unread import unread_count
from accounts.posts.models import Post
from accounts.rules import SECOND_FACTOR_ROLES, Action
from accounts.scope import Holder
from wacat.clock import now, today

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_HAS_A_POST = """
IF NEW.status = 'active' AND NOT EXISTS (
    SELECT 1 FROM accounts_post WHERE user_id = NEW.id
) THEN
    RAISE EXCEPTION 'an account rests on a post' USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""


class AccountStatus(models.TextChoices):
    ACTIVE = "active", "Aktif"
    INACTIVE = "inactive", "Nonaktif"


# A condition is an expression at run time, but not in the types.
_IS_ACTIVE: Any = Q(status=AccountStatus.ACTIVE)


class UserQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Holder, action: Action) -> Self:
        """Those who hold, held or will hold a post that *user* reaches with *action*."""
        return self.filter(pk__in=Post.objects.visible_to(user, action).values("user"))

    def for_session(self) -> Self:
        """With what every request asks of its user, in the one query that fetches them."""
        undertaken = Undertaking.objects.filter(user=OuterRef("pk"), version=UNDERTAKING_VERSION)
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
        return self.annotate(
            has_undertaken=Exists(undertaken),
            has_second_factor=Exists(factors),
            unread=unread_count(),
        )

    def by_login(self, text: str) -> User | None:
        """Whoever logs in with this user name or telephone number."""
        text = text.strip()
        phone = as_phone(text)
        found = self.filter(login_phone=phone) if phone else self.filter(username=text.lower())
        return found.first()


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """A new user; without a password none will fit."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(exclude=["password", "last_login", "is_active"])
class User(AbstractBaseUser):
    """Credentials per Perwali 33/2020 Pasal 5(2).

    ``login_phone`` is the telephone number by which this one logs in, in the form 08…; NULL
    for who shares the telephone with somebody. A user name of digits is always that number:
    so no number leads to two people.
    """

    username = models.CharField("nama pengguna", max_length=60, unique=True)
    login_phone = models.CharField(max_length=20, unique=True, null=True)
    full_name = models.CharField("nama lengkap", max_length=120)
    email = models.EmailField("surel", blank=True)
    phone = models.CharField("telepon", max_length=20, blank=True)
    rank = models.CharField("pangkat", max_length=60, blank=True)
    nip = models.CharField("NIP", max_length=18, blank=True)
    status = models.CharField(max_length=10, choices=AccountStatus, default=AccountStatus.ACTIVE)
    is_active = models.GeneratedField(
        expression=_IS_ACTIVE,
        output_field=models.BooleanField(),
        db_persist=True,
    )
    contacts_confirmed_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(default=now)

    objects: ClassVar[Any] = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(username__regex=r"^[0-9+]") | Q(username=F("login_phone")),
                name="user_digits_are_the_own_phone",
            ),
            models.CheckConstraint(
                condition=Q(login_phone=None) | Q(login_phone__regex=NORMAL),
                name="user_login_phone_is_normal",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="rests_on_a_post",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
                timing=pgtrigger.Deferred,
                func=_HAS_A_POST,
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def todays_posts(self) -> list[Any]:
        """The posts held today with their areas; read once a request."""
        day = today()
        return [post for post in self.posts_not_over if post.starts <= day]

    @cached_property
    def posts_not_over(self) -> list[Any]:
        """The posts held today or to be held, with their areas; read once a request."""
        return list(self.posts.not_over().select_related("area", "area__parent"))

    @cached_property
    def has_undertaken(self) -> bool:
        """Whether the current text of the undertaking was accepted."""
        return self.undertakings.filter(version=UNDERTAKING_VERSION).exists()

    @cached_property
    def has_second_factor(self) -> bool:
        """Whether a second factor is set up."""
        return Authenticator.objects.filter(user=self, type__in=SECOND_FACTORS).exists()

    @property
    def needs_second_factor(self) -> bool:
        """Whether one of today's posts may only be used with a second factor."""
        return any(post.role in SECOND_FACTOR_ROLES for post in self.todays_posts)

    @property
    def has_own_password(self) -> bool:
        """False from the issuing, or a new one-time password, until the user sets one."""
        return self.has_usable_password()


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


class SignIn(models.Model):
    """Somebody logged in, or tried to and failed at the password or the second factor."""

    append_only = True

    class Way(models.TextChoices):
        PASSWORD = "password", "Kata sandi"
        ONE_TIME = "one_time", "Kata sandi sekali pakai"
        LINK = "link", "Tautan surel"
        PASSKEY = "passkey", "Kunci sandi"
        DEMO = "demo", "Kartu contoh"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_ins")
    way = models.CharField(max_length=10, choices=Way)
    succeeded = models.BooleanField()
    device = models.CharField(max_length=60, blank=True)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = (
            models.Index(fields=("user", "-id"), name="sign_in_user"),
            models.Index(fields=("at", "id"), name="sign_in_latest"),
        )


class KnownDevice(models.Model):
    """A browser from which the user has logged in; known by the digest of its cookie."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    digest = models.BinaryField(max_length=32)
    label = models.CharField(max_length=60)
    first_at = models.DateTimeField(default=now)
    last_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "digest"), name="known_device_once"),
        )
