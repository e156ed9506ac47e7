"""Stochastic gradients: jolts, balances and limits, by chance's own draws and by recursion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.course.bundled import asked, shown
from tests.course.proof import computes, defines, redraws, settles
from tests.lab.predict.drawn import right

if TYPE_CHECKING:
    from tests.course.proof import Array
    from tutor.lab.predict.instance import Instance

CARD = "stochastic-gradients"

defines("never-settles", "a word for what the run does, which the card introduces")


def spread(rate: float, batch: float, *, start: float = 0.0, steps: int = 5000) -> float:
    """The variance on ½x² after many steps, by its recursion: a step makes it (1 − η)²·v + η²/B."""
    variance = start
    for _ in range(steps):
        variance = (1 - rate) ** 2 * variance + rate**2 / batch
    return variance


def limit(dimension: int, batch: int) -> float:
    """Where E‖w‖² stays, by sampling E‖(I − ηH)w‖² = 1 − 2η + η²·E[wᵀH²w] for H the mean of B products xxᵀ."""
    random = np.random.default_rng(3)
    inputs = random.standard_normal((max(40, 6000 // batch), batch, dimension))
    along = np.einsum("nbi,nb->ni", inputs, inputs[:, :, 0]) / batch
    return float(2 / np.mean(np.sum(along**2, axis=-1)))


@settles("what-a-batch-estimates")
def test_batches_average_to_the_gradient() -> str:
    random = np.random.default_rng(0)
    examples = random.normal(2.0, 1.0, size=1000)  # slopes of the examples, whose mean is the gradient
    batches = random.choice(examples, size=(20_000, 8))
    means = batches.mean(axis=1)
    assert means.mean() == pytest.approx(examples.mean(), abs=0.01)
    assert means.var() == pytest.approx(examples.var() / 8, rel=0.05)
    assert 0.4 < (means < examples.mean()).mean() < 0.6
    return "from batch to batch"


@computes("hovering-variance")
def test_the_variance_by_recursion() -> float:
    return spread(0.5, 2)


@settles("quiet-it-down")
def test_what_quiets_a_run() -> set[str]:
    now = spread(0.2, 1, start=4.0)
    later = {
        "half the rate": spread(0.1, 1),
        "more steps": spread(0.2, 1, steps=10_000),
        "four times the size": spread(0.2, 4),
        "twice the rate": spread(0.4, 1),
        "a new start": spread(0.2, 1, start=0.0),
    }
    return {phrase for phrase, variance in later.items() if variance < 0.9 * now}


@computes("linear-scaling")
def test_the_rate_of_the_same_noise() -> float:
    """By bisection, with all rates 200 times smaller, where the rule should be exact."""
    wanted, low, high = spread(0.2 / 200, 128), 0.0, 10.0
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if spread(middle / 200, 1024) < wanted else (low, middle)
    return low


@settles("when-it-saturates")
def test_the_limit_of_large_batches() -> str:
    low, high = (limit(64, batch) for batch in (256, 4096))
    assert low == pytest.approx(1.6, rel=0.04)
    assert high == pytest.approx(1.97, rel=0.02)
    assert "converge" in asked("when-it-saturates").outcome().verdict
    return {True: "hardly grows", False: "grows"}[high < 1.3 * low]


@redraws("which-jitters-more")
def check_factor(instance: Instance, run: dict[str, Any], scales: Array) -> None:
    rates, sizes = run.get("rates", [run.get("rate")] * 2), run.get("batches", [run.get("batch")] * 2)
    before, after = (spread(rate, size) for rate, size in zip(rates, sizes, strict=True))
    assert right(instance) == pytest.approx(after / before, rel=1e-3)


def test_the_balance_of_the_text() -> None:
    assert spread(0.1, 1) == pytest.approx(0.0526, abs=5e-5)
    assert spread(0.1, 4) == pytest.approx(0.0526 / 4, abs=5e-5)
    assert spread(0.4, 4) == pytest.approx(0.0625, abs=5e-5)
    assert shown(CARD, 2).outcome().verdict.endswith("A has 16 times the variance of C, by theory 16.")
    assert "All diverge" in shown(CARD, 2).outcome(2.0).verdict
    assert "0.062" in shown(CARD, 3).outcome().readouts[-1]


@pytest.mark.parametrize(("batch", "rate"), [(1, 0.03), (4, 0.116), (64, 0.99), (256, 1.6)])
def test_the_limits_of_the_text(batch: int, rate: float) -> None:
    assert limit(64, batch) == pytest.approx(rate, rel=0.07)
    assert 2 / (1 + 65 / batch) == pytest.approx(rate, rel=0.02)


def test_the_linear_rule_of_the_text() -> None:
    assert 0.1 * 8192 / 256 == 3.2


def test_what_the_figures_show() -> None:
    assert "A hovers" in shown(CARD, 1).outcome(0.05).verdict or "hover" in shown(CARD, 1).outcome().verdict
    assert shown(CARD, 4).outcome().verdict.startswith("A diverges, B, C and D converge")
    assert shown(CARD, 4).outcome(0.5).verdict.startswith("A, B and C diverge, D converges")
