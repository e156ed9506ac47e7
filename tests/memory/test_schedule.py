"""Scheduling against the numbers of facts.md and against py-fsrs itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.memory.fuzz import fuzzed
from tutor.memory.model import Rating, State
from tutor.memory.schedule import Scheduler

EXACT = Scheduler(fuzz=False)
START = date(2026, 11, 23)
RATINGS = st.sampled_from(Rating)
EVENTS = st.lists(st.tuples(RATINGS, st.integers(0, 400)), min_size=1, max_size=12)
"""Ratings, each with the days since the one before."""


def replay(scheduler: Scheduler, events: list[tuple[Rating, int]], question: str = "q") -> list[State]:
    """The state after each event."""
    states: list[State] = []
    day = START
    for rating, later in events:
        day += timedelta(days=later)
        states.append(scheduler.advance(question, states[-1] if states else None, "", rating, day))
    return states


def test_all_good_intervals() -> None:
    state = EXACT.advance("q", None, "", Rating.GOOD, START)
    intervals = []
    for _ in range(5):
        intervals.append((state.due - state.day).days)
        state = EXACT.advance("q", state, "", Rating.GOOD, state.due)
    assert intervals == [2, 11, 46, 163, 497]


@pytest.mark.parametrize(
    ("retention", "days"), [(0.70, 93), (0.80, 33), (0.85, 19), (0.90, 10), (0.95, 4), (0.97, 2)]
)
def test_the_interval_follows_the_desired_retention(retention: float, days: int) -> None:
    good_gives_ten = (*DEFAULT_PARAMETERS[:2], 10.0, *DEFAULT_PARAMETERS[3:])
    scheduler = Scheduler(desired_retention=retention, parameters=good_gives_ten, fuzz=False)
    state = scheduler.advance("q", None, "", Rating.GOOD, START)
    assert state.stability == 10
    assert (state.due - START).days == days


@pytest.mark.parametrize("retention", [0.0, 0.69, 1.0, float("nan")])
def test_a_retention_out_of_range_is_refused(retention: float) -> None:
    with pytest.raises(UsageError, match=r"0\.7 to 0\.99"):
        Scheduler(desired_retention=retention)


@given(EVENTS)
def test_states_are_those_of_py_fsrs_at_a_fixed_hour(events: list[tuple[Rating, int]]) -> None:
    oracle = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = fsrs.Card(card_id=0)
    when = datetime.combine(START, time(20), UTC)
    for (rating, later), state in zip(events, replay(EXACT, events), strict=True):
        when += timedelta(days=later)
        card, _ = oracle.review_card(card, fsrs.Rating(rating), when)
        assert (state.stability, state.difficulty) == (card.stability, card.difficulty)
        assert state.due == (state.day if rating is Rating.AGAIN else card.due.date())


@given(EVENTS)
def test_fuzz_moves_due_days_by_question_and_repetition_and_nothing_else(
    events: list[tuple[Rating, int]],
) -> None:
    for n, (exact, moved) in enumerate(zip(replay(EXACT, events), replay(Scheduler(), events), strict=True)):
        interval = 0 if exact.learning else fuzzed((exact.due - exact.day).days, "q", n)
        assert moved == replace(exact, due=exact.day + timedelta(days=interval))


@given(EVENTS, st.integers(0, 400))
def test_the_preview_is_what_will_be_scheduled(events: list[tuple[Rating, int]], later: int) -> None:
    scheduler = Scheduler()
    state = replay(scheduler, events)[-1]
    day = state.day + timedelta(days=later)
    preview = scheduler.preview("q", state, day)
    assert preview == {rating: scheduler.advance("q", state, "", rating, day).due for rating in Rating}
    assert day == preview[Rating.AGAIN] < preview[Rating.HARD]
    assert preview[Rating.HARD] <= preview[Rating.GOOD] <= preview[Rating.EASY]


def test_the_preview_of_a_new_question() -> None:
    due = EXACT.preview("q", None, START)
    assert [(due[rating] - START).days for rating in Rating] == [0, 1, 2, 8]


@pytest.mark.parametrize("back", [1, 7, 4000])
def test_a_day_before_the_last_one_counts_as_the_last_one(back: int) -> None:
    before = EXACT.advance("q", None, "", Rating.GOOD, START)
    set_back = EXACT.advance("q", before, "", Rating.GOOD, START - timedelta(days=back))
    assert set_back == EXACT.advance("q", before, "", Rating.GOOD, START)


def test_lapses_are_failures_after_a_pass() -> None:
    again, good = Rating.AGAIN, Rating.GOOD
    ratings = [again, again, good, again, again, good, Rating.HARD, again]
    states = replay(EXACT, [(rating, 1) for rating in ratings])
    assert [state.lapses for state in states] == [0, 0, 0, 1, 1, 1, 1, 2]
    assert [state.reps for state in states] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [state.learning for state in states] == [rating is again for rating in ratings]


def test_a_failed_question_stays_due_until_it_is_passed() -> None:
    failed = EXACT.advance("q", None, "", Rating.AGAIN, START)
    assert failed.is_due(START)
    assert failed.is_due(START - timedelta(days=7))  # even if the clock is set back
    passed = EXACT.advance("q", failed, "", Rating.GOOD, START)
    assert not passed.is_due(START)
    assert passed.is_due(passed.due)
    assert passed.is_due(passed.due + timedelta(days=1))
