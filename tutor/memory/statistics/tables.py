"""Statistics as tables with stable column names, for JSON and CSV."""

from __future__ import annotations

import math
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from tutor.memory.fsrs6 import DEFAULTS
from tutor.memory.statistics.shares import Share
from tutor.memory.statistics.workload import workload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tutor.memory.statistics.summary import Statistics

    Row = dict[str, Any]
    Rows = Callable[[Statistics], Iterable[Any]]

TABLES: Mapping[str, Rows] = {
    "days": lambda found: found.days,
    "streak": lambda found: [found.streak],
    "coming": lambda found: found.coming,
    "paces": lambda found: found.paces,
    "retention": lambda found: found.periods,
    "months": lambda found: found.months,
    "calibration": lambda found: found.calibration,
    "forgetting": lambda found: found.forgetting,
    "confidence": lambda found: found.confidence,
    "stability": lambda found: found.stability,
    "difficulty": lambda found: found.difficulty,
    "cards": lambda found: found.cards,
    "decks": lambda found: found.decks,
    "workload": lambda found: workload(found.habits, len(found.log.questions), usual(found)),
}
"""The tables by name; each row is a value whose fields are the columns."""


def table(found: Statistics, name: str) -> list[Row]:
    """The rows of one of the `TABLES`, in JSON's values; what is not known is None."""
    return [row(each) for each in TABLES[name](found)]


def row(value: Any) -> Row:
    """One value as a row: a share becomes its numbers, a date its ISO form, NaN None."""
    columns: Row = {}
    for field in fields(value):
        entry = getattr(value, field.name)
        columns |= _share(entry) if isinstance(entry, Share) else {field.name: _plain(entry)}
    return columns


def _share(share: Share) -> Row:
    numbers = {
        "passed": share.passed,
        "total": share.total,
        "share": share.share,
        "low": share.low,
        "high": share.high,
        "predicted": share.expected,
        "known": share.known,
    }
    return {name: _plain(number) for name, number in numbers.items()}


def _plain(entry: Any) -> Any:
    if isinstance(entry, date):
        return entry.isoformat()
    return None if isinstance(entry, float) and not math.isfinite(entry) else entry


def usual(found: Statistics) -> tuple[float, ...]:
    """The parameters that hold for most of the questions."""
    adopted = list(found.log.parameters)
    most = max(set(adopted), key=adopted.count, default=None)
    return DEFAULTS if most is None else most
