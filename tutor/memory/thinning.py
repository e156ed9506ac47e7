"""A backup a day, thinned to days, weeks and months as they grow old."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tutor.memory.backup import SUFFIX, back_up, backups, folder, moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.memory.clock import Moment

A_DAY = timedelta(days=1)
DAYS, WEEKS, MONTHS = 7, 5, 12
"""Of how many of the last days, weeks and months the last backup is kept."""


def is_due(store: str, now: Moment) -> bool:
    """Whether the store has changed since its last backup, and that is a day old."""
    if not os.path.exists(store):
        return False
    last = next(iter(backups(store)), None)
    if last is None:
        return True
    return moment(now) - last.at >= A_DAY and os.path.getmtime(store) > last.at.timestamp()


def daily(store: str, now: Moment) -> str:
    """Make a backup, thin the others, and return its path."""
    path = back_up(store, now)
    thin(store)
    return path


def thin(store: str) -> list[str]:
    """Delete the backups that `kept` leaves out, and return their paths."""
    found = {backup.at: backup.path for backup in backups(store)}
    old = [path for at, path in found.items() if at not in kept(found)]
    for path in old + _left_by_killed(store):
        with suppress(FileNotFoundError):  # another session was quicker
            os.unlink(path)
    return old


def _left_by_killed(store: str) -> list[str]:
    """Find the unfinished copies of processes that are no more: those over a day old."""
    paths = [os.path.join(folder(store), name) for name in os.listdir(folder(store))]
    newest = time.time() - A_DAY.total_seconds()
    return [path for path in paths if f"{SUFFIX}." in path and os.path.getmtime(path) < newest]


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Choose the last of each of the last days, weeks and months that have any.

    Counted in backups, not from today, so that a learner who stays away for a year keeps what there is.
    """
    latest_first = sorted(moments, reverse=True)
    chosen: set[datetime] = set()
    for most, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        last: dict[str, datetime] = {}
        for each in latest_first:
            last.setdefault(each.strftime(period), each)
        chosen.update(list(last.values())[:most])
    return chosen
