"""Schedules that rise first: a straight rise to the rate, and then something else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from tutor.errors import UsageError
from tutor.optim.schedules.base import Schedule, count, rate_of
from tutor.optim.schedules.combine import join
from tutor.optim.schedules.cosine import EXPONENT, cosine
from tutor.optim.schedules.decay import EXPONENTIAL, constant, exponential
from tutor.optim.tables import Choice, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _rise(rate: float, span: int, init_value: float | None) -> Schedule:
    first = rate / (span + 1) if init_value is None else init_value
    return lambda step: first + (rate - first) * step / span


def _warmup(rate: float, steps: int, warmup_steps: int | None, init_value: float | None) -> Schedule:
    """Match optax.warmup_constant_schedule, for ever."""
    span = warmup_steps or max(1, steps // 5)
    return join([_rise(rate, span, init_value), constant(rate, steps)], [span])


def _warmup_cosine(
    rate: float,
    steps: int,
    *,
    warmup_steps: int | None,
    init_value: float | None,
    decay_steps: int | None,
    end_value: float,
    exponent: float,
) -> Schedule:
    """Match optax.warmup_cosine_decay_schedule, which holds its last rate."""
    span = warmup_steps or max(1, steps // 5)
    end = decay_steps or max(steps, span + 1)
    if end <= span:
        raise UsageError(f"decay_steps counts the warmup too: make it more than its {span} steps, not {end}")
    return join([_rise(rate, span, init_value), cosine(rate, steps, end - span, end_value, exponent)], [span])


def _warmup_exponential(
    rate: float, steps: int, warmup_steps: int | None, init_value: float | None, **decay: Any
) -> Schedule:
    """Match optax.warmup_exponential_decay_schedule, which goes on falling."""
    span = warmup_steps or max(1, steps // 5)
    return join([_rise(rate, span, init_value), exponential(rate, steps, **decay)], [span])


def _wsd(
    rate: float,
    steps: int,
    *,
    total_steps: int | None,
    warmup_steps: int | None,
    decay_steps: int | None,
    init_value: float | None,
    end_value: float,
    shape: str,
) -> Schedule:
    """Rise, stay, fall: warmup-stable-decay (Hu et al. 2024); its shapes as in Hägele et al. 2024.

    From step total_steps on it holds end_value.
    """
    total = total_steps or max(steps, 2)
    up = max(1, total // 10) if warmup_steps is None else warmup_steps
    down = decay_steps or max(1, total // 5)
    if up + down > total:
        raise UsageError(
            f"a rise of {up} and a fall of {down} steps do not fit into {total}: make them shorter"
        )
    rise, left = _rise(rate, max(1, up), init_value), SHAPES[shape]

    def at(step: int) -> float:
        if step < up:
            return rise(step)
        fallen = max(step - (total - down), 0) / down
        return end_value + (rate - end_value) * left(min(fallen, 1.0))

    return at


SHAPES: Mapping[str, Callable[[float], float]] = {
    "linear": lambda share: 1.0 - share,
    "sqrt": lambda share: 1.0 - math.sqrt(share),
    "cosine": lambda share: 0.5 * (1.0 + math.cos(math.pi * share)),
}
"""How much of a fall is left after a share of it."""

_RISE = {
    "warmup_steps": count("how many steps the rise takes (a fifth of the run)"),
    "init_value": rate_of("the rate of step 0 (one equal part of the rise)"),
}

WARMUPS: Mapping[str, Entry[Schedule]] = {
    "warmup": Entry(_warmup, "a straight rise to the rate at step warmup_steps, then constant", _RISE),
    "warmup-cosine": Entry(
        _warmup_cosine,
        "a straight rise to the rate, then half a cosine down to end_value at step decay_steps",
        {
            **_RISE,
            "decay_steps": count("the step that reaches end_value (one past the run's last)"),
            "end_value": rate_of("the rate at the end", default=0.0),
            "exponent": EXPONENT,
        },
    ),
    "warmup-exponential": Entry(
        _warmup_exponential,
        "a straight rise to the rate, then times gamma after every step",
        {**_RISE, **EXPONENTIAL},
    ),
    "wsd": Entry(
        _wsd,
        "warmup-stable-decay: a rise, then the rate for most of the run, and a fall at its end",
        {
            "total_steps": count("the step that reaches end_value (one past the run's last)"),
            "warmup_steps": count("how many steps the rise takes (a tenth of total_steps)", low=0),
            "decay_steps": count("how many steps the fall takes (a fifth of total_steps)"),
            "init_value": rate_of("the rate of step 0 (one equal part of the rise)"),
            "end_value": rate_of("the rate at the end", default=0.0),
            "shape": Choice("the fall: a line, one less a square root, or a cosine", tuple(SHAPES), "linear"),
        },
    ),
}
