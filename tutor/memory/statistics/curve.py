"""The forgetting curve of one question: what its reviews did to the probability of remembering it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from tutor.memory.fsrs6 import DEFAULTS
from tutor.memory.statistics.memories import retrievability

if TYPE_CHECKING:
    from tutor.memory.statistics.log import Log
    from tutor.memory.statistics.memories import Array
    from tutor.memory.statistics.replay import Replay

SAMPLES = 400
AHEAD = 1.25
"""How far the curve goes beyond today or the day when the question is due, as a multiple of the time to it."""


@dataclass(frozen=True)
class Reviewed:
    """One review of the question."""

    day: date
    rating: int
    recall: float
    """The probability of remembering that FSRS gave before it; NaN for the first one."""

    stability: float
    difficulty: float
    """After it."""


@dataclass(frozen=True, eq=False)
class Curve:
    """The probability of remembering one question over time."""

    question: str
    reviews: tuple[Reviewed, ...]
    days: Array
    """(m,): since the first review, fractions too; each review comes twice, before and after."""

    recall: Array
    """(m,): the probability of remembering; NaN where a review breaks the curve."""

    today: float
    """The day it is now, since the first review."""

    due: float
    """The day when the question comes back; NaN if it doesn't."""


def curve(log: Log, past: Replay, question: str, today: date) -> Curve | None:
    """Draw the curve of a question through all its reviews and on; None if it was never answered."""
    if question not in log.questions:
        return None
    place = log.questions.index(question)
    rows = np.nonzero(log.question == place)[0]
    if not len(rows):
        return None
    rows = rows[np.nonzero(log.fresh[rows])[0][-1] :]
    weights = log.parameters[place] or DEFAULTS
    begun = int(log.day[rows[0]])
    now = max(float(today.toordinal() - begun), 0.0)
    due = float(log.due[place] - begun) if log.due[place] else float("nan")
    times = log.day[rows] - begun
    end = AHEAD * max(now, 0.0 if math.isnan(due) else due, float(times[-1]) + 1)
    days: list[Array] = []
    recall: list[Array] = []
    for start, stop, row in zip(times, [*times[1:], end], rows, strict=True):
        step = max(2, int(SAMPLES * (stop - start) / end))
        sampled = np.linspace(start, stop, step)
        days += [sampled, sampled[-1:]]
        recall += [retrievability(weights, past.stability[row : row + 1], sampled - start), np.array([np.nan])]
    reviews = tuple(
        Reviewed(
            date.fromordinal(int(log.day[row])),
            int(log.rating[row]),
            float(past.recall[row]),
            float(past.stability[row]),
            float(past.difficulty[row]),
        )
        for row in rows
    )
    return Curve(question, reviews, np.concatenate(days), np.concatenate(recall), now, due)
