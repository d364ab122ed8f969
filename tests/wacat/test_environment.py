"""Production refuses to start on a missing or weak variable, and says which."""

import base64
import re
import secrets
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from wacat.environment import (
    check_production,
    is_worker,
    parse_field_keys,
    parse_key,
    parse_offset,
)

# The same in every process of a parallel run: the keys are in the tests' names.
CHANCE = Random(11)


def random_key() -> str:
    return base64.urlsafe_b64encode(CHANCE.randbytes(32)).decode()


@pytest.fixture
def sound() -> dict[str, str]:
    return {
        "DATABASE_URL": "postgres://wacat_app:correct-horse-battery@db/wacat",
        "REDIS_URL": "redis://:correct-horse-battery@redis:6379/0",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "wacat.example.go.id",
        "FIELD_KEYS": f"k2:{random_key()},k1:{random_key()}",
        "INDEX_KEY": random_key(),
        "EMAIL_URL": "smtp+tls://user:password@mail:587",
        "PUBLIC_URL": "https://wacat.example.go.id",
    }


def test_a_sound_environment_is_accepted(sound: dict[str, str]) -> None:
    check_production(sound)


WEAK = [
    ("DATABASE_URL", "sqlite:///db.sqlite3"),
    ("DATABASE_URL", "postgres://wacat_app@db/wacat"),
    ("DATABASE_URL", "postgres://wacat_app:wacat@db/wacat"),
    ("REDIS_URL", "amqp://redis"),
    ("REDIS_URL", "redis://redis:6379/0"),
    ("REDIS_URL", "redis://:redis@redis:6379/0"),
    ("ALLOWED_HOSTS", ","),
    ("INDEX_KEY", f"!{random_key()}"),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", "ab" * 40),
    ("ALLOWED_HOSTS", "*"),
    ("ALLOWED_HOSTS", "wacat.example.go.id,*"),
    ("FIELD_KEYS", "k1"),
    ("FIELD_KEYS", "k1:not base64!"),
    ("FIELD_KEYS", f"k1:{base64.urlsafe_b64encode(b'short').decode()}"),
    ("FIELD_KEYS", f"k1:{base64.urlsafe_b64encode(bytes(32)).decode()}"),
    ("FIELD_KEYS", f"k1:{random_key()},k1:{random_key()}"),
    ("FIELD_KEYS", f"TOO-LONG-ID:{random_key()}"),
    ("INDEX_KEY", "not base64!"),
    ("INDEX_KEY", base64.urlsafe_b64encode(bytes(32)).decode()),
    ("INDEX_KEY", base64.urlsafe_b64encode(CHANCE.randbytes(16)).decode()),
    ("EMAIL_URL", "consolemail://"),
    ("EMAIL_URL", "memorymail://"),
    ("PUBLIC_URL", "http://wacat.example.go.id"),
    ("PUBLIC_URL", "wacat.example.go.id"),
    ("SIGNING_MODE", "P12"),
    ("SIGNING_MODE", "bsre"),
    ("SIGNING_ROOTS", "/nowhere/roots.pem"),
    ("SIGNING_ROOTS", "/"),
    ("SIGNING_TIMESTAMP_URL", "ftp://time.example.go.id"),
]
REQUIRED = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "FIELD_KEYS",
    "INDEX_KEY",
    "EMAIL_URL",
    "PUBLIC_URL",
)


@pytest.mark.parametrize("value", ["missing", "", "   "])
@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_variable_is_named(sound: dict[str, str], name: str, value: str) -> None:
    sound[name] = value
    if value == "missing":
        del sound[name]
    assert problems(sound) == [f"{name} is missing"]


@pytest.mark.parametrize(("name", "value"), WEAK)
def test_a_weak_variable_is_named(sound: dict[str, str], name: str, value: str) -> None:
    sound[name] = value
    found = problems(sound)
    assert len(found) == 1
    assert found[0].startswith(f"{name} ")


@pytest.fixture
def key_file(tmp_path: Path) -> str:
    path = tmp_path / "official.p12"
    path.write_bytes(b"p12")
    return str(path)


def test_the_worker_needs_the_key_where_letters_are_signed_with_one(
    sound: dict[str, str], key_file: str
) -> None:
    sound |= {"SIGNING_MODE": "p12", "SIGNING_P12": key_file, "SIGNING_PASSWORD": "x"}
    check_production(sound, signs=True)
    for name, value, told in (
        ("SIGNING_P12", "", "is missing"),
        ("SIGNING_P12", key_file + "x", "names no file that can be read"),
        ("SIGNING_P12", str(Path(key_file).parent), "names no file that can be read"),
        ("SIGNING_PASSWORD", "", "is missing"),
    ):
        assert problems(sound | {name: value}, signs=True) == [f"{name} {told}"]


