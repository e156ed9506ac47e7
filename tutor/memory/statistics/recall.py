"""True retention against what FSRS predicted, and confidence against what was right.

What counts as a test of memory is the first answer on a later day than the last: what was failed and asked
again on the same day says nothing of forgetting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from tutor.memory.statistics.shares import Share, share_of, shares_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.memory.statistics.log import Log
    from tutor.memory.statistics.memories import Array, Whole
    from tutor.memory.statistics.replay import Replay

USUAL_OPTIONS = 4
"""How many options a question is taken to have whose card cannot be asked."""

PERIODS = {"7 days": 7, "30 days": 30, "365 days": 365, "all": None}
SURE = ("a guess", "maybe", "sure")
EDGES = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Of predicted recall: narrow where most predictions are."""

RATIOS = (0.1, 0.25, 0.5, 0.75, 0.9, 1.1, 1.35, 1.75, 2.5, 4.0, 8.0)
"""Of the time since the last review to the stability then: 1 is where FSRS expects to remember nine in ten."""


@dataclass(frozen=True)
class Kept:
    """True retention over a period or of a month."""

    period: str
    share: Share


@dataclass(frozen=True)
class Bin:
    """Answers for which something was alike."""

    low: float
    high: float
    mean: float
    """What it was on average; NaN if there is no answer."""

    share: Share


@dataclass(frozen=True)
class Sureness:
    """Answers before which the learner was as sure."""

    confidence: int
    words: str
    share: Share


@dataclass(frozen=True, eq=False)
class Tests:
    """The m answers of a log that test memory; each array (m,)."""

    question: Whole
    day: Whole
    passed: Array
    """1 for remembered, 0 for forgotten."""

    recall: Array
    """The probability that FSRS gave."""

    ratio: Array
    """The days since the last review, in units of the stability then."""

    elapsed: Whole
    """The days since the last review."""

    chance: Array
    """The chance of a right guess."""

    @property
    def log_loss(self) -> float:
        """The mean log loss of the predictions in nats; NaN of none."""
        return log_loss(self.passed, self.recall)


def chances(log: Log, options: Mapping[str, int]) -> Array:
    """The chance (n,) of guessing each answer; ``options`` says among how many answers, if known."""
    each = np.array([1 / max(1, options.get(name, USUAL_OPTIONS)) for name in log.questions])
    return np.where(log.guessable, each[log.question], 0.0) if len(each) else np.zeros(0)


def tests(log: Log, past: Replay, chance: Array) -> Tests:
    """Choose the answers that test memory."""
    rows = np.nonzero(past.tested)[0]
    return Tests(
        question=log.question[rows],
        day=log.day[rows],
        passed=log.passed[rows].astype(np.float64),
        recall=past.recall[rows],
        ratio=past.elapsed[rows] / past.before[rows],
        elapsed=past.elapsed[rows],
        chance=chance[rows],
    )


def log_loss(passed: Array, recall: Array) -> float:
    """−mean(y·log p + (1 − y)·log(1 − p)), with p kept off 0 and 1 by 1e-7."""
    if not len(passed):
        return float("nan")
    p = np.clip(recall, 1e-7, 1 - 1e-7)
    return float(-np.mean(np.where(passed > 0, np.log(p), np.log1p(-p))))


def by_period(found: Tests, today: date) -> tuple[Kept, ...]:
    """Retention over the last days, today among them."""
    rows = []
    for name, days in PERIODS.items():
        begin = 0 if days is None else today.toordinal() - days + 1
        rows.append(Kept(name, share_of(found.passed > 0, found.recall, found.chance, found.day >= begin)))
    return tuple(rows)


def by_month(found: Tests) -> tuple[Kept, ...]:
    """Retention in each calendar month from the first to the last."""
    if not len(found.day):
        return ()
    first, last = int(found.day.min()), int(found.day.max())
    dates = [date.fromordinal(ordinal) for ordinal in range(first, last + 1)]
    number = np.array([12 * day.year + day.month - 1 for day in dates])
    months = int(number[-1] - number[0] + 1)
    shares = _shares(found, number[found.day - first] - number[0], months)
    names = (divmod(int(number[0]) + n, 12) for n in range(months))
    return tuple(
        Kept(f"{year}-{month + 1:02}", share) for (year, month), share in zip(names, shares, strict=True)
    )


def by_prediction(found: Tests) -> tuple[Bin, ...]:
    """What became of the answers for which FSRS predicted about the same."""
    return _bins(found, found.recall, EDGES)


def by_ratio(found: Tests) -> tuple[Bin, ...]:
    """What became of the answers after the same time, in units of the stability."""
    return _bins(found, found.ratio, RATIOS)


def by_confidence(log: Log, past: Replay, chance: Array) -> tuple[Sureness, ...]:
    """What became of the answers before which the learner was as sure; the first ones count too."""
    group = np.where((log.confidence >= 1) & (log.confidence <= len(SURE)), log.confidence - 1, -1)
    shares = shares_by(log.passed, past.recall, chance, group, len(SURE))
    return tuple(Sureness(n, SURE[n - 1], share) for n, share in enumerate(shares, 1))


def _shares(found: Tests, group: Whole, groups: int) -> tuple[Share, ...]:
    return shares_by(found.passed > 0, found.recall, found.chance, group, groups)


def _bins(found: Tests, value: Array, edges: tuple[float, ...]) -> tuple[Bin, ...]:
    group = np.searchsorted(edges, value, side="right") - 1
    group[value == edges[-1]] = len(edges) - 2
    group[(group < 0) | (group >= len(edges) - 1)] = -1
    shares = _shares(found, group, len(edges) - 1)
    inside = group >= 0
    total = np.bincount(group[inside], weights=value[inside], minlength=len(shares))
    means = [float(total[n]) / share.total if share.total else float("nan") for n, share in enumerate(shares)]
    return tuple(map(Bin, edges, edges[1:], means, shares))
