"""Schedules: the rate as a function of the step, counted from 0.

A run of n steps asks for steps 0 to n − 1; a schedule is defined for every later step too, where it
holds its last rate. None starts at 0, which would waste a step. Arguments have the names of
torch.optim.lr_scheduler (``gamma``, ``step_size``, ``T_max``, ``eta_min``) or, for warmups, of optax.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.optim.tables import Entry, Parameter, make

if TYPE_CHECKING:
    from collections.abc import Mapping

Schedule = Callable[[int], float]


def schedule(name: str, /, *, rate: float, steps: int, **settings: object) -> Schedule:
    """Build the schedule ``name`` of SCHEDULES for a run of ``steps`` at a base rate.

    Raises UsageError on a wrong name or setting.
    """
    return make("schedule", SCHEDULES, name, settings, rate, steps)


def _constant(rate: float, _steps: int) -> Schedule:
    return lambda _: rate


def _step(rate: float, steps: int, step_size: int | None, gamma: float) -> Schedule:
    size = step_size or max(1, steps // 3)
    return lambda step: rate * gamma ** (step // size)


def _exponential(rate: float, _steps: int, gamma: float) -> Schedule:
    return lambda step: rate * gamma**step


def _cosine(rate: float, steps: int, T_max: int | None, eta_min: float) -> Schedule:  # noqa: N803
    span = T_max or steps

    def at(step: int) -> float:
        if step >= span:
            return eta_min
        return eta_min + 0.5 * (rate - eta_min) * (1.0 + math.cos(math.pi * step / span))

    return at


def _warmup(rate: float, steps: int, warmup_steps: int | None, init_value: float | None) -> Schedule:
    span = warmup_steps or max(1, steps // 5)
    first = rate / (span + 1) if init_value is None else init_value
    return lambda step: first + (rate - first) * step / span if step < span else rate


def _warmup_cosine(
    rate: float,
    steps: int,
    *,
    warmup_steps: int | None,
    init_value: float | None,
    decay_steps: int | None,
    end_value: float,
) -> Schedule:
    rise = warmup_steps or max(1, steps // 5)
    end = decay_steps or max(steps, rise + 1)
    if end <= rise:
        raise UsageError(f"decay_steps counts the warmup too: make it more than its {rise} steps, not {end}")
    up = _warmup(rate, steps, rise, init_value)
    down = _cosine(rate, steps, end - rise, end_value)
    return lambda step: up(step) if step < rise else down(step - rise)


def _count(about: str) -> Parameter:
    return Parameter(about, low=1, high=1_000_000, whole=True)


def _rate(about: str, default: float | None = None) -> Parameter:
    return Parameter(about, low=0.0, high=1e6, default=default)


_WARMUP = {
    "warmup_steps": _count("how many steps the rise takes (a fifth of the run)"),
    "init_value": _rate("the rate of step 0 (one equal part of the rise)"),
}

SCHEDULES: Mapping[str, Entry[Schedule]] = {
    "constant": Entry(_constant, "the same rate at every step"),
    "step": Entry(
        _step,
        "a staircase: times gamma after every step_size steps",
        {
            "step_size": _count("the length of a stair (a third of the run)"),
            "gamma": Parameter("the factor from stair to stair", low=0.0, high=1.0, default=0.1),
        },
    ),
    "exponential": Entry(
        _exponential,
        "times gamma after every step",
        {"gamma": Parameter("the factor from step to step", low=0.0, high=1.0, default=0.95)},
    ),
    "cosine": Entry(
        _cosine,
        "half a cosine, from the rate at step 0 to eta_min at step T_max and ever after",
        {
            "T_max": _count("the step that reaches eta_min (one past the run's last)"),
            "eta_min": _rate("the rate at the end", default=0.0),
        },
    ),
    "warmup": Entry(_warmup, "a straight rise to the rate at step warmup_steps, then constant", _WARMUP),
    "warmup-cosine": Entry(
        _warmup_cosine,
        "a straight rise to the rate, then half a cosine down to end_value at step decay_steps",
        {
            **_WARMUP,
            "decay_steps": _count("the step that reaches end_value (one past the run's last)"),
            "end_value": _rate("the rate at the end", default=0.0),
        },
    ),
}