def test_nobody_else_needs_it(sound: dict[str, str]) -> None:
    check_production(sound | {"SIGNING_MODE": "p12"})
    check_production(sound | {"SIGNING_MODE": "ink"}, signs=True)
    check_production(sound, signs=True)


@pytest.mark.parametrize(
    ("argv", "works"),
    [
        (["/opt/wacat/bin/celery", "-A", "wacat", "worker", "--loglevel", "INFO"], True),
        (["/venv/site-packages/celery/__main__.py", "-A", "wacat", "worker"], True),
        (["/opt/wacat/bin/celery", "-A", "wacat", "beat"], False),
        (["/opt/wacat/bin/gunicorn", "wacat.wsgi"], False),
        (["manage.py", "worker"], False),
        ([""], False),
    ],
)
def test_the_worker_is_known_by_its_command(argv: list[str], works: bool) -> None:
    assert is_worker(argv) is works


def test_no_complaint_repeats_a_secret(sound: dict[str, str]) -> None:
    sound |= {"SECRET_KEY": "guessable-one", "INDEX_KEY": "guessable-two"}
    assert "guessable" not in "\n".join(problems(sound))


@pytest.mark.parametrize("value", ["+365d", "-1d", "0d", "nonsense"])
def test_production_refuses_to_move_the_clock(sound: dict[str, str], value: str) -> None:
    assert problems(sound | {"CLOCK_OFFSET": value}) == ["CLOCK_OFFSET is for demo and tests only"]


def test_the_index_key_may_not_be_a_field_key(sound: dict[str, str]) -> None:
    key = b"\xff\xee\xdd\xcc\xbb\xaa\x99\x88\x77\x66\x55\x44\x33\x22\x11\x00" * 2
    sound["INDEX_KEY"] = base64.urlsafe_b64encode(key).decode()
    # The same key in the other base64 alphabet is still the same key.
    sound["FIELD_KEYS"] = f"k1:{base64.b64encode(key).decode()}"
    assert problems(sound) == ["INDEX_KEY must differ from every key in FIELD_KEYS"]


def test_all_problems_are_named_at_once() -> None:
    named = {line.split()[0] for line in problems({"CLOCK_OFFSET": "+1d"})}
    assert named == {*REQUIRED, "CLOCK_OFFSET"}


@pytest.mark.parametrize("text", ["365", "+365", "1y", "+365d ", "d", "1e3d", "999999d"])
def test_an_offset_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="CLOCK_OFFSET"):
        parse_offset(text)


def test_offsets_are_days_and_the_first_key_seals() -> None:
    assert [parse_offset(text).days for text in ("", "+365d", "-30d", "7d")] == [0, 365, -30, 7]
    newest, older = random_key(), random_key()
    keys = parse_field_keys(f"k2:{newest}, k1:{older}")
    assert list(keys.items()) == [("k2", parse_key(newest)), ("k1", parse_key(older))]


def test_the_example_names_every_variable_and_passes_with_none() -> None:
    lines = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    pairs = [line.lstrip("#").partition("=") for line in lines if "=" in line]
    example = {name: value for name, _, value in pairs if name.isupper()}
    assert {*REQUIRED, "MIGRATION_DATABASE_URL"} <= example.keys()
    filled = {
        line.partition("=")[0]: line.partition("=")[2] for line in lines if line[:1].isupper()
    }
    assert not any(filled.values())
    assert len(problems(filled)) == len(REQUIRED)


def test_only_the_migration_job_is_given_the_owners_address() -> None:
    compose = (settings.BASE_DIR / "docker-compose.yml").read_text()
    jobs = re.split(r"^  (?=[a-z]+:$)", compose.partition("\nservices:\n")[2], flags=re.MULTILINE)
    owners = [job.partition(":")[0] for job in jobs if "MIGRATION_DATABASE_URL" in job]
    assert owners == ["migrate"]


def problems(environ: dict[str, str], *, signs: bool = False) -> list[str]:
    with pytest.raises(ImproperlyConfigured) as caught:
        check_production(environ, signs=signs)
    return [line[2:] for line in str(caught.value).splitlines() if line.startswith("- ")]
