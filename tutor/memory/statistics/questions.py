"""How the memories of the questions are spread, and how cards and decks fare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.memory.statistics.shares import Share, shares_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tutor.memory.statistics.log import Log
    from tutor.memory.statistics.memories import Array, Whole
    from tutor.memory.statistics.recall import Tests
    from tutor.memory.statistics.replay import Replay

STABILITIES = (0, 1, 2, 4, 7, 14, 30, 60, 90, 180, 365, 730, 1825, 36_500)
"""Days."""

DIFFICULTIES = tuple(range(1, 11))


@dataclass(frozen=True)
class Spread:
    """How many questions lie between two values."""

    low: float
    high: float
    questions: int


@dataclass(frozen=True)
class Group:
    """How a card or a deck fares."""

    name: str
    questions: int
    """Those that were asked."""

    answers: int
    share: Share
    lapses: int
    """How often a question was forgotten after it had been known."""

    stability: float
    """The median, in days."""

    minutes: float


def latest(log: Log) -> Whole:
    """The place of the last review in the log of each question that has a state: (≤ q,)."""
    ends = np.nonzero(np.diff(log.question, append=-1))[0]
    return np.asarray(ends[log.due[log.question[ends]] > 0])


def by_stability(log: Log, past: Replay) -> tuple[Spread, ...]:
    """How many questions are remembered for how long."""
    return _spread(past.stability[latest(log)], STABILITIES)


def by_difficulty(log: Log, past: Replay) -> tuple[Spread, ...]:
    """How many questions are how hard."""
    return _spread(past.difficulty[latest(log)], DIFFICULTIES)


def _spread(values: Array, edges: Sequence[int]) -> tuple[Spread, ...]:
    counts, _ = np.histogram(np.clip(values, edges[0], edges[-1]), edges)
    return tuple(map(Spread, map(float, edges), map(float, edges[1:]), counts.tolist()))


def groups(log: Log, past: Replay, found: Tests, group_of: Mapping[str, str]) -> tuple[Group, ...]:
    """Sum up by what each question belongs to, in the order of ``group_of``; others are left out."""
    names = list(dict.fromkeys(group_of.values()))
    number = {name: n for n, name in enumerate(names)}
    of_question = np.array([number.get(group_of.get(q, ""), -1) for q in log.questions], dtype=np.int64)
    if not names or not len(of_question):
        return ()
    of_review = of_question[log.question]
    shares = shares_by(found.passed > 0, found.recall, found.chance, of_question[found.question], len(names))
    failed = (log.rating == 1) & (past.elapsed > 0)
    last = latest(log)
    medians, counts = _medians(past.stability[last], of_review[last], len(names))
    minutes = _sums(of_review, log.ms / 60_000, len(names))
    answers = np.bincount(of_review[of_review >= 0], minlength=len(names))
    lapses = np.bincount(of_review[failed & (of_review >= 0)], minlength=len(names))
    columns = (column.tolist() for column in (counts, answers, lapses, medians, minutes))
    return tuple(
        Group(name, count, answered, share, lapsed, median, spent)
        for name, share, (count, answered, lapsed, median, spent) in zip(
            names, shares, zip(*columns, strict=True), strict=True
        )
        if count
    )


def _medians(values: Array, group: Whole, groups: int) -> tuple[Array, Whole]:
    """The median of the values (n,) of each group, and how many there are; 0 of none."""
    order = np.lexsort((values, group))
    edges = np.searchsorted(group[order], np.arange(groups + 1))
    counts = np.diff(edges)
    lower, upper = edges[:-1] + (counts - 1) // 2, edges[:-1] + counts // 2
    ordered = np.append(values[order], 0.0)  # for groups behind the last value
    middle: Array = 0.5 * (ordered[np.minimum(lower, len(values))] + ordered[np.minimum(upper, len(values))])
    return np.asarray(np.where(counts > 0, middle, 0.0)), counts


def _sums(group: Whole, values: Array, count: int) -> Array:
    known = group >= 0
    return np.asarray(np.bincount(group[known], weights=values[known], minlength=count), dtype=np.float64)
