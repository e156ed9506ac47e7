"""Fitting the 21 parameters of FSRS-6 to the learner's own log, and keeping them only if they predict better.

The log is split along time: parameters fitted to all reviews before a day are judged by the reviews after it
(a time-series split). Training is fsrs-rs's (https://github.com/open-spaced-repetition/fsrs-rs).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError
from tutor.memory.fsrs6 import DEFAULTS, HIGHEST, LOWEST
from tutor.memory.statistics.recall import log_loss
from tutor.memory.statistics.replay import replay_with

if TYPE_CHECKING:
    from fsrs_rs_python import FSRSItem

    from tutor.memory.statistics.log import Flags, Log
    from tutor.memory.statistics.memories import Array, Weights, Whole

SPLITS = (0.6, 0.7, 0.8, 0.9, 1.0)
"""Parameters fitted to the tests before one of these shares of them are judged by those up to the next."""

LEAST_TESTS = 100
"""Answers on a later day than the last, below which fitting would be guessing."""

LEAST_OF_A_DECK = 400
"""The same for parameters of a deck's own."""

MOST_TESTS = 50_000
"""What one fit is trained on at most: whole questions, drawn at random."""


@dataclass(frozen=True)
class Fit:
    """New parameters beside those that hold, judged by answers that neither has seen."""

    tests: int
    """Answers that test memory."""

    judged: int
    """Those of them by which the two were judged."""

    before: tuple[float, ...]
    """The 21 parameters that hold."""

    after: tuple[float, ...]
    """Those fitted to the whole log."""

    loss_before: float
    loss_after: float
    """The log losses in nats a test, of parameters fitted to what came before it."""

    error: float
    """The standard error of the difference, answers to one question taken as one."""

    @property
    def gain(self) -> float:
        """By how much the new ones predict better, in nats a test."""
        return self.loss_before - self.loss_after

    @property
    def improves(self) -> bool:
        """Whether the new parameters are worth keeping."""
        return self.gain > 0


def fit(log: Log, before: Weights | None = None, chosen: Flags | None = None, seed: int = 0) -> Fit:
    """Fit the parameters to the log, or to the questions ``chosen`` (q,) of it; ``before`` are those that hold.

    Raises UsageError if there are too few answers to learn from.
    """
    weights = tuple(DEFAULTS if before is None else before)
    in_it = np.ones(len(log.day), dtype=bool) if chosen is None else chosen[log.question]
    held = replay_with(log, weights)
    rows = np.nonzero(held.tested & in_it)[0]
    if len(rows) < LEAST_TESTS:
        raise UsageError(
            f"too little to fit to: {len(rows)} answers on a later day than the last; at least {LEAST_TESTS} "
            "are needed, so come back when there are more"
        )
    rows = rows[np.argsort(log.day[rows], kind="stable")]
    cuts = [log.day[rows[min(int(share * len(rows)), len(rows) - 1)]] for share in SPLITS]
    cuts[-1] = log.day[rows[-1]] + 1
    judged, ours = [], []
    for begin, end in itertools.pairwise(cuts):
        later = rows[(log.day[rows] >= begin) & (log.day[rows] < end)]
        if len(later):
            trained = _train(log, in_it & (log.day < begin), seed)
            judged.append(later)
            ours.append(replay_with(log, trained).recall[later])
    places = np.concatenate(judged)
    passed = log.passed[places].astype(np.float64)
    old, new = held.recall[places], np.concatenate(ours)
    return Fit(
        tests=len(rows),
        judged=len(places),
        before=weights,
        after=_train(log, in_it, seed),
        loss_before=log_loss(passed, old),
        loss_after=log_loss(passed, new),
        error=_error(passed, old, new, log.question[places]),
    )


def _error(passed: Array, old: Array, new: Array, question: Whole) -> float:
    """The standard error of the mean difference in log loss, clustered by question."""

    def each(recall: Array) -> Array:
        p = np.clip(recall, 1e-7, 1 - 1e-7)
        return np.asarray(-np.where(passed > 0, np.log(p), np.log1p(-p)))

    difference = each(old) - each(new)
    sums = np.bincount(question, weights=difference - difference.mean())
    return float(np.sqrt(np.sum(sums * sums))) / len(passed)


def _train(log: Log, wanted: Flags, seed: int) -> tuple[float, ...]:
    """Train on some of the reviews; those of a question must be all up to a day."""
    import fsrs_rs_python as fsrs_rs

    model = fsrs_rs.FSRS(list(DEFAULTS))
    found = model.compute_parameters(_items(log, wanted, seed))
    return tuple(np.clip(found, LOWEST, HIGHEST).tolist())


def _items(log: Log, wanted: Flags, seed: int) -> list[FSRSItem]:
    """What fsrs-rs learns from: each test with all reviews of its question before it, at most `MOST_TESTS`."""
    from fsrs_rs_python import FSRSItem, FSRSReview

    rows = np.nonzero(wanted)[0]
    life = np.cumsum(log.fresh[rows])
    elapsed = np.where(log.fresh[rows], 0, np.diff(log.day[rows], prepend=0))
    tests = np.bincount(life, weights=elapsed > 0)
    if tests.sum() > MOST_TESTS:
        order = np.random.default_rng(seed).permutation(len(tests))
        dropped = order[np.cumsum(tests[order]) > MOST_TESTS]
        kept = ~np.isin(life, dropped)
        rows, elapsed = rows[kept], elapsed[kept]
    columns = log.fresh[rows].tolist(), log.rating[rows].tolist(), elapsed.tolist()
    items: list[FSRSItem] = []
    past: list[FSRSReview] = []
    for fresh, rating, days in zip(*columns, strict=True):
        past = [FSRSReview(rating, 0)] if fresh else [*past, FSRSReview(rating, days)]
        if days:
            items.append(FSRSItem(past))
    return items
