"""What another desired retention would cost, and what it would keep: a year simulated with fsrs-rs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.memory.fsrs6 import DEFAULTS

if TYPE_CHECKING:
    from tutor.memory.statistics.log import Log
    from tutor.memory.statistics.memories import Array, Weights, Whole
    from tutor.memory.statistics.replay import Replay

RETENTIONS = (0.70, 0.75, 0.80, 0.83, 0.86, 0.88, 0.90, 0.92, 0.94, 0.95, 0.96, 0.97)
DAYS = 365
MOST_SIMULATED = 2_000
"""Questions of the simulated deck; of more, the minutes are scaled up."""

LEAST_SIMULATED = 1_000
USUAL_SECONDS = 20.0
ENOUGH = 50
"""Answers from which on the learner's own habits are taken, rather than usual ones."""

USUAL_FIRST = (0.2, 0.1, 0.6, 0.1)
USUAL_LATER = (0.1, 0.8, 0.1)


@dataclass(frozen=True)
class Load:
    """A simulated year at one desired retention."""

    retention: float
    minutes_a_day: float
    """Averaged over the year, for as many questions as were asked so far, begun evenly over the year."""

    answers_a_day: float
    remembered: float
    """The share of the questions that is remembered at the end of the year."""


@dataclass(frozen=True)
class Habits:
    """How the learner rates, and how long that takes."""

    first: tuple[float, ...]
    """The probabilities of Again to Easy at a first review."""

    later: tuple[float, ...]
    """Those of Hard, Good and Easy where the answer was remembered."""

    seconds: tuple[float, ...]
    """The mean time of an answer rated Again to Easy."""


def habits(log: Log, past: Replay) -> Habits:
    """Learn from the log how the learner rates; while it is short, habits are the usual ones."""
    ratings = np.arange(1, 5)
    first = np.bincount(log.rating[log.fresh], minlength=5)[1:]
    later = np.bincount(log.rating[past.tested], minlength=5)[2:]
    counts = np.bincount(log.rating, minlength=5)[1:]
    times = np.bincount(log.rating, weights=log.ms, minlength=5)[1:] / 1000
    enough = counts >= ENOUGH
    usual = times.sum() / counts.sum() if counts.sum() >= ENOUGH else USUAL_SECONDS
    seconds = np.divide(times, counts, out=np.full(len(ratings), usual), where=enough)
    return Habits(
        _shares(first) if first.sum() >= ENOUGH else USUAL_FIRST,
        _shares(later) if later.sum() >= ENOUGH else USUAL_LATER,
        tuple(seconds.tolist()),
    )


def _shares(counts: Array | Whole) -> tuple[float, ...]:
    return tuple((counts / counts.sum()).tolist())


def workload(how: Habits, questions: int, weights: Weights = DEFAULTS, seed: int = 1) -> tuple[Load, ...]:
    """Simulate a year with so many questions at each of the `RETENTIONS`."""
    import fsrs_rs_python as fsrs_rs

    deck = min(max(questions, LEAST_SIMULATED), MOST_SIMULATED)
    scale = questions / deck
    even = [0.0, 0.0, 1.0, 0.0]  # of learning steps, which there are none of
    config = fsrs_rs.SimulatorConfig(
        deck_size=deck,
        learn_span=DAYS,
        max_cost_perday=86_400.0,
        max_ivl=36_500.0,
        first_rating_prob=list(how.first),
        review_rating_prob=list(how.later),
        learn_limit=-(-deck // DAYS),
        review_limit=100_000,
        new_cards_ignore_review_limit=True,
        learning_step_transitions=[even] * 3,
        relearning_step_transitions=[even] * 3,
        state_rating_costs=[list(how.seconds)] * 3,
        learning_step_count=0,
        relearning_step_count=0,
    )

    def load(retention: float) -> Load:
        year = fsrs_rs.simulate(list(weights), retention, config, seed)
        answers = sum(year.review_cnt_per_day) + sum(year.learn_cnt_per_day)
        return Load(
            retention=retention,
            minutes_a_day=sum(year.cost_per_day) / 60 / DAYS * scale,
            answers_a_day=answers / DAYS * scale,
            remembered=year.memorized_cnt_per_day[-1] / deck,
        )

    return tuple(map(load, RETENTIONS))
