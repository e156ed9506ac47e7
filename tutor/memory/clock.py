"""Moments and study days: the only place where times of day become dates."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

ROLLOVER_HOUR = 4
_MINUTES_PER_DAY = 24 * 60
_EPOCH = date(1970, 1, 1).toordinal()


class Moment(NamedTuple):
    """An instant, and what the learner's wall clock makes of it."""

    ms: int
    """Milliseconds since 1970-01-01 in UTC."""
    offset: int
    """Minutes by which local time is ahead of UTC (east is positive)."""


Clock = Callable[[], Moment]


def system_clock() -> Moment:
    """Read the time, and the offset of the zone this computer is in."""
    ms = time.time_ns() // 1_000_000
    return Moment(ms, time.localtime(ms // 1000).tm_gmtoff // 60)


def study_day(moment: Moment, rollover: int = ROLLOVER_HOUR) -> date:
    """Return the date on the learner's wall clock, where a day begins at ``rollover`` o'clock (0 to 23)."""
    minutes = moment.ms // 60_000 + moment.offset - 60 * rollover
    return date.fromordinal(_EPOCH + minutes // _MINUTES_PER_DAY)
