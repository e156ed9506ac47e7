"""What became of a run, in one word and one plain sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tutor.optim.objectives import Array

SETTLED = 1e-6
"""The slope, as a share of the first one, at which a run has arrived."""

NEAR = 0.1
"""The share of the way to the minimum that a converging run has still ahead, at most."""

RESTLESS = 1 / 3
"""The share of late steps which turn back or go uphill that makes a run an oscillating one."""

FROZEN = 1e-9
"""The share of its way in the last quarter of the steps below which a run no longer moves."""

FLAT = 1e-9
"""The curvature that counts as none."""


class Verdict(StrEnum):
    """The five ends that a run can come to."""

    CRAWLING = "crawling"
    CONVERGING = "converging"
    OSCILLATING = "oscillating"
    DIVERGING = "diverging"
    STALLED = "stalled"


def judge(
    points: Array,
    values: Array,
    gradient_norms: Array,
    *,
    escaped: bool,
    lowest_curvature: float,
    to_go: float,
) -> tuple[Verdict, str]:
    """Judge a run by its points (n+1, d), values (n+1,) and gradient norms (n+1,); never raise.

    ``escaped`` says that the run left all bounds. ``lowest_curvature`` is the smallest eigenvalue of the
    Hessian at its end, which tells a saddle from a minimum, and ``to_go`` the distance from there to the
    minimum, as the Hessian has it. The first of the rules to hold decides.
    """
    run = _Run(points, values, gradient_norms, escaped, lowest_curvature, to_go)
    with np.errstate(all="ignore"):
        for verdict, rule in RULES:
            if reason := rule(run):
                return verdict, f"{verdict.capitalize()}: {reason}."
        return Verdict.CRAWLING, f"Crawling: {_crawling(run)}."


@dataclass(frozen=True, eq=False)
class _Run:
    points: Array
    values: Array
    slopes: Array
    escaped: bool
    lowest_curvature: float
    to_go: float

    @property
    def steps(self) -> int:
        return len(self.points) - 1

    @property
    def quarter(self) -> int:
        """A quarter of the steps, and at least one."""
        return max(1, self.steps // 4)

    @cached_property
    def moves(self) -> Array:
        return np.diff(self.points, axis=0)

    @cached_property
    def back(self) -> NDArray[np.bool_]:
        """Whether each step but the first turns back on the one before: (n-1,)."""
        return np.asarray(np.sum(self.moves[1:] * self.moves[:-1], axis=-1) < 0.0)

    @cached_property
    def uphill(self) -> NDArray[np.bool_]:
        """Whether each step but the first goes uphill: (n-1,)."""
        return np.diff(self.values)[1:] > 0.0

    @property
    def ahead(self) -> float:
        """The share of the way to the minimum that is still ahead."""
        way = np.linalg.norm(self.points[-1] - self.points[0], axis=-1)
        return float(self.to_go / (self.to_go + way))


def _escaped(run: _Run) -> str:
    if run.escaped and run.steps <= 1:
        return "the very first step throws it off the map"
    if run.escaped:
        return f"the jumps grow, and step {run.steps} throws it off the map for good"
    return "" if np.isfinite(run.values).all() else "the loss is no longer a number"


def _at_saddle(run: _Run) -> str:
    saddle = _arrived(run) and run.lowest_curvature < -FLAT
    return "the slope is zero, but this is a saddle and no minimum" if saddle else ""


def _arrived(run: _Run) -> str:
    there = run.slopes[-1] <= SETTLED * run.slopes[0]
    return "the slope has all but vanished; it has arrived" if there else ""


def _rising(run: _Run) -> str:
    """Look for late steps that all jump across and uphill, or climb to more than twice the old heights."""
    late = run.quarter
    jumps = (run.back & run.uphill)[-late:]
    heights = run.values - run.values.min()
    if run.steps > 1 and (jumps.all() or heights[-late:].max() > 2.0 * heights[:-late].max()):
        return "the loss is rising, and the steps grow with it"
    return ""


def _frozen(run: _Run) -> str:
    lengths = np.linalg.norm(run.moves, axis=-1)
    still = lengths[-run.quarter :].sum() <= FROZEN * lengths.sum()
    return "the steps have shrunk to nothing, short of a minimum" if still else ""


def _restless(run: _Run) -> str:
    """Look for late steps that turn back on the one before, or go uphill."""
    half = len(run.back) // 2
    back, restless = run.back[half:], (run.back | run.uphill)[half:]
    if not restless.size or restless.mean() < RESTLESS:
        return ""
    motion = "hops from wall to wall" if back.mean() >= RESTLESS else "swings to and fro"
    calming = run.slopes[-1] <= 0.5 * run.slopes[run.steps // 2]
    return f"it {motion}, {'less and less far' if calming else 'and does not settle'}"


def _nearing(run: _Run) -> str:
    return "it comes down and keeps closing in on the minimum" if run.ahead <= NEAR else ""


def _crawling(run: _Run) -> str:
    if np.isfinite(run.ahead):
        return (
            f"after {run.steps:,} steps about {100 * run.ahead:.0f} % of the way to the minimum is still ahead"
        )
    return "its steps are too short to bring it near a minimum"


RULES: tuple[tuple[Verdict, Callable[[_Run], str]], ...] = (
    (Verdict.DIVERGING, _escaped),
    (Verdict.STALLED, _at_saddle),
    (Verdict.CONVERGING, _arrived),
    (Verdict.DIVERGING, _rising),
    (Verdict.STALLED, _frozen),
    (Verdict.OSCILLATING, _restless),
    (Verdict.CONVERGING, _nearing),
)
"""Each rule gives the reason for its verdict, or nothing if it doesn't hold."""
