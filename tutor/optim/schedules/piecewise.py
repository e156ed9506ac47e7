"""Schedules that are given by their values at some steps, as optax has them."""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import accumulate
from operator import mul
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.optim.schedules.base import Schedule, count, factor
from tutor.optim.tables import Choice, Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Jumps = tuple[tuple[int, ...], tuple[float, ...]]


def _piecewise_constant(
    rate: float, steps: int, boundaries: tuple[int, ...] | None, scales: tuple[float, ...] | None
) -> Schedule:
    """Match optax.piecewise_constant_schedule, which holds after the last boundary."""
    bounds, values = _knots(rate, _jumps(steps, boundaries, scales))
    return lambda step: values[bisect_right(bounds, step) - 1]


def _piecewise_interpolate(
    rate: float,
    steps: int,
    boundaries: tuple[int, ...] | None,
    scales: tuple[float, ...] | None,
    interpolate_type: str,
) -> Schedule:
    """Match optax.piecewise_interpolate_schedule, which holds after the last boundary."""
    return _interpolated(rate, _jumps(steps, boundaries, scales), interpolate_type)


def _one_cycle_cosine(
    rate: float,
    steps: int,
    *,
    transition_steps: int | None,
    pct_start: float,
    div_factor: float,
    final_div_factor: float,
) -> Schedule:
    """Match optax.cosine_onecycle_schedule with the rate for peak_value; it holds its last rate."""
    span = transition_steps or steps
    jumps = {int(pct_start * span): div_factor, span: 1.0 / (div_factor * final_div_factor)}
    return _interpolated(rate / div_factor, jumps.items(), "cosine")


def _one_cycle_linear(
    rate: float,
    steps: int,
    *,
    transition_steps: int | None,
    pct_start: float,
    pct_final: float,
    div_factor: float,
    final_div_factor: float,
) -> Schedule:
    """Match optax.linear_onecycle_schedule with the rate for peak_value; it holds its last rate."""
    span = transition_steps or steps
    if pct_final <= pct_start:
        raise UsageError(f"pct_final must be more than the pct_start of {pct_start:g}, not {pct_final:g}")
    jumps = {int(pct_start * span): div_factor, int(pct_final * span): 1.0 / div_factor}
    return _interpolated(rate / div_factor, (jumps | {span: 1.0 / final_div_factor}).items(), "linear")


def _jumps(
    steps: int, boundaries: tuple[int, ...] | None, scales: tuple[float, ...] | None
) -> Iterable[tuple[int, float]]:
    """Pair the boundaries with their scales."""
    bounds = boundaries or (max(1, steps // 3), max(1, 2 * steps // 3))
    factors = scales or (0.1,) * len(bounds)
    if len(bounds) != len(factors):
        raise UsageError(f"give a scale for each boundary: {len(bounds)} of them, not {len(factors)}")
    return zip(bounds, factors, strict=True)


def _knots(first: float, jumps: Iterable[tuple[int, float]]) -> tuple[list[int], list[float]]:
    """Give the steps, from 0, and the values from there on."""
    ordered = sorted(jumps)
    return [0, *(step for step, _ in ordered)], list(
        accumulate((scale for _, scale in ordered), mul, initial=first)
    )


def _interpolated(first: float, jumps: Iterable[tuple[int, float]], how: str) -> Schedule:
    bounds, values = _knots(first, jumps)

    def at(step: int) -> float:
        i = bisect_right(bounds, step) - 1
        if i == len(bounds) - 1:
            return values[-1]
        share = (step - bounds[i]) / (bounds[i + 1] - bounds[i])
        if how == "cosine":
            share = 0.5 * (1.0 - math.cos(math.pi * share))
        return values[i] + (values[i + 1] - values[i]) * share

    return at


_JUMPS = {
    "boundaries": Parameter(
        "the steps at which it has been scaled (a third and two thirds of the run)",
        low=1,
        high=1_000_000,
        whole=True,
        many=True,
    ),
    "scales": Parameter("the factor at each boundary (0.1)", low=0.0, high=1e6, many=True),
}

_CYCLE = {
    "transition_steps": count("the step that has the last rate (one past the run's last)"),
    "pct_start": factor("the share of the steps that rise", default=0.3),
    "div_factor": Parameter("the rate over that of step 0", low=1.0, high=1e12, default=25.0),
    "final_div_factor": Parameter("how far it falls in the end", low=1.0, high=1e12, default=1e4),
}

PIECEWISE: Mapping[str, Entry[Schedule]] = {
    "piecewise-constant": Entry(
        _piecewise_constant, "a staircase: at each boundary times its own scale", _JUMPS
    ),
    "piecewise-interpolate": Entry(
        _piecewise_interpolate,
        "lines or cosines from boundary to boundary, where it has been scaled",
        {
            **_JUMPS,
            "interpolate_type": Choice("straight lines or cosines", ("linear", "cosine"), default="linear"),
        },
    ),
    "one-cycle-cosine": Entry(
        _one_cycle_cosine, "one rise to the rate and one long fall, by cosines, as optax has it", _CYCLE
    ),
    "one-cycle-linear": Entry(
        _one_cycle_linear,
        "one rise to the rate, one fall, and one further, in straight lines, as optax has it",
        {
            **_CYCLE,
            "pct_final": factor("the share of the steps after which it is where it began", default=0.85),
        },
    ),
}
