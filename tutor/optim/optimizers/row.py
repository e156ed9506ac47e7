"""What every rule can be given: gradients clipped by value or by norm, and weight decay where torch has it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.optim.tables import Choice, Entry, Flag, Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.optim.objectives import Array
    from tutor.optim.optimizers.base import Here, Optimizer, State

TORCHS_EPS = 1e-6
"""What torch's clip_grad_norm_ adds to the norm."""

CLIPPING = {
    "clip_norm": Parameter("shorten each gradient to this length (never)", low=1e-9, high=1e9),
    "clip_value": Parameter("cut each entry of a gradient to at most this size (never)", low=1e-9, high=1e9),
}

WEIGHT_DECAY = Parameter("add this times the point to the gradient", low=0.0, high=1e3, default=0.0)

EPS = Parameter("keeps the division from blowing up", low=1e-30, high=1.0, default=1e-8)


def share(about: str, default: float) -> Parameter:
    """Take the weight of the past in a running average: less than 1."""
    return Parameter(about, low=0.0, high=0.999999, default=default)


def row(
    build: Callable[..., Optimizer],
    about: str,
    parameters: Mapping[str, Parameter | Choice | Flag] | None = None,
    *,
    decays: bool = False,
) -> Entry[Optimizer]:
    """Make a row of the table: a rule with its own parameters, and those that every rule has.

    With ``decays`` it takes torch's ``weight_decay``: λ·x added to the (clipped) gradient.
    """
    extra = {"weight_decay": WEIGHT_DECAY} if decays else {}

    def built(*, clip_norm: float | None, clip_value: float | None, **own: Any) -> Optimizer:
        decay = own.pop("weight_decay") if decays else 0.0
        rule = build(**own)
        if decay:
            # the curvature that the rule feels is h + λ, so η·L has no limit of its own
            rule = replace(_seeing(rule, lambda here: here.gradient + decay * here.points), stable=None)
        if clip_norm is not None:
            rule = _seeing(rule, lambda here: shorten(here.gradient, clip_norm))
        if clip_value is not None:
            rule = _seeing(rule, lambda here: np.clip(here.gradient, -clip_value, clip_value))
        return rule

    return Entry(built, about, {**(parameters or {}), **extra, **CLIPPING})


def shorten(gradient: Array, most: float) -> Array:
    """Scale gradients (…, d) down to a norm of about ``most``, as torch.nn.utils.clip_grad_norm_ does."""
    norm = np.sqrt((gradient * gradient).sum(axis=-1, keepdims=True))
    return np.asarray(gradient * np.minimum(most / (norm + TORCHS_EPS), 1.0))


def _seeing(rule: Optimizer, change: Callable[[Here], Array]) -> Optimizer:
    """Let the rule see a changed gradient."""

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        return rule.update(here._replace(gradient=change(here)), state, rate)

    return replace(rule, update=update)
