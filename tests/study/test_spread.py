from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.study.test_plan import TODAY, state
from tutor.memory.model import Rating
from tutor.memory.outlook import retrievability
from tutor.study.spread import First, spread

if TYPE_CHECKING:
    from datetime import date

    from tutor.memory.model import State


def backlog(overdue: list[int]) -> dict[str, State]:
    """Questions whose last review was so many days ago."""
    return {
        f"q{n}": replace(state(-1, stability=3.0), day=TODAY - timedelta(days=days))
        for n, days in enumerate(overdue)
    }


@given(
    overdue=st.lists(st.integers(1, 60), max_size=40),
    coming=st.dictionaries(st.integers(1, 12), st.integers(0, 9)),
    days=st.integers(2, 12),
    first=st.sampled_from(["forgotten", "retained"]),
)
def test_the_days_are_levelled_and_the_first_come_first(
    overdue: list[int], coming: dict[int, int], days: int, first: First
) -> None:
    due = backlog(overdue)
    already: dict[date, int] = {TODAY + timedelta(days=n): count for n, count in coming.items()}
    moved = spread(due, already, TODAY, days, first)
    assert all(TODAY < day < TODAY + timedelta(days=days) for day in moved.values())
    on = {question: moved.get(question, TODAY) for question in due}
    got = Counter(on.values())
    span = [TODAY + timedelta(days=n) for n in range(days)]
    loads = {day: got[day] + already.get(day, 0) for day in span}
    for day in span:  # no question could be poured on a day that is lower by more than one
        if got[day]:
            assert loads[day] <= min(loads.values()) + 1
    chances = [retrievability(due[question], TODAY) for question in sorted(due, key=on.__getitem__)]
    by_day = {day: [retrievability(due[q], TODAY) for q in due if on[q] == day] for day in span}
    filled = [chances for chances in by_day.values() if chances]
    for earlier, later in pairwise(filled):
        assert max(earlier) <= min(later) if first == "forgotten" else min(earlier) >= max(later)
    assert len(chances) == len(due)


def test_what_was_failed_today_stays() -> None:
    due = backlog([5, 5, 5]) | {"failed": state(0, Rating.AGAIN)}
    moved = spread(due, {}, TODAY, 4, "forgotten")
    assert "failed" not in moved
    assert len(set(moved.values())) == 3
