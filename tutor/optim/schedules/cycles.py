"""Schedules that rise and fall, as torch has them."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.optim.schedules.base import Schedule, count, factor, rate_of
from tutor.optim.tables import Choice, Entry, Flag, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping


def _cyclic(
    rate: float,
    steps: int,
    *,
    base_lr: float | None,
    step_size_up: int | None,
    step_size_down: int | None,
    mode: str,
    gamma: float,
) -> Schedule:
    """Match torch's CyclicLR (Smith 2017) with max_lr = the rate; it goes on for ever, as torch's does."""
    low = rate / 4.0 if base_lr is None else base_lr
    up = step_size_up or max(1, steps // 6)
    down = step_size_down or up

    def at(step: int) -> float:
        cycle, place = divmod(step, up + down)
        height = place / up if place <= up else (up + down - place) / down
        shrunk = {"triangular": 1.0, "triangular2": 0.5**cycle, "exp_range": gamma**step}[mode]
        return low + (rate - low) * height * shrunk

    return at


def _one_cycle(
    rate: float,
    steps: int,
    *,
    total_steps: int | None,
    pct_start: float,
    anneal_strategy: str,
    div_factor: float,
    final_div_factor: float,
    three_phase: bool,
) -> Schedule:
    """Match torch's OneCycleLR (Smith & Topin 2017) with max_lr = the rate.

    Step total_steps − 1 has the last rate, which it holds: torch turns up again at step total_steps, and
    allows no later one.
    """
    if three_phase and pct_start > 0.5:
        raise UsageError(
            f"with three_phase the fall takes as long as the rise: pct_start up to 0.5, not {pct_start:g}"
        )
    total = total_steps or steps
    first = rate / div_factor
    last = first / final_div_factor
    peak = pct_start * total - 1.0
    knots = [(0.0, first), (peak, rate)]
    if three_phase:
        knots.append((2.0 * pct_start * total - 2.0, first))
    knots.append((total - 1.0, last))

    def at(step: int) -> float:
        for (begin, high), (end, low) in pairwise(knots):
            if step <= end:
                share = (step - begin) / (end - begin) if end > begin else 1.0
                return _between(high, low, share, anneal_strategy)
        return last

    return at


def _between(start: float, end: float, share: float, how: str) -> float:
    if how == "cos":
        return end + (start - end) * 0.5 * (1.0 + math.cos(math.pi * share))
    return start + (end - start) * share


def _part(about: str, default: float) -> Parameter:
    return Parameter(about, low=1.0, high=1e12, default=default)


CYCLES: Mapping[str, Entry[Schedule]] = {
    "cyclic": Entry(
        _cyclic,
        "up and down in straight lines between base_lr and the rate, again and again",
        {
            "base_lr": rate_of("the lowest rate (a quarter of the rate)"),
            "step_size_up": count("how many steps a rise takes (a sixth of the run)"),
            "step_size_down": count("how many steps a fall takes (as many as a rise)"),
            "mode": Choice(
                "all cycles as high, each half as high as the last, or times gamma a step",
                ("triangular", "triangular2", "exp_range"),
                default="triangular",
            ),
            "gamma": factor("the factor of exp_range", default=1.0),
        },
    ),
    "one-cycle": Entry(
        _one_cycle,
        "one rise to the rate and one long fall far below where it began, as torch has it",
        {
            "total_steps": count("the number of steps (the run's)"),
            "pct_start": factor("the share of the steps that rise", default=0.3),
            "anneal_strategy": Choice("cosines or straight lines", ("cos", "linear"), default="cos"),
            "div_factor": _part("the rate over that of step 0", 25.0),
            "final_div_factor": _part("the rate of step 0 over the last one", 1e4),
            "three_phase": Flag("whether to fall to the first rate as fast as it rose, and then on"),
        },
    ),
}
