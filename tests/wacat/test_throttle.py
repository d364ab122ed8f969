"""Counting attempts: exactly, for everybody at once, and also while the server is away."""

from __future__ import annotations

import time

import pytest
import redis
from django.conf import settings

from tests.residents.at_once import at_once
from wacat import throttle
from wacat.throttle import Claim, Limit, TooMany, admits, refund, reserve

FIVE = Limit("test", 5, 60)
CLOSED_PORT = "redis://127.0.0.1:1/0"


@pytest.fixture
def server_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens where the counts are kept."""
    nobody = redis.Redis.from_url(CLOSED_PORT, socket_connect_timeout=0.2)
    monkeypatch.setattr(throttle, "_server", lambda: nobody)
    monkeypatch.setattr(throttle, "_counter", throttle._Counter())


def admitted(claim: Claim) -> bool:
    try:
        reserve(claim)
    except TooMany:
        return False
    return True


def test_of_fifty_at_once_five_are_admitted() -> None:
    results = at_once(*[lambda: admitted(Claim(FIVE, "one"))] * 50)
    assert sum(results) == FIVE.most


def test_everybody_is_counted_apart() -> None:
    assert [admitted(Claim(FIVE, who)) for who in "ab" * 5] == [True] * 10
    assert not admitted(Claim(FIVE, "a"))
    assert admitted(Claim(Limit("other", 5, 60), "a"))


def test_it_says_how_long_to_wait() -> None:
    for _ in range(5):
        reserve(Claim(FIVE, "one"))
    with pytest.raises(TooMany) as told:
        reserve(Claim(FIVE, "one"))
    assert 50 < told.value.wait <= 60


def test_the_window_ends() -> None:
    brief = Limit("brief", 1, 1)
    assert [admitted(Claim(brief, "one")) for _ in range(2)] == [True, False]
    time.sleep(1.1)
    assert admitted(Claim(brief, "one"))


def test_what_was_refused_lengthens_nothing_and_counts_nowhere() -> None:
    wide, narrow = Claim(FIVE, "wide"), Claim(Limit("narrow", 1, 60), "one")
    assert admitted(narrow)
    for _ in range(20):
        with pytest.raises(TooMany):
            reserve(wide, narrow)
    assert [admitted(wide) for _ in range(6)] == [True] * 5 + [False]


def test_after_many_refusals_one_given_back_is_one_to_take() -> None:
    claim = Claim(FIVE, "one")
    assert sum(admitted(claim) for _ in range(30)) == 5
    refund(claim)
    assert [admitted(claim) for _ in range(2)] == [True, False]


def test_a_good_attempt_is_given_back() -> None:
    for _ in range(20):
        reserve(Claim(FIVE, "one"))
        refund(Claim(FIVE, "one"))
    assert admitted(Claim(FIVE, "one"))


def test_giving_back_what_was_never_taken_opens_nothing_more() -> None:
    refund(Claim(FIVE, "one"), Claim(FIVE, "one"))
    assert [admitted(Claim(FIVE, "one")) for _ in range(6)] == [True] * 5 + [False]


def test_who_it_is_stands_in_no_key() -> None:
    assert admits("test", "080012345678", 5, 60)
    keys = redis.Redis.from_url(settings.REDIS_URL).keys("*")
    assert keys
    assert not [key for key in keys if b"12345678" in key]


def test_admits_is_the_same_in_one_word() -> None:
    assert [admits("verify", "one", 2, 60) for _ in range(3)] == [True, True, False]


@pytest.mark.usefixtures("server_away")
def test_while_the_server_is_away_each_process_counts_for_itself() -> None:
    results = at_once(*[lambda: admitted(Claim(FIVE, "one"))] * 50)
    assert sum(results) == FIVE.most
    assert admitted(Claim(FIVE, "other"))
    refund(Claim(FIVE, "one"))
    assert [admitted(Claim(FIVE, "one")) for _ in range(2)] == [True, False]


@pytest.mark.usefixtures("server_away")
def test_a_server_that_is_away_keeps_nobody_waiting() -> None:
    began = time.monotonic()
    for number in range(200):
        assert admitted(Claim(FIVE, str(number)))
    assert time.monotonic() - began < 1


@pytest.mark.usefixtures("server_away")
def test_its_own_counts_do_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "MOST_KEYS", 10)
    for number in range(100):
        assert admitted(Claim(FIVE, str(number)))
    assert len(throttle._counter._own._counts) <= 10
