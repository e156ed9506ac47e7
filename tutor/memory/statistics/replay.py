"""What FSRS made of the learner's memory at every review: the log folded, all questions at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.memory.fsrs6 import DEFAULTS
from tutor.memory.statistics.memories import Memory, first, later, retrievability

if TYPE_CHECKING:
    from tutor.memory.statistics.log import Flags, Log
    from tutor.memory.statistics.memories import Array, Weights, Whole


@dataclass(frozen=True, eq=False)
class Replay:
    """What was expected of each of the n reviews of a log before it was given, and what followed from it."""

    elapsed: Whole
    """(n,): days since the review before; 0 for the first one of a question."""

    recall: Array
    """(n,): the probability of remembering that FSRS gave; NaN for the first review of a question."""

    before: Array
    """(n,): the stability in days until this review; NaN for the first one."""

    stability: Array
    """(n,): the stability in days after this review."""

    difficulty: Array
    """(n,): the difficulty, from 1 to 10, after it."""

    @property
    def tested(self) -> Flags:
        """(n,): the reviews that say something of memory: they came on a later day than the one before."""
        return self.elapsed > 0


def replay(log: Log) -> Replay:
    """Fold the log, each question by the parameters that hold for it now."""
    adopted = sorted({parameters for parameters in log.parameters if parameters is not None})
    if not adopted:
        return replay_with(log, DEFAULTS)
    number: dict[tuple[float, ...] | None, int] = {None: 0}
    number.update({parameters: n for n, parameters in enumerate(adopted, 1)})
    group = np.array([number[parameters] for parameters in log.parameters])[log.question]
    parts = [replay_with(log, parameters) for parameters in (DEFAULTS, *adopted)]

    def chosen(columns: list[Array]) -> Array:
        return np.asarray(np.choose(group, columns))

    return Replay(
        elapsed=parts[0].elapsed,
        recall=chosen([part.recall for part in parts]),
        before=chosen([part.before for part in parts]),
        stability=chosen([part.stability for part in parts]),
        difficulty=chosen([part.difficulty for part in parts]),
    )


def replay_with(log: Log, weights: Weights) -> Replay:
    """Fold the log by these parameters: first the first reviews of all questions, then all second ones, …."""
    total = len(log.day)
    starts = np.nonzero(log.fresh)[0]
    lengths = np.diff(np.append(starts, total))
    longest_first = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[longest_first], lengths[longest_first]
    elapsed = np.where(log.fresh, 0, np.diff(log.day, prepend=0))
    recall, before = np.full(total, np.nan), np.full(total, np.nan)
    stability, difficulty = np.empty(total), np.empty(total)
    memory = first(weights, log.rating[starts])
    going_on = len(starts)
    for round_ in range(int(lengths.max(initial=0))):
        going_on = int(np.searchsorted(-lengths[:going_on], -round_))
        rows = starts[:going_on] + round_
        if round_:
            memory = Memory(memory.stability[:going_on], memory.difficulty[:going_on])
            recall[rows] = retrievability(weights, memory.stability, elapsed[rows])
            before[rows] = memory.stability
            memory = later(weights, memory, log.rating[rows], elapsed[rows])
        stability[rows], difficulty[rows] = memory
    return Replay(elapsed, recall, before, stability, difficulty)
