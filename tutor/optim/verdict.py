"""What became of runs, each in one word and one plain sentence."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tutor.optim.objectives import Array
    from tutor.optim.summary import Summary

    Marks = NDArray[np.bool_]

SETTLED = 1e-6
"""The slope, as a share of the first one, at which a run has arrived."""

NEAR = 0.1
"""The share of the way to the minimum that a converging run has still ahead, at most."""

RESTLESS = 1 / 3
"""The share of late steps which turn back or go uphill that makes a run an oscillating one."""

FROZEN = 1e-9
"""The share of its way that the late steps of a run cover below which it no longer moves."""

FLAT = 1e-9
"""The curvature that counts as none."""

BENT = 0.01
"""The curvature downward that counts short of a saddle, as a share of the first slope over the way made."""

ABOVE = 1e-3
"""The height over the lowest value, as a share of the first one, at which a run ends above the minimum."""


class Verdict(StrEnum):
    """The five ends that a run can come to."""

    CRAWLING = "crawling"
    CONVERGING = "converging"
    OSCILLATING = "oscillating"
    DIVERGING = "diverging"
    STALLED = "stalled"


def judge(seen: Summary) -> NDArray[np.int_]:
    """Find the rule that decides the fate of each run, by its place in RULES: (…). Never raises."""
    with np.errstate(all="ignore"):
        return np.asarray(np.array([holds(seen) for _, holds, _ in RULES]).argmax(axis=0))


def tell(rule: int, seen: Summary) -> tuple[Verdict, str]:
    """Give the verdict on one run by one of the RULES, and say in one sentence why."""
    verdict, _, reason = RULES[rule]
    with np.errstate(all="ignore"):
        return verdict, f"{verdict.capitalize()}: {reason(seen)}."


def tell_escape(steps: int) -> tuple[Verdict, str]:
    """Give the verdict on a run that left all bounds at its last step, and say so."""
    reason = f"the jumps grow, and step {steps} throws it off the map for good"
    if steps <= 1:
        reason = "the very first step throws it off the map"
    return Verdict.DIVERGING, f"Diverging: {reason}."


def _lost(seen: Summary) -> Marks:
    heights = seen.start.highest + seen.half.highest + seen.end.value + seen.end.highest - seen.end.lowest
    return ~np.isfinite(heights)


def _arrived(seen: Summary) -> Marks:
    return seen.end.slope <= SETTLED * seen.start.slope


def _above(seen: Summary) -> Marks:
    """Whether the end is known to lie above the minimum."""
    best = seen.minimum_value
    if best is None:
        return np.zeros_like(seen.end.value, dtype=bool)
    return seen.end.value - best > ABOVE * (seen.start.value - best)


def _at_saddle(seen: Summary) -> Marks:
    return _arrived(seen) & (seen.lowest_curvature < -FLAT)


def _on_flat(seen: Summary) -> Marks:
    return _arrived(seen) & _above(seen) & (seen.lowest_curvature <= FLAT)


def _rising(seen: Summary) -> Marks:
    """Look for late steps that all jump across and uphill, or climb to more than twice the old heights."""
    lowest = np.minimum(np.minimum(seen.start.lowest, seen.half.lowest), seen.end.lowest)
    old = np.maximum(seen.start.highest, seen.half.highest) - lowest
    return seen.end.jumping | ((seen.end.highest - lowest > 2.0 * old) & (seen.steps > 1))


def _frozen(seen: Summary) -> Marks:
    return seen.end.spread <= FROZEN * _way(seen)


def _restless(seen: Summary) -> Marks:
    return seen.end.restless >= RESTLESS


def _why_restless(seen: Summary) -> str:
    motion = "hops from wall to wall" if seen.end.turning >= RESTLESS else "swings to and fro"
    calming = seen.end.slope <= 0.5 * seen.half.slope
    return f"it {motion}, {'less and less far' if calming else 'and does not settle'}"


def _near(seen: Summary) -> Marks:
    return _ahead(seen) <= NEAR


def _bent_down(seen: Summary) -> Marks:
    """Whether the ground falls away along some line at the end, so that what is near is no minimum."""
    return seen.lowest_curvature * _way(seen) < -BENT * seen.start.slope


def _nearing(seen: Summary) -> Marks:
    return _near(seen) & ~_bent_down(seen)


def _crawling(seen: Summary) -> Marks:
    return np.ones_like(seen.to_go, dtype=bool)


def _why_crawling(seen: Summary) -> str:
    if _near(seen) and _bent_down(seen):
        return "it lingers near a saddle, where the slope is small"
    ahead = float(_ahead(seen))
    if np.isfinite(ahead) and not _bent_down(seen):
        made = "1 step" if seen.steps == 1 else f"{seen.steps:,} steps"
        return f"after {made} about {100 * ahead:.0f} % of the way to the minimum is still ahead"
    return "its steps are too short to bring it near a minimum"


def _way(seen: Summary) -> Array:
    return np.asarray(np.linalg.norm(seen.end.point - seen.start.point, axis=-1))


def _ahead(seen: Summary) -> Array:
    """The share of the way to the minimum that is still ahead."""
    return seen.to_go / (seen.to_go + _way(seen))


def _why_arrived(seen: Summary) -> str:
    where = ", at a minimum that is not the lowest" if _above(seen) else ""
    return f"the slope has all but vanished; it has arrived{where}"


RULES: tuple[tuple[Verdict, Callable[[Summary], Marks], Callable[[Summary], str]], ...] = (
    (Verdict.DIVERGING, _lost, lambda _: "the loss is no longer a number"),
    (Verdict.STALLED, _at_saddle, lambda _: "the slope is zero, but this is a saddle and no minimum"),
    (Verdict.STALLED, _on_flat, lambda _: "the slope is zero, but this is flat ground and no minimum"),
    (Verdict.CONVERGING, _arrived, _why_arrived),
    (Verdict.DIVERGING, _rising, lambda _: "the loss is rising, and the steps grow with it"),
    (Verdict.STALLED, _frozen, lambda _: "the steps have shrunk to nothing, short of a minimum"),
    (Verdict.OSCILLATING, _restless, _why_restless),
    (Verdict.CONVERGING, _nearing, lambda _: "it comes down and keeps closing in on the minimum"),
    (Verdict.CRAWLING, _crawling, _why_crawling),
)
"""Verdicts, for which of the runs (…) each holds, and why, of one run. The first to hold decides."""
