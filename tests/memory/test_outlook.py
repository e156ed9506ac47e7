"""The forgetting curve against py-fsrs, and the days to come."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import fsrs
import pytest
from fsrs.scheduler import FSRS_DEFAULT_DECAY
from hypothesis import given
from hypothesis import strategies as st

from tutor.memory.model import Rating, State
from tutor.memory.outlook import DECAY, forecast, retrievability

TODAY = date(2026, 11, 23)


def state(due: int, rating: Rating = Rating.GOOD, stability: float = 10.0, last: int = 0) -> State:
    """A state due in ``due`` days, last reviewed ``last`` days ago."""
    return State(
        last="",
        reps=1,
        lapses=0,
        stability=stability,
        difficulty=5,
        day=TODAY - timedelta(days=last),
        due=TODAY + timedelta(days=due),
        rating=rating,
    )


def test_the_decay_is_that_of_py_fsrs() -> None:
    assert DECAY == FSRS_DEFAULT_DECAY


def test_after_as_many_days_as_its_stability_a_question_is_remembered_with_90_percent() -> None:
    assert retrievability(state(0, stability=12, last=12), TODAY) == pytest.approx(0.9)


@given(st.integers(-30, 4000), st.floats(0.001, 4000), st.floats(0.1, 0.8))
def test_retrievability_is_that_of_py_fsrs(days: int, stability: float, decay: float) -> None:
    scheduler = fsrs.Scheduler((*fsrs.Scheduler().parameters[:20], decay))
    reviewed = datetime(2020, 1, 1, tzinfo=UTC)
    card = fsrs.Card(card_id=0, stability=stability, last_review=reviewed)
    oracle = scheduler.get_card_retrievability(card, reviewed + timedelta(days=days))
    assert retrievability(state(0, stability=stability, last=days), TODAY, decay) == pytest.approx(oracle)


def test_the_forecast_counts_overdue_and_failed_questions_today() -> None:
    states = [state(-400), state(0), state(1), state(1), state(6), state(7), state(0, Rating.AGAIN)]
    assert forecast(states, TODAY) == [3, 2, 0, 0, 0, 0, 1]
    assert forecast(states, TODAY, days=1) == [3]
    assert forecast([], TODAY) == [0] * 7
