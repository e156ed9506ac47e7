"""Thousands of runs at once for their verdicts alone: no more is kept of a run than its judgement needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tutor.optim.bounds import away, lasting, reach
from tutor.optim.descend import starts
from tutor.optim.loop import Walk, laid_out, only
from tutor.optim.optimizers import SGD
from tutor.optim.pace import Together
from tutor.optim.summary import Watch, slope
from tutor.optim.verdict import RULES, Verdict, judge, tell, tell_escape
from tutor.optim.windows import WINDOW, windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tutor.optim.linesearch import LineSearch
    from tutor.optim.objectives import Array, Objective
    from tutor.optim.optimizers import Optimizer
    from tutor.optim.pace import Pace
    from tutor.optim.summary import Summary

STRETCH = 16
"""How many steps to take between looks at who is gone."""

SHORT = 4 * WINDOW + 1
"""The length of run up to which the windows may overlap."""

MOST_NUMBERS = 2_000_000
"""How many coordinates to hold at a time; more runs than fit are taken one part after the other."""


@dataclass(frozen=True, eq=False)
class Survey:
    """What became of m runs."""

    verdicts: tuple[Verdict, ...]
    steps: NDArray[np.int_]
    """(m,): how many steps each run took before its end."""

    _stayed: tuple[_Stayed, ...]

    def reason(self, run: int) -> str:
        """Say in one sentence what the verdict on a run is, and why."""
        for runs, rules, seen in self._stayed:
            if (places := np.flatnonzero(runs == run)).size:
                return tell(int(rules[places[0]]), seen.of(int(places[0])))[1]
        return tell_escape(int(self.steps[run]))[1]


class _Stayed(NamedTuple):
    """Runs that stayed within bounds."""

    runs: NDArray[np.int_]
    """(k,): which."""

    rules: NDArray[np.int_]
    """(k,): what decides their fate."""

    seen: Summary


def survey(
    objective: Objective,
    paces: Sequence[Pace] | Array,
    *,
    steps: int,
    start: Sequence[float] | Array | None = None,
    optimizer: Optimizer = SGD,
    line_search: LineSearch | None = None,
) -> Survey:
    """Judge ``steps`` steps of m runs as ``descend_many`` does, in memory that does not grow with the steps."""
    origins = starts(objective, start, len(paces))
    size = max(1, MOST_NUMBERS // (_rows(steps) * origins.shape[-1]))
    taken: list[NDArray[np.int_]] = []
    stayed: list[_Stayed] = []
    verdicts = [Verdict.DIVERGING] * len(paces)
    for first in range(0, len(paces), size):
        which = slice(first, first + size)
        pacer = Together(objective, paces[which], line_search)
        ends, runs, seen = _watch(objective, optimizer, pacer, origins[which], steps)
        taken.append(ends)
        if seen:
            rules = judge(seen)
            stayed.append(_Stayed(first + runs, rules, seen))
            for run, rule in zip(runs.tolist(), rules.tolist(), strict=True):
                verdicts[first + run] = RULES[rule][0]
    return Survey(tuple(verdicts), np.concatenate(taken), tuple(stayed))


def _watch(
    objective: Objective, optimizer: Optimizer, pacer: Together, origins: Array, steps: int
) -> tuple[NDArray[np.int_], NDArray[np.int_], Summary | None]:
    """Take the steps, dropping who is gone: the steps of each run (m,), who stayed (k,), what was seen."""
    taken, stayed = np.full(len(origins), steps), np.arange(len(origins))
    store = np.empty(_rows(steps) * origins.size)
    points = laid_out(store, _rows(steps), *origins.shape)
    points[0] = origins
    walk, watch = Walk(objective, optimizer, origins), Watch(objective, steps)
    with np.errstate(all="ignore"):
        nearest = float(reach(origins).min()) / math.sqrt(origins.shape[-1])
        for begin, end in _stretches(steps):
            shown = points[: end - begin + 1]
            walk.go(shown, pacer)
            watch.see(begin, shown)
            for run in pacer.runs:
                run.searches.clear()
            last, all_of_it = shown[-1], store[: shown.size]
            if not -nearest <= all_of_it.min() <= all_of_it.max() <= nearest:  # NaN is not, either
                gone = np.asarray(away(shown, origins).any(axis=0))
                if gone.any():
                    left = shown[:, gone]
                    measures = objective.value(left) + slope(objective, left)
                    taken[stayed[gone]] = begin - 1 + lasting(left, measures, origins[gone])
                    if gone.all():
                        return taken, stayed[:0], None
                    runs = np.logical_not(gone)
                    last, origins, stayed = only(last, runs), only(origins, runs), stayed[runs]
                    for companion in (walk, watch, pacer):
                        companion.only(runs)
                    points = laid_out(store, _rows(steps), *origins.shape)
            points[0] = last
        return taken, stayed, watch.summary()


def _stretches(steps: int) -> Iterator[tuple[int, int]]:
    """Cut a run so that each window is one stretch, or all of a short run is."""
    if steps <= SHORT:
        yield 0, steps
        return
    for window, following in pairwise((*windows(steps), slice(steps, steps))):
        yield window.start, window.stop - 1
        for first in range(window.stop - 1, following.start, STRETCH):
            yield first, min(first + STRETCH, following.start)


def _rows(steps: int) -> int:
    """Count the points of the longest stretch."""
    return 1 + (steps if steps <= SHORT else WINDOW + 1)
