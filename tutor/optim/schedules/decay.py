"""Schedules that only fall, or that only lift a lowered rate."""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING

from tutor.optim.schedules.base import Schedule, count, factor, rate_of
from tutor.optim.tables import Entry, Flag, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping


def constant(rate: float, _steps: int) -> Schedule:
    """Match optax.constant_schedule, for ever."""
    return lambda _: rate


def _constant_factor(rate: float, steps: int, factor: float, total_iters: int | None) -> Schedule:
    """Match torch's ConstantLR, which has the full rate from step ``total_iters`` on."""
    span = max(1, steps // 5) if total_iters is None else total_iters
    return lambda step: rate * factor if step < span else rate


def _step(rate: float, steps: int, step_size: int | None, gamma: float) -> Schedule:
    """Match torch's StepLR, which goes on falling past the end."""
    size = step_size or max(1, steps // 3)
    return lambda step: rate * gamma ** (step // size)


def _multi_step(rate: float, steps: int, milestones: tuple[int, ...] | None, gamma: float) -> Schedule:
    """Match torch's MultiStepLR, which holds after its last milestone; one named twice counts twice."""
    falls = sorted(milestones or (max(1, steps // 2), max(1, 3 * steps // 4)))
    return lambda step: rate * gamma ** bisect_right(falls, step)


def _linear(
    rate: float, steps: int, start_factor: float, end_factor: float, total_iters: int | None
) -> Schedule:
    """Match torch's LinearLR and optax.linear_schedule, which hold from step ``total_iters`` on."""
    span = total_iters or steps
    rise = end_factor - start_factor
    return lambda step: rate * (start_factor + rise * min(step, span) / span)


def _polynomial(
    rate: float, steps: int, *, total_iters: int | None, power: float, end_value: float, transition_begin: int
) -> Schedule:
    """Match optax.polynomial_schedule, and by default torch's PolynomialLR; both hold their last rate."""
    span = total_iters or max(1, steps - transition_begin)

    def at(step: int) -> float:
        left = 1.0 - min(max(step - transition_begin, 0), span) / span
        return float(end_value + (rate - end_value) * left**power)

    return at


def exponential(
    rate: float,
    _steps: int,
    gamma: float,
    transition_steps: int,
    transition_begin: int,
    *,
    staircase: bool,
    end_value: float,
) -> Schedule:
    """Match torch's ExponentialLR by default, and optax.exponential_decay; both go on falling."""

    def at(step: int) -> float:
        fallen = max(step - transition_begin, 0) / transition_steps
        return max(end_value, rate * gamma ** (math.floor(fallen) if staircase else fallen))

    return at


def _inverse_sqrt(rate: float, _steps: int, warmup_steps: int) -> Schedule:
    """η/√t with t = step + 1 (Zinkevich 2003); with a warmup of w steps η·min(t/w, √(w/t)).

    That is the schedule of the Transformer (Vaswani et al. 2017, equation 3), scaled to a peak of η. It
    goes on falling past the end.
    """
    return lambda step: rate * min((step + 1) / warmup_steps, math.sqrt(warmup_steps / (step + 1)))


EXPONENTIAL: Mapping[str, Parameter | Flag] = {
    "gamma": factor("the factor of each fall", default=0.95),
    "transition_steps": count("how many steps a fall takes", default=1),
    "transition_begin": count("how many steps to wait before it falls", default=0, low=0),
    "staircase": Flag("whether to fall at the end of each transition_steps instead of evenly"),
    "end_value": rate_of("the rate at which it stops falling", default=0.0),
}

DECAYS: Mapping[str, Entry[Schedule]] = {
    "constant": Entry(constant, "the same rate at every step"),
    "constant-factor": Entry(
        _constant_factor,
        "a share of the rate for the first total_iters steps, then the rate",
        {
            "factor": factor("the share of the rate", default=1 / 3),
            "total_iters": count("the step that has the full rate (a fifth of the run)", low=0),
        },
    ),
    "step": Entry(
        _step,
        "a staircase: times gamma after every step_size steps",
        {
            "step_size": count("the length of a stair (a third of the run)"),
            "gamma": factor("the factor from stair to stair", default=0.1),
        },
    ),
    "multi-step": Entry(
        _multi_step,
        "a staircase: times gamma at each of the milestones",
        {
            "milestones": Parameter(
                "the steps at which it falls (half and three quarters of the run)",
                low=0,
                high=1_000_000,
                whole=True,
                many=True,
            ),
            "gamma": factor("the factor from stair to stair", default=0.1),
        },
    ),
    "linear": Entry(
        _linear,
        "a straight line from start_factor to end_factor times the rate, then level",
        {
            "start_factor": Parameter("the share of the rate at step 0", low=1e-12, high=1.0, default=1 / 3),
            "end_factor": factor("the share of the rate at step total_iters", default=1.0),
            "total_iters": count("the step that reaches end_factor (one past the run's last)"),
        },
    ),
    "exponential": Entry(exponential, "times gamma after every step", EXPONENTIAL),
    "polynomial": Entry(
        _polynomial,
        "a power of what is left of the way down to end_value: straight for power 1",
        {
            "total_iters": count("how many steps the way down takes (what is left of the run)"),
            "power": Parameter("the power", low=0.0, high=100.0, default=1.0),
            "end_value": rate_of("the rate at the end", default=0.0),
            "transition_begin": count("how many steps to wait before it falls", default=0, low=0),
        },
    ),
    "inverse-sqrt": Entry(
        _inverse_sqrt,
        "one over the square root of the step's number: the classical rate for noisy gradients",
        {"warmup_steps": count("how many steps it rises first; its peak is the rate", default=1)},
    ),
}
