"""The formulas against py-fsrs, bit for bit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.memory.fsrs6 import DEFAULTS, HIGHEST, LOWEST, Fsrs6

START = datetime(2026, 11, 23, tzinfo=UTC)
WEIGHTS = st.just(DEFAULTS) | st.tuples(
    *(st.floats(low, high) for low, high in zip(LOWEST, HIGHEST, strict=True))
)
EVENTS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 2) | st.integers(0, 4000)), min_size=1, max_size=12
)
"""Ratings, each with the days since the one before."""


def test_the_defaults_and_the_bounds_are_those_of_py_fsrs() -> None:
    assert DEFAULTS == DEFAULT_PARAMETERS
    assert LOWEST == LOWER_BOUNDS_PARAMETERS
    assert HIGHEST == UPPER_BOUNDS_PARAMETERS


@given(WEIGHTS, st.floats(0.7, 0.99), EVENTS)
def test_every_review_is_that_of_py_fsrs(
    weights: tuple[float, ...], retention: float, events: list[tuple[int, int]]
) -> None:
    oracle = fsrs.Scheduler(
        weights, retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=9999
    )
    ours = Fsrs6(weights)
    card, when = fsrs.Card(card_id=0), START
    stability = difficulty = 0.0
    for n, (rating, later) in enumerate(events):
        if n == 0:
            stability, difficulty = ours.first(rating)
        else:
            when += timedelta(days=later)
            assert ours.retrievability(stability, later) == oracle.get_card_retrievability(card, when)
            stability, difficulty = ours.next(stability, difficulty, later, rating)
        card, _ = oracle.review_card(card, fsrs.Rating(rating), when)
        assert (stability, difficulty) == (card.stability, card.difficulty)
        assert ours.interval(stability, retention, 9999) == (card.due - when).days


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        (DEFAULTS[:20], "21 parameters, not 20"),
        ((*DEFAULTS[:4], 11.0, *DEFAULTS[5:]), r"parameter 4 is 11\.0: give a number from 1\.0 to 10\.0"),
        ((*DEFAULTS[:20], float("nan")), "parameter 20 is nan"),
    ],
)
def test_weights_that_are_none_are_refused(weights: tuple[float, ...], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        Fsrs6(weights)
