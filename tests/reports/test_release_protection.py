"""What is left out of figures for the public, so that no few people can be worked out."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.summaries.release_protection import SMALL, Sum, bounds, untold

Table = dict[str, int]


def crossed(rows: int, columns: int, inner: list[int]) -> tuple[Table, list[Sum[str]]]:
    """A table with the sums of its rows and columns, and of all."""
    numbers = {f"{r}{c}": inner[r * columns + c] for r in range(rows) for c in range(columns)}
    sums = [Sum(f"{r}+", tuple(f"{r}{c}" for c in range(columns))) for r in range(rows)]
    sums += [Sum(f"+{c}", tuple(f"{r}{c}" for r in range(rows))) for c in range(columns)]
    sums.append(Sum("++", tuple(f"{r}+" for r in range(rows))))
    sums.append(Sum("++", tuple(f"+{c}" for c in range(columns))))
    for one in sums:
        numbers[one.whole] = sum(numbers[part] for part in one.parts)
    return numbers, sums


def possible(
    numbers: Table, sums: list[Sum[str]], hidden: set[str], most: int
) -> dict[str, set[int]]:
    """Every value that each hidden inner number may have, by trying all."""
    inner = [key for key in numbers if "+" not in key]
    free = [key for key in inner if key in hidden]
    found: dict[str, set[int]] = {key: set() for key in free}
    for values in product(range(1, most + 1), repeat=len(free)):
        tried = numbers | dict(zip(free, values, strict=True))
        for one in sums:
            tried[one.whole] = sum(tried[part] for part in one.parts)
        wholes = {one.whole for one in sums} - hidden
        if all(tried[key] == numbers[key] for key in wholes):
            for key in free:
                found[key].add(tried[key])
    return found


@pytest.mark.parametrize(
    ("parts", "left_out"),
    [
        ([30, 40, 50], set()),
        ([0, 40, 50], set()),  # nought is nobody
        ([3, 40, 50], {"a", "b"}),
        ([1, 2, 50], {"a", "b", "c"}),  # two of three together are told to be three
        ([4, 4, 50], {"a", "b"}),
        ([3, 0, 0], {"a", "whole"}),
        ([2, 1, 0], {"a", "b", "whole"}),
    ],
)
def test_a_row_and_its_sum(parts: list[int], left_out: set[str]) -> None:
    numbers = dict(zip("abc", parts, strict=True)) | {"whole": sum(parts)}
    assert untold(numbers, [Sum("whole", ("a", "b", "c"))]) == left_out


def test_a_sum_that_is_wrong_is_refused() -> None:
    with pytest.raises(ValueError, match="a sum is not"):
        untold({"a": 1, "b": 2, "whole": 4}, [Sum("whole", ("a", "b"))])


@settings(max_examples=40, deadline=None)
@given(inner=st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_nobody_finds_a_small_number_by_trying_all(inner: list[int]) -> None:
    numbers, sums = crossed(2, 2, inner)
    hidden = untold(numbers, sums)
    assert {key for key, number in numbers.items() if 0 < number < SMALL} <= hidden
    for key, values in possible(numbers, sums, hidden, 12).items():
        if numbers[key] < SMALL:
            assert len(values) > 1, (key, numbers, hidden)


@given(inner=st.lists(st.integers(0, 40), min_size=12, max_size=12))
def test_what_can_be_worked_out_holds_the_truth(inner: list[int]) -> None:
    numbers, sums = crossed(3, 4, inner)
    hidden = untold(numbers, sums)
    for key, (low, high) in bounds(numbers, sums, hidden).items():
        assert low <= numbers[key] <= high
        if key not in hidden:
            assert low == high
