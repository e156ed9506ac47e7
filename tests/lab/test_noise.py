"""Noise at the bottom of a parabola, against the variance that the covariance itself runs into."""

from __future__ import annotations

import numpy as np
import pytest

from tests.lab.oracles import variance
from tutor.errors import UsageError
from tutor.lab.experiments import instant
from tutor.lab.hovering import Hovering, Setting
from tutor.plots.figure import Curves

NOISE = {"kind": "noise", "batches": [1, 4, 16], "rate": 0.1, "steps": 400}


def levels(rate: float, batch: int, momentum: float = 0.0, h: float = 1.0) -> tuple[float, float]:
    hovering = Hovering(
        (Setting("", 1.0, batch),), h=h, sigma=1.0, momentum=momentum, start=1.0, steps=600, seed=3
    )
    (level,) = hovering.levels(rate, hovering.walks(rate))
    return level.measured, level.theory


@pytest.mark.parametrize(
    ("rate", "batch", "momentum", "value"),
    [(0.1, 1, 0.0, 0.0526316), (0.1, 4, 0.0, 0.0526316 / 4), (0.4, 4, 0.0, 0.0625), (0.1, 1, 0.9, 0.513514)],
)
def test_the_variance_is_that_of_the_formula_and_of_the_facts(
    rate: float, batch: int, momentum: float, value: float
) -> None:
    measured, theory = levels(rate, batch, momentum)
    assert theory == pytest.approx(value, rel=1e-5)
    assert theory == pytest.approx(variance(rate, 1.0, batch, momentum), rel=1e-6)
    assert measured == pytest.approx(theory, rel=0.05)


def test_with_another_curvature_too() -> None:
    measured, theory = levels(0.05, 2, 0.5, h=4.0)
    assert theory == pytest.approx(variance(0.05, 4.0, 2, 0.5), rel=1e-6)
    assert measured == pytest.approx(theory, rel=0.05)


def test_the_walk_is_stochastic_descent_step_by_step() -> None:
    hovering = Hovering(
        (Setting("", 1.0, 4), Setting("", 0.5, 1)), h=2.0, sigma=3.0, momentum=0.5, start=1.0, steps=30, seed=0
    )
    walks = hovering.walks(0.1)
    for n, (rate, batch) in enumerate([(0.1, 4), (0.05, 1)]):
        x, v = 1.0, 0.0
        for step in range(30):
            v = 0.5 * v + 2.0 * x + 3.0 / np.sqrt(batch) * hovering.errors[step, 7]
            x -= rate * v
            assert walks[step + 1, n, 7] == pytest.approx(x)


def test_batches_share_their_noise_so_that_their_ratio_is_exact() -> None:
    made = instant(NOISE).outcome()
    assert made.verdict == "All hover; A has 16 times the variance of C, by theory 16."
    assert made.limit == 2.0
    assert made.readouts[3].startswith("A batch 1: 0.05")
    assert isinstance(made.figure, Curves)
    assert made.figure.levels == pytest.approx((0.0526316, 0.0131579, 0.00328947), rel=1e-4)
    squares = made.figure.series[0].y
    assert squares[0] == 4.0
    assert squares[200:].mean() == pytest.approx(made.figure.levels[0], rel=0.1)


def test_a_rate_is_too_small_to_be_there_or_too_large_to_stay() -> None:
    made = instant(NOISE)
    assert made.outcome(0.001).verdict == "All are still on their way."
    assert made.outcome(5.0).verdict == "All diverge."
    assert made.outcome(5.0).readouts[1] == "η·h = 5 of 2"


def test_rates_keep_their_ratio_and_the_linear_rule_holds_to_first_order_only() -> None:
    made = instant({"kind": "noise", "rates": [0.1, 0.4], "batch": 4, "steps": 400}).outcome()
    assert made.limit == 2.0
    assert made.verdict.endswith("by theory 4.75.")
    turned = instant({"kind": "noise", "rates": [0.1, 0.4], "batch": 4}).outcome(0.2).readouts[3:]
    assert [readout.partition(":")[0] for readout in turned] == ["A η = 0.05", "B η = 0.2"]


def test_one_run_can_be_looked_at() -> None:
    made = instant({**NOISE, "show": "run", "batches": [4]}).outcome()
    assert isinstance(made.figure, Curves)
    (series,) = made.figure.series
    assert series.y[0] == 2.0
    assert 0.05 < series.y[100:].std() < 0.25
    assert made.verdict.startswith("It hovers at a variance of 0.01")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rates": [0.1]}, "give either batches"),
        ({"batches": [0]}, "each of batches must be a number from 1 to 1,024"),
        ({"sigma": 0}, "sigma must be a number"),
        ({"start": 0}, "start must be a number"),
        ({"momentum": 1}, "momentum must be a number from 0 to 0.99"),
        ({"steps": 10_000}, "steps must be a number from 20 to 1,000"),
        ({"show": "loss"}, "unknown figure 'loss'"),
        ({"objective": "quadratic"}, "unknown setting of experiment 'noise' 'objective'"),
    ],
)
def test_what_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        instant({**NOISE, **changes})
