"""Schedules that fall by half a cosine, once or again and again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tutor.optim.schedules.base import Schedule, count, rate_of
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping


def cosine(
    rate: float,
    steps: int,
    T_max: int | None,  # noqa: N803
    eta_min: float,
    exponent: float,
) -> Schedule:
    """Match torch's CosineAnnealingLR up to T_max and optax.cosine_decay_schedule throughout.

    From T_max on it holds eta_min, as optax does, where torch would rise again.
    """
    span = T_max or steps

    def at(step: int) -> float:
        if step >= span:
            return eta_min
        return float(eta_min + (rate - eta_min) * (0.5 * (1.0 + math.cos(math.pi * step / span))) ** exponent)

    return at


def _sgdr(rate: float, steps: int, T_0: int | None, T_mult: int, eta_min: float) -> Schedule:  # noqa: N803
    """Match torch's CosineAnnealingWarmRestarts (Loshchilov & Hutter 2017), which restarts for ever.

    optax.sgdr_schedule is the same for as many cycles as it is given.
    """
    first = T_0 or max(1, steps // 3)

    def at(step: int) -> float:
        span = first
        if T_mult == 1:
            step %= first
        while step >= span:
            step -= span
            span *= T_mult
        return eta_min + 0.5 * (rate - eta_min) * (1.0 + math.cos(math.pi * step / span))

    return at


_END = {"eta_min": rate_of("the rate at the end", default=0.0)}

EXPONENT = Parameter(
    "the power of the cosine: the higher, the earlier it falls", low=0.0, high=100.0, default=1.0
)

COSINES: Mapping[str, Entry[Schedule]] = {
    "cosine": Entry(
        cosine,
        "half a cosine, from the rate at step 0 to eta_min at step T_max and ever after",
        {
            "T_max": count("the step that reaches eta_min (one past the run's last)"),
            **_END,
            "exponent": EXPONENT,
        },
    ),
    "sgdr": Entry(
        _sgdr,
        "half a cosine down, then up at once and down again: cosine annealing with warm restarts",
        {
            "T_0": count("the length of the first cycle (a third of the run)"),
            "T_mult": Parameter(
                "how many times as long each next cycle is", low=1, high=100, default=1, whole=True
            ),
            **_END,
        },
    ),
}
