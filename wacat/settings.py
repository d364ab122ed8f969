"""The one settings file. The environment decides; ``environment.py`` says what it must hold."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import environ
import pghistory
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from wacat.environment import (
    MODES,
    SIGNING_MODES,
    check_production,
    is_worker,
    parse_field_keys,
    parse_key,
    parse_offset,
)
from wacat.tracking import InsertEvent

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODE = env("WACAT_MODE", default="production")
if MODE not in MODES:
    raise ImproperlyConfigured(f"WACAT_MODE must be one of {', '.join(MODES)}")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
if PRODUCTION:
    check_production(os.environ, signs=is_worker(sys.argv))

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
PUBLIC_URL = env("PUBLIC_URL").rstrip("/")
FIELD_KEYS = parse_field_keys(env("FIELD_KEYS"))
INDEX_KEY = parse_key(env("INDEX_KEY"))
CLOCK_OFFSET = parse_offset(env("CLOCK_OFFSET", default=""))
# How letters issued from now on are signed. The key is named to the worker alone.
SIGNING_MODE = env("SIGNING_MODE", default="ink")
if SIGNING_MODE not in SIGNING_MODES:
    raise ImproperlyConfigured(f"SIGNING_MODE must be one of {', '.join(SIGNING_MODES)}")
SIGNING_P12 = env("SIGNING_P12", default="")
SIGNING_PASSWORD = env("SIGNING_PASSWORD", default="")
SIGNING_ROOTS = env("SIGNING_ROOTS", default="")
SIGNING_TIMESTAMP_URL = env("SIGNING_TIMESTAMP_URL", default="")
SEALED_ROOT = Path(env("SEALED_ROOT", default=str(BASE_DIR / "var" / "sealed")))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "import_export",
    "pgtrigger",
    "pghistory",
    "accounts",
    "residents",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "wacat.unwritable.NoNulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "residents.drafts.typing.TypingMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.login.middleware.GateMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.audit.middleware.TrailMiddleware",
]

ROOT_URLCONF = "wacat.urls"
WSGI_APPLICATION = "wacat.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "accounts.context.page",
            ],
            "builtins": ["wacat.templatetags.words"],
        },
    }
]
FORM_RENDERER = "wacat.forms.Renderer"

# The runtime role owns nothing. Only the migration job is given the owner's address, and only
# retention that of the maintenance role, whose rights the migration job grants by its name.
DATABASES = {"default": env.db_url("DATABASE_URL")}
if "MIGRATION_DATABASE_URL" in os.environ:
    DATABASES["owner"] = env.db_url("MIGRATION_DATABASE_URL")
if "MAINTENANCE_DATABASE_URL" in os.environ:
    DATABASES["maintenance"] = env.db_url("MAINTENANCE_DATABASE_URL")
MAINTENANCE_ROLE = env("MAINTENANCE_ROLE", default="wacat_maintenance")
for database in DATABASES.values():
    database["CONN_MAX_AGE"] = 60
    database["CONN_HEALTH_CHECKS"] = True
    # To compile a query takes longer than any of these may run; what they read lies in memory,
    # where a page here and a page there cost hardly more than two in a row.
    database.setdefault("OPTIONS", {})["options"] = "-c jit=off -c random_page_cost=1.1"
DATABASES["default"]["ATOMIC_REQUESTS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL")
BROKER_TIMEOUT = 1.0
CACHES = {
    "default": {
        "BACKEND": "wacat.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "wacat",
        "OPTIONS": {"socket_connect_timeout": BROKER_TIMEOUT, "socket_timeout": BROKER_TIMEOUT},
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A lost message comes back after the visibility timeout; kombu's other two defaults
    # would make that minutes. The sweep does not wait for it.
    "visibility_timeout": 60,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": BROKER_TIMEOUT,
    "socket_timeout": 10,
    "global_keyprefix": "wacat:",
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 120  # seconds; a hung drawing gives its row back
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Makassar"
# A thousand mails let a letter pass.
CELERY_TASK_ROUTES = {
    "accounts.tasks.deliver": {"priority": 9},
    "residents.tasks.remind_resident": {"priority": 9},
    "reports.tasks.build_report": {"priority": 9},
}
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=10.0)
CELERY_BEAT_SCHEDULE = {
    # A sweep that no worker took in time is stale: the next one finds the same rows.
    "sweep": {
        "task": "wacat.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "fold tallies": {
        "task": "reports.tasks.fold_tallies",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "recount tallies": {
        "task": "reports.tasks.recount_tallies",
        "schedule": crontab(hour=2, minute=30),
    },
    # Those of the month that has ended are made on the first, after the nightly recount; asked
    # each hour, because a first may have been missed.
    "plan reports": {
        "task": "reports.tasks.plan_reports",
        "schedule": crontab(hour="3-23", minute=10),
    },
    "forget summaries": {"task": "reports.tasks.forget_summaries", "schedule": 600},
    "forget evaluations": {"task": "reports.tasks.forget_evaluations", "schedule": 600},
    "forget registers": {"task": "reports.tasks.forget_registers", "schedule": 600},
    "forget batches": {"task": "reports.tasks.forget_batches", "schedule": 600},
    "erase scans": {"task": "reports.tasks.erase_scans", "schedule": 3600},
    "forget uploads": {"task": "residents.tasks.forget_uploads", "schedule": 3600},
    "clear imports": {"task": "residents.tasks.clear_imports", "schedule": 3600},
    "clear feeds": {"task": "residents.tasks.clear_feeds", "schedule": 3600},
    "forget exports": {"task": "residents.tasks.forget_exports", "schedule": 600},
    "forget statements": {"task": "residents.tasks.forget_truth", "schedule": 600},
    "forget forms": {"task": "residents.tasks.forget_forms", "schedule": 600},
    "discard slips": {"task": "accounts.tasks.discard_slips", "schedule": 3600},
    # Tells once a day; asked often, because a worker may have been away.
    "remind of stays": {"task": "residents.tasks.remind_of_stays", "schedule": 900},
    "escalate corrections": {"task": "residents.tasks.escalate_corrections", "schedule": 900},
    "remind of statements": {"task": "residents.tasks.remind_of_truth", "schedule": 6 * 3600},
    "tell of services": {"task": "residents.tasks.tell_of_services", "schedule": 900},
    # Each deadline and announcement once; asked often, because a worker may have been away.
    "remind of tickets": {"task": "residents.tasks.remind_of_tickets", "schedule": 900},
    "tell announcements": {"task": "residents.tasks.tell_announcements", "schedule": 900},
    "forget drafts": {"task": "residents.tasks.forget_drafts", "schedule": 6 * 3600},
    "remind of terms": {"task": "reports.tasks.remind_of_terms", "schedule": 6 * 3600},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.login.backend.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "accounts.login.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# Slips are handed out at a training day, which may be two weeks away.
ONE_TIME_PASSWORD_DAYS = env.int("ONE_TIME_PASSWORD_DAYS", default=14)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_ADAPTER = "accounts.login.second_factor.MFAAdapter"
MFA_TOTP_ISSUER = "WaCAT"
MFA_TOTP_TOLERANCE = 1  # telephones' clocks differ, and typing takes its time
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = timedelta(days=14)
# Attempts are counted by accounts.login.limits, in one step each and before they are made.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Little memory for each, so that a thousand logins at once stay within bounds.
PASSWORD_HASHERS = ["accounts.login.hashing.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email", "phone")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.login.passwords.LocalWordsValidator"},
    {"NAME": "accounts.login.passwords.SlipValidator"},
]

# The trail carries who and where in each row, so that it needs no table that could be updated.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_DEFAULT_TRACKERS = (
    InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
PGHISTORY_BASE_MODEL = "accounts.audit.events.Event"
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)

# Messages name people; a cookie would carry them about.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Makassar"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "wacat.sealing.storage.SealedStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # seconds; of the links that are mailed
EMAIL_TIMEOUT = 10  # seconds; a mail server that hangs gives its notice back
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="WaCAT <wacat@localhost>")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
# Seconds: how long a session may lie idle and last at all, and how often its use is noted.
SESSION_IDLE_SECONDS: int = env.int("SESSION_IDLE_SECONDS", default=2 * 60 * 60)
SESSION_ABSOLUTE_SECONDS: int = env.int("SESSION_ABSOLUTE_SECONDS", default=12 * 60 * 60)
SESSION_TOUCH_SECONDS: int = 5 * 60
SESSION_COOKIE_AGE = SESSION_IDLE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "wacat.errors.csrf_failure"
TLS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = TLS
CSRF_COOKIE_SECURE = TLS
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if TLS else []
if TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "wacat.logs.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Refusals (403, 404) are what the portal is for, not news.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
    },
}
