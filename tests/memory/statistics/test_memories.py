"""FSRS-6 on arrays, against FSRS-6 on numbers, which is tested against py-fsrs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learner import OTHERS
from tutor.memory.fsrs6 import DEFAULTS, Fsrs6
from tutor.memory.statistics.memories import first, interval, later, retrievability

EVENTS = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 400)), min_size=1, max_size=12)
WEIGHTS = st.sampled_from([DEFAULTS, OTHERS])


@settings(max_examples=50)
@given(WEIGHTS, st.lists(EVENTS, min_size=1, max_size=4))
def test_many_at_once_are_what_each_is_alone(
    weights: tuple[float, ...], all_events: list[list[tuple[int, int]]]
) -> None:
    rounds = min(map(len, all_events))
    alone = Fsrs6(weights)
    expected = [alone.first(events[0][0]) for events in all_events]
    memory = first(weights, np.array([events[0][0] for events in all_events]))
    for n in range(1, rounds):
        rating, elapsed = (np.array([events[n][part] for events in all_events]) for part in (0, 1))
        recall = retrievability(weights, memory.stability, elapsed)
        assert recall == pytest.approx(
            [alone.retrievability(s, t) for (s, _), t in zip(expected, elapsed.tolist(), strict=True)], rel=1e-9
        )
        memory = later(weights, memory, rating, elapsed)
        expected = [
            alone.next(*before, t, r)
            for before, r, t in zip(expected, rating.tolist(), elapsed.tolist(), strict=True)
        ]
    assert memory.stability == pytest.approx([s for s, _ in expected], rel=1e-9)
    assert memory.difficulty == pytest.approx([d for _, d in expected], rel=1e-9)


@given(WEIGHTS, st.floats(0.01, 1e4), st.floats(0.7, 0.99))
def test_intervals(weights: tuple[float, ...], stability: float, retention: float) -> None:
    (days,) = interval(weights, np.array([stability]), retention).tolist()
    assert days == Fsrs6(weights).interval(stability, retention, 36_500)
