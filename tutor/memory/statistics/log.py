"""The reviews in force as arrays: what all statistics are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tutor.memory.statistics.columns import Columns, read_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tutor.memory.statistics.memories import Whole

    Flags = NDArray[np.bool_]


class Practice(NamedTuple):
    """Answers that the schedule doesn't count, but the learner's time does: each (m,)."""

    day: Whole
    ms: Whole


@dataclass(frozen=True, eq=False)
class Log:
    """The n reviews in force of q questions: by question, and of each the oldest first. Arrays are (n,)."""

    questions: tuple[str, ...]
    """The ids of all that were ever asked, sorted: (q,)."""

    question: Whole
    """The place of each review's question among them."""

    day: Whole
    """Study days as they were reckoned then, as of `date.toordinal`; of a question, they never go back."""

    rating: Whole
    """From 1 (Again) to 4 (Easy), as amended."""

    fresh: Flags
    """Whether the review is the question's first one, or the first after a reset."""

    ms: Whole
    confidence: Whole
    """What was said before the answer was shown: 1 a guess, 2 maybe, 3 sure; 0 where nothing was said."""

    guessable: Flags
    """Whether the answer was one of a few options."""

    practice: Practice

    due: Whole
    """(q,): the ordinal of the day on which each question comes back; 0 for what has no state."""

    suspended: Flags
    """(q,)."""

    parameters: Sequence[tuple[float, ...] | None]
    """(q,): the FSRS parameters that were adopted for each question; None for the defaults."""

    @property
    def passed(self) -> Flags:
        """Whether the answer counts as remembered."""
        return self.rating > 1

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and the last study day on which anything was answered; None if nothing was."""
        days = np.concatenate([self.day, self.practice.day])
        return (int(days.min()), int(days.max())) if len(days) else None


def read_log(path: str) -> Log:
    """Read the store at ``path``. Raises StoreError if it can't be used."""
    found = read_columns(path)
    question = np.repeat(np.arange(len(found.questions)), found.counts)
    life = _lives(found)
    practice = (found.bits >> 8 & 1).astype(bool)
    held = found.rating > 0
    counted = held & ~practice
    question, life, bits = question[counted], life[counted], found.bits[counted]
    fresh = np.ones(len(question), dtype=bool)
    fresh[1:] = (np.diff(question) != 0) | (np.diff(life) != 0)
    return Log(
        questions=found.questions,
        question=question,
        day=_never_back(question, found.day[counted]),
        rating=found.rating[counted],
        fresh=fresh,
        ms=bits >> 10,
        confidence=bits >> 3 & 15,
        guessable=(bits >> 7 & 1).astype(bool),
        practice=Practice(found.day[held & practice], found.bits[held & practice] >> 10),
        due=np.array([found.due.get(name, 0) for name in found.questions], dtype=np.int64),
        suspended=np.array([name in found.suspended for name in found.questions], dtype=bool),
        parameters=found.parameters,
    )


def _lives(found: Columns) -> Whole:
    """How often the question of each review was reset before it: (n,)."""
    lives = np.zeros(len(found.day), dtype=np.int64)
    ends = np.cumsum(found.counts)
    places = {name: place for place, name in enumerate(found.questions) if name in found.resets}
    for name, place in places.items():
        start = ends[place] - found.counts[place]
        for before in found.resets[name]:
            lives[start + before : ends[place]] += 1
    return lives


def _never_back(question: Whole, day: Whole) -> Whole:
    """The days (n,), where a clock was set back as the latest before of the same question."""
    far = 10_000_000  # more than any ordinal
    return np.asarray(np.maximum.accumulate(question * far + day) - question * far)
