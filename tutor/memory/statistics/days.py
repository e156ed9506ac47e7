"""What was done on each study day, what comes, and for how many days in a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.memory.statistics.log import Log
    from tutor.memory.statistics.memories import Whole

AHEAD = 90
"""Days of the forecast."""

RATINGS = ("Again", "Hard", "Good", "Easy")


@dataclass(frozen=True)
class Day:
    """What was done on one study day."""

    day: date
    answers: int
    minutes: float


@dataclass(frozen=True)
class Streak:
    """Study days in a row, as they were reckoned when they were studied."""

    current: int
    """Up to today, or up to yesterday while today is not over."""

    longest: int
    studied: int
    """On how many days something was answered."""

    since: date | None
    """The first of them."""


@dataclass(frozen=True)
class Coming:
    """How many questions come due on a study day; on today's, also those overdue."""

    day: date
    due: int


@dataclass(frozen=True)
class Pace:
    """How long answers take that were rated alike."""

    rating: str
    answers: int
    median_seconds: float
    """NaN if there is none."""

    minutes: float
    """Of all of them."""


def activity(log: Log, today: date) -> tuple[Day, ...]:
    """Every day from the first one studied to today, or to the last one if that is later; practice counts."""
    ends = log.span
    if ends is None:
        return ()
    first, last = ends[0], max(ends[1], today.toordinal())
    answers, ms = np.zeros(last - first + 1), np.zeros(last - first + 1)
    for days, times in ((log.day, log.ms), log.practice):
        answers += np.bincount(days - first, minlength=len(answers))
        ms += np.bincount(days - first, weights=times, minlength=len(ms))
    rows = zip(answers.astype(int).tolist(), (ms / 60_000).tolist(), strict=True)
    return tuple(Day(date.fromordinal(first + n), *row) for n, row in enumerate(rows))


def streak(days: Sequence[Day], today: date) -> Streak:
    """Count the days in a row on which something was answered."""
    studied = {day.day for day in days if day.answers}
    if not studied:
        return Streak(0, 0, 0, None)
    longest = run = 0
    for day in days:
        run = run + 1 if day.answers else 0
        longest = max(longest, run)
    last = today if today in studied else today - timedelta(days=1)
    current = 0
    while last - timedelta(days=current) in studied:
        current += 1
    return Streak(current, longest, len(studied), min(studied))


def coming(log: Log, today: date) -> tuple[Coming, ...]:
    """Count what comes due on each of the next days, suspended questions aside."""
    wanted = log.due[(log.due > 0) & ~log.suspended]
    ahead = np.maximum(wanted - today.toordinal(), 0)
    counts = np.bincount(ahead[ahead < AHEAD], minlength=AHEAD).tolist()
    return tuple(Coming(today + timedelta(days=n), count) for n, count in enumerate(counts))


def paces(log: Log) -> tuple[Pace, ...]:
    """How long the answers of each rating take."""

    def pace(rating: int, name: str) -> Pace:
        ms: Whole = log.ms[log.rating == rating]
        median = float(np.median(ms)) / 1000 if len(ms) else float("nan")
        return Pace(name, len(ms), median, float(ms.sum()) / 60_000)

    return tuple(pace(rating, name) for rating, name in enumerate(RATINGS, 1))
