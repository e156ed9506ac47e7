"""The ranges of facts.md, and a draw that can be replayed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.memory.fuzz import MAXIMUM_INTERVAL, fuzz_range, fuzzed

INTERVALS = st.integers(1, MAXIMUM_INTERVAL)


@pytest.mark.parametrize(
    ("interval", "shortest", "longest"),
    [
        (1, 1, 1),
        (2, 2, 2),
        (3, 2, 4),  # 1 + 0.15·0.5
        (7, 5, 9),  # 1 + 0.15·4.5
        (11, 9, 13),  # … + 0.1·4
        (20, 17, 23),  # … + 0.1·13
        (100, 93, 107),  # … + 0.05·80
        (MAXIMUM_INTERVAL, 34_673, MAXIMUM_INTERVAL),
    ],
)
def test_ranges(interval: int, shortest: int, longest: int) -> None:
    assert fuzz_range(interval) == (shortest, longest)


@pytest.mark.parametrize("interval", [3, 7, 11])
def test_every_day_of_the_range_is_drawn_about_equally_often_and_no_other(interval: int) -> None:
    shortest, longest = fuzz_range(interval)
    drawn = [fuzzed(interval, f"question-{n}", 0) for n in range(3000)]
    assert set(drawn) == set(range(shortest, longest + 1))
    expected = len(drawn) / (longest - shortest + 1)
    assert all(0.85 * expected < drawn.count(day) < 1.15 * expected for day in set(drawn))


@given(INTERVALS, INTERVALS, st.text(), st.integers(0, 1000))
def test_longer_intervals_stay_longer(one: int, other: int, question: str, repetition: int) -> None:
    shorter, longer = sorted([one, other])
    assert fuzzed(shorter, question, repetition) <= fuzzed(longer, question, repetition)


def test_the_draw_can_be_replayed() -> None:
    # Written down, because other numbers would move the due days of everybody's log.
    assert [fuzzed(100, "narrow-valley", n) for n in range(4)] == [93, 107, 93, 100]
