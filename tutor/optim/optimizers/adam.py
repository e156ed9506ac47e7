"""Adam and its family: averages of the slope and of its square, corrected for their start at 0."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.optimizers.base import Here, Optimizer, State
from tutor.optim.optimizers.row import EPS, WEIGHT_DECAY, row, share
from tutor.optim.tables import Entry, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.objectives import Array


def frozen_limit(beta1: float) -> float:
    """Find the largest stable η × preconditioned sharpness of Adam: (2+2β₁)/(1−β₁), 38 at β₁ = 0.9.

    The preconditioner is held still, and the sharpness is the largest curvature of P⁻¹H with P = √v̂ + ε
    (Cohen et al. 2022, arXiv 2207.14484). It is no ``Optimizer.stable``, since P moves with the run.
    """
    return (2.0 + 2.0 * beta1) / (1.0 - beta1)


def _start(points: Array) -> State:
    return 0, np.zeros_like(points), np.zeros_like(points)


def _averages(gradient: Array, mean: Array, square: Array, beta1: float, beta2: float) -> tuple[Array, Array]:
    """Take in a gradient: the averages of slope and squared slope, each (…, d)."""
    mean = mean + (1.0 - beta1) * (gradient - mean)
    square = beta2 * square + (1.0 - beta2) * (gradient * gradient)
    return mean, square


def _adam(beta1: float, beta2: float, eps: float, *, weight_decay: float = 0.0) -> Optimizer:
    """Adam: x ← x − η·m̂/(√v̂ + ε) with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ) (Kingma & Ba 2015), as in torch.

    The first step is η·sign(g). AdamW's ``weight_decay`` λ adds −η·λ·x, undivided (Loshchilov & Hutter 2019).
    """

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        steps, mean, square = state
        steps += 1
        mean, square = _averages(here.gradient, mean, square, beta1, beta2)
        size = np.sqrt(square)
        size *= (1.0 - beta1**steps) / sqrt(1.0 - beta2**steps)
        size += (1.0 - beta1**steps) * eps
        step = mean / size
        if weight_decay:
            step += weight_decay * here.points
        step *= -rate
        return step, (steps, mean, square)

    return Optimizer(_start, update)


def _amsgrad(beta1: float, beta2: float, eps: float) -> Optimizer:
    """Adam with the largest v so far in place of v (Reddi, Kale & Kumar 2018), as in torch."""

    def init(points: Array) -> State:
        return (*_start(points), np.zeros_like(points))

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        steps, mean, square, most = state
        steps += 1
        mean, square = _averages(here.gradient, mean, square, beta1, beta2)
        most = np.maximum(most, square)
        size = np.sqrt(most) / sqrt(1.0 - beta2**steps) + eps
        return -rate / (1.0 - beta1**steps) * (mean / size), (steps, mean, square, most)

    return Optimizer(init, update)


def _adamax(beta1: float, beta2: float, eps: float) -> Optimizer:
    """Adamax: x ← x − η·m̂/u with u ← max(β₂·u, |g| + ε) (Kingma & Ba 2015, algorithm 2), as in torch."""

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        steps, mean, size = state
        steps += 1
        mean = mean + (1.0 - beta1) * (here.gradient - mean)
        size = np.maximum(beta2 * size, np.abs(here.gradient) + eps)
        return -rate / (1.0 - beta1**steps) * (mean / size), (steps, mean, size)

    return Optimizer(_start, update)


def _nadam(beta1: float, beta2: float, eps: float, momentum_decay: float) -> Optimizer:
    """Adam with Nesterov's look ahead and β₁ warmed up, μₜ = β₁(1 − ½·0.96^(t·ψ)) (Dozat 2016), as in torch."""

    def mu(step: int) -> float:
        warmth: float = 0.96 ** (step * momentum_decay)
        return beta1 * (1.0 - 0.5 * warmth)

    def init(points: Array) -> State:
        return (*_start(points), 1.0)

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        steps, mean, square, product = state
        steps += 1
        mean, square = _averages(here.gradient, mean, square, beta1, beta2)
        now, ahead = mu(steps), mu(steps + 1)
        product *= now
        blend = (1.0 - now) / (1.0 - product) * here.gradient + ahead / (1.0 - product * ahead) * mean
        size = np.sqrt(square / (1.0 - beta2**steps)) + eps
        return -rate * (blend / size), (steps, mean, square, product)

    return Optimizer(init, update)


def _radam(beta1: float, beta2: float, eps: float) -> Optimizer:
    """Adam, rectified once v can be trusted, and η·m̂ until then (Liu et al. 2020), as in torch."""
    longest = 2.0 / (1.0 - beta2) - 1.0

    def update(here: Here, state: State, rate: Array | float) -> tuple[Array, State]:
        steps, mean, square = state
        steps += 1
        mean, square = _averages(here.gradient, mean, square, beta1, beta2)
        step = -rate / (1.0 - beta1**steps) * mean
        correction = 1.0 - beta2**steps
        length = longest - 2.0 * steps * beta2**steps / correction
        if length > 5.0:
            share = (length - 4.0) * (length - 2.0) * longest / ((longest - 4.0) * (longest - 2.0) * length)
            step = step * (sqrt(share * correction) / (np.sqrt(square) + eps))
        return step, (steps, mean, square)

    return Optimizer(_start, update)


_ADAM = {
    "beta1": share("the weight of the past in the average slope", 0.9),
    "beta2": share("the weight of the past in the average squared slope", 0.999),
    "eps": EPS,
}

ROWS: Mapping[str, Entry[Optimizer]] = {
    "adam": row(_adam, "an average slope, divided by its recent size: steps of about η", _ADAM, decays=True),
    "amsgrad": row(_amsgrad, "Adam, dividing by the largest size so far", _ADAM, decays=True),
    "adamw": row(
        _adam,
        "Adam, with a pull to 0 that is not divided",
        {
            **_ADAM,
            "weight_decay": replace(WEIGHT_DECAY, about="the pull λ: a step of η·λ·x to 0", default=0.01),
        },
    ),
    "adamax": row(_adamax, "Adam, dividing by the largest recent slope", _ADAM, decays=True),
    "nadam": row(
        _nadam,
        "Adam with Nesterov's look ahead",
        {
            **_ADAM,
            "momentum_decay": Parameter("how fast the momentum warms up", low=0.0, high=1.0, default=4e-3),
        },
        decays=True,
    ),
    "radam": row(_radam, "Adam, without dividing until it knows the size well", _ADAM, decays=True),
}
