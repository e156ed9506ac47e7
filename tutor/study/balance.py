"""Which day within the fuzz range a question comes back on: the one with the least to do.

FSRS lets an interval move a little (see `memory.fuzz`). Of the days that it may move to, the one on which the
fewest questions come due is taken; a day of the week that is to be easy counts as if it had many more.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tutor.config import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

EASY = 50
"""An easy day gets a question only where the others have this many times as much to do."""


def balanced(
    drawn: date, earliest: date, latest: date, load: Mapping[date, int], easy_days: Collection[str]
) -> date:
    """Return the day, from ``earliest`` to ``latest``, with the least to do by ``load``.

    Of equal days the nearest to the one ``drawn`` is taken, and then the earlier.
    """

    def cost(day: date) -> tuple[int, int, date]:
        weight = EASY if WEEKDAYS[day.weekday()] in easy_days else 1
        return (load.get(day, 0) + 1) * weight, abs((day - drawn).days), day

    return min((earliest + timedelta(days=n) for n in range((latest - earliest).days + 1)), key=cost)
