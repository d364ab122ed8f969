"""Timing a way of doing something beside a plain one, and the table of the results."""

import statistics
import time
from collections.abc import Callable

ROUNDS = 30
MOST_SECONDS = 3.0  # for one measurement; what is slow is repeated less often
_LINE = "{:<36} {:>8} {:>9} {:>9} {:>9} {:>8}"


def heading() -> None:
    """The first line of the table; times are milliseconds."""
    print(_LINE.format("what", "n", "median", "p95", "plain", "ratio"))


def compare(
    what: str, size: int, ours: Callable[[], object], plain: Callable[[], object] | None = None
) -> None:
    """Print a line: *ours* among *size* people, and how many times as long *plain* takes.

    Both must give the same: a different answer raises AssertionError before anything is timed.
    """
    if plain is not None:
        expected, given = plain(), ours()
        assert expected == given, f"{what}: {expected!r} is not {given!r}"
    taken = _milliseconds(ours)
    median, p95 = statistics.median(taken), taken[round(0.95 * (len(taken) - 1))]
    other = statistics.median(_milliseconds(plain)) if plain else None
    print(
        _LINE.format(
            what,
            size,
            f"{median:.1f}",
            f"{p95:.1f}",
            f"{other:.1f}" if other else "",
            f"{other / median:.1f}" if other else "",
        ),
        flush=True,
    )


def costs(what: str, size: int, ours: Callable[[], object], statements: int) -> None:
    """Print a line of a page: its time, and how many statements it takes instead of a ratio."""
    taken = _milliseconds(ours)
    median, p95 = statistics.median(taken), taken[round(0.95 * (len(taken) - 1))]
    times = (f"{median:.1f}", f"{p95:.1f}")
    print(_LINE.format(what, size, *times, "", f"{statements} q"), flush=True)


def _milliseconds(work: Callable[[], object]) -> list[float]:
    """Sorted times of several rounds, all of them warm."""
    work()
    taken: list[float] = []
    while len(taken) < ROUNDS and sum(taken) < MOST_SECONDS * 1000:
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)
