"""Zones, daylight saving, rollovers, wrong clocks and flights: due days and streaks as one would expect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tutor.memory.check import Fault
from tutor.memory.clock import Moment
from tutor.memory.model import Answer, Rating
from tutor.memory.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tutor.memory.model import State

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/Santiago",  # changes its clocks at midnight
    "Asia/Kathmandu",
]
ROLLOVERS = [0, 2, 4, 23]
ANSWER = Answer(question="q", kind="choice", answer=1, correct=True, rating=Rating.GOOD, ms=1)


class Traveller:
    """A learner with a wall clock, in some zone."""

    def __init__(self, path: Path, zone: str, rollover: int = 4) -> None:
        self.path, self.zone, self.rollover = path, zone, rollover
        self.now = Moment(0, 0)
        self.store = self.open(rollover)

    def open(self, rollover: int) -> Store:
        store = Store(str(self.path), clock=lambda: self.now, rollover=rollover)
        store._db.execute("PRAGMA synchronous = OFF")
        return store

    def at(self, day: date, hour: int, minute: int = 0) -> None:
        """Set the wall clock."""
        instant = datetime.combine(day, time(hour, minute), ZoneInfo(self.zone))
        offset = instant.utcoffset()
        assert offset is not None
        self.now = Moment(round(instant.timestamp() * 1000), int(offset / timedelta(minutes=1)))

    def answer(self, rating: Rating = Rating.GOOD) -> State:
        return self.store.record(replace(ANSWER, rating=rating), self.store.state("q"))

    def is_due(self) -> bool:
        state = self.store.state("q")
        assert state is not None
        today = self.store.today()
        assert self.store.due(today) == (["q"] if state.is_due(today) else [])
        return state.is_due(today)

    def streak(self) -> int:
        """Over how many study days in a row there were answers, up to the last."""
        days = sorted({review.day for review in self.store.reviews()}, reverse=True)
        length = 1
        for later, earlier in pairwise(days):
            if later - earlier != timedelta(days=1):
                break
            length += 1
        return length


@pytest.mark.parametrize("rollover", [0, 4])
@pytest.mark.parametrize("zone", ZONES)
def test_through_all_changes_of_the_clock_a_daily_learner_has_a_streak_of_a_year(
    zone: str, rollover: int, tmp_path: Path
) -> None:
    learner = Traveller(tmp_path / "store.db", zone, rollover)
    start = date(2026, 1, 5)
    for n in range(365):
        learner.at(start + timedelta(days=n), 12 if rollover < 12 else 23, 30)
        assert learner.store.today() == start + timedelta(days=n)
        learner.answer()
    assert learner.streak() == 365


@pytest.mark.parametrize("rollover", ROLLOVERS)
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("changes", [date(2026, 3, 28), date(2026, 10, 24), date(2026, 4, 4), date(2026, 9, 5)])
def test_a_question_comes_back_as_its_day_begins(
    changes: date, zone: str, rollover: int, tmp_path: Path
) -> None:
    learner = Traveller(tmp_path / "store.db", zone, rollover)
    learner.at(changes, 23, 45)
    answered = learner.store.today()
    state = learner.answer()
    assert (state.due - answered).days == 2  # a first Good
    begins = state.due
    if rollover == 0:
        learner.at(begins - timedelta(days=1), 23, 59)
    else:
        learner.at(begins, rollover - 1, 59)
    assert not learner.is_due()
    learner.at(begins, rollover)
    assert learner.is_due()


@pytest.mark.parametrize("zone", ZONES)
def test_a_clock_set_back_a_week_loses_nothing_and_asks_nothing_twice(zone: str, tmp_path: Path) -> None:
    learner = Traveller(tmp_path / "store.db", zone)
    today = date(2026, 6, 15)
    learner.at(today, 12)
    passed = learner.answer()
    learner.at(today - timedelta(days=7), 12)
    assert not learner.is_due()
    learner.at(passed.due, 12)
    assert learner.is_due()
    failed = learner.answer(Rating.AGAIN)
    learner.at(failed.day - timedelta(days=7), 12)
    assert learner.is_due()  # what was failed can be passed at once
    again = learner.answer()
    assert again.due > failed.day
    learner.at(again.due - timedelta(days=1), 12)
    assert not learner.is_due()
    assert learner.store.check() == []


@pytest.mark.parametrize("zone", ZONES)
def test_a_clock_set_ahead_a_year_is_mended(zone: str, tmp_path: Path) -> None:
    learner = Traveller(tmp_path / "store.db", zone)
    today = date(2026, 6, 15)
    learner.at(today, 12)
    learner.answer()
    learner.at(today + timedelta(days=365), 13)
    ahead = learner.answer()
    learner.at(today, 14)
    (found,) = learner.store.check()
    assert (found.fault, found.ids) == (Fault.FUTURE, (ahead.last,))
    learner.store.mend()
    mended = learner.store.state("q")
    assert mended is not None
    assert (mended.day, mended.reps) == (today, 2)
    assert mended.due < today + timedelta(days=30)
    learner.at(mended.due, 12)
    assert learner.is_due()
    assert learner.answer().day == mended.due


@pytest.mark.parametrize(
    ("there", "hours", "streak"),
    [("Pacific/Pago_Pago", 10, 1), ("Pacific/Kiritimati", 10, 2), ("America/Los_Angeles", 15, 1)],
)
def test_a_flight_over_the_date_line(there: str, hours: int, streak: int, tmp_path: Path) -> None:
    """Westwards to eastwards a day is lived twice or left out; no day goes back, and no streak breaks."""
    learner = Traveller(tmp_path / "store.db", "Pacific/Auckland")
    learner.at(date(2026, 6, 15), 20)
    state = learner.answer()
    offset = datetime(2026, 6, 15, tzinfo=ZoneInfo(there)).utcoffset()
    assert offset is not None
    learner.now = Moment(learner.now.ms + hours * 3_600_000, int(offset / timedelta(minutes=1)))
    assert not learner.is_due()
    after = learner.answer()
    assert after.day >= state.day
    assert after.due > after.day
    assert learner.streak() == streak
    learner.zone = there
    for n in range(1, 4):  # and it goes on there
        learner.at(learner.store.reviews()[-1].day + timedelta(days=1), 20)
        learner.answer()
        assert learner.streak() == streak + n


@pytest.mark.parametrize("rollover", ROLLOVERS)
def test_a_changed_rollover_leaves_past_days_as_they_were(rollover: int, tmp_path: Path) -> None:
    learner = Traveller(tmp_path / "store.db", "Europe/Berlin", 4)
    for n in range(10):
        learner.at(date(2026, 6, 1) + timedelta(days=n), 3, 30)
        learner.answer()
    days = [review.day for review in learner.store.reviews()]
    state = learner.store.state("q")
    learner.store.close()
    learner.store = learner.open(rollover)
    learner.store.rebuild()
    assert [review.day for review in learner.store.reviews()] == days
    assert learner.store.state("q") == state
    assert learner.streak() == 10
