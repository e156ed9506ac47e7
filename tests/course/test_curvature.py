"""Curvature: factors, best rates and the price of a ravine, by runs and by another formula."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.course.bundled import asked, fates, shown
from tests.course.proof import computes, defines, settles
from tutor.optim.descend import descend, descend_many
from tutor.optim.objectives import objective
from tutor.optim.verdict import Verdict
from tutor.plots.figure import Contour

CARD = "curvature"
HIMMELBLAU = objective("himmelblau")

defines("ratio-of-curvatures", "a name that the card defines")


@settles("one-over-h")
def test_where_a_step_of_one_over_h_ends() -> str:
    for h in (1.0, 4.0, 25.0):
        run = descend(objective("quadratic", kappa=h), 1 / h, start=(0, 3), steps=1)
        assert run.points[1, 1] == 0.0
    longest = descend_many(objective("quadratic", kappa=1), [1.0, 1.9, 2.1], start=(3, 1), steps=100)
    assert [run.verdict is Verdict.DIVERGING for run in longest] == [False, False, True]
    return "ends on the bottom"


@settles("two-axes")
def test_the_two_factors() -> set[str]:
    x, y = descend(objective("quadratic", kappa=10), 0.15, start=(-4, 1.5), steps=20).points.T
    found = {
        "$x$ changes sides": bool((x[1:] * x[:-1] < 0).all()),
        "$y$ changes sides": bool((y[1:] * y[:-1] < 0).all()),
        "$y$ grows": bool(abs(y[-1]) > abs(y[0])),
        "$x$ takes longer": bool(abs(x[-1] / x[0]) > abs(y[-1] / y[0])),
    }
    assert abs(x[10] / x[0]) == pytest.approx(0.2, abs=0.005)
    assert abs(y[10] / y[0]) == pytest.approx(0.001, abs=5e-5)
    return {phrase for phrase, holds in found.items() if holds}


@settles("best-constant")
def test_the_best_of_many_rates_shrinks_both_axes_alike() -> str:
    kappa = 10.0
    rates = np.linspace(0.05, 0.2, 301)
    runs = descend_many(objective("quadratic", kappa=kappa), rates, start=(1, 1), steps=300)
    best = min(runs, key=lambda run: float(np.abs(run.points[-1]).max()))
    assert best.rates[0] == pytest.approx(2 / (kappa + 1), rel=5e-3)
    left = np.abs(descend(objective("quadratic", kappa=kappa), 2 / (kappa + 1), start=(1, 1), steps=40).points)
    np.testing.assert_allclose(left[:, 0], left[:, 1], rtol=1e-9)
    return "shrink equally fast"


@computes("half-as-narrow")
def test_steps_to_a_millionth_counted() -> float:
    run = descend(objective("quadratic", kappa=40), 2 / 41, start=(1, 1), steps=400)
    return int((np.abs(run.points).max(axis=-1) <= 1e-6).argmax())


@settles("unequally-sharp")
def test_it_is_the_sharpness_that_unsettles() -> str:
    """The start and the lowest value are no better where it settles; half the rate settles everywhere."""
    settled = {}
    for minimum in HIMMELBLAU.minima:
        run = descend(HIMMELBLAU, 0.02, start=np.array(minimum) + 0.01, steps=2000)
        settled[HIMMELBLAU.sharpness(np.array(minimum))] = run.verdict is Verdict.CONVERGING
        assert HIMMELBLAU.curvatures(np.array(minimum))[0] > 0.0
        half = descend(HIMMELBLAU, 0.01, start=np.array(minimum) + 0.01, steps=2000)
        assert half.verdict is Verdict.CONVERGING
    assert [settled[sharpness] for sharpness in sorted(settled)] == [True, True, False, False]
    assert fates(asked("unequally-sharp")) == ["Oscillating"]
    return "the second is sharper"


def test_the_round_bowl_of_the_text() -> None:
    made = shown(CARD, 1)
    assert fates(made, 0.5, 1.0, 1.5, 2.0) == ["Converging", "Converging", "Converging", "Oscillating"]
    assert "loss 9.12 → 0" in made.outcome(1.0).readouts


def test_one_rate_serves_two_axes() -> None:
    made = shown(CARD, 2)
    figure = made.outcome().figure
    assert isinstance(figure, Contour)
    x, y = figure.paths[0].points.T
    assert x[1:] / x[:-1] == pytest.approx(1 - 0.09)
    assert (y[1:] * y[:-1] < 0).all()
    assert fates(made, 0.02, 0.1, 0.2) == ["Crawling", "Oscillating", "Diverging"]


def test_the_price_of_a_ravine() -> None:
    for rate, steps in ((2 / 101, 691), (0.01, 1375), (0.001, 13_809)):
        slow = max(abs(1 - rate), abs(1 - 100 * rate))
        assert math.ceil(math.log(1e-6) / math.log(slow)) == steps
    for kappa in (50, 100, 200, 400):
        rates = [math.log(1e-6) / math.log((k - 1) / (k + 1)) for k in (kappa, kappa / 2)]
        assert rates[0] / rates[1] == pytest.approx(2, rel=0.01)
    told = shown(CARD, 3).outcome().readouts
    losses = [float(each.rpartition(" ")[2].replace("×10⁻⁶", "e-6")) for each in told]
    assert losses[0] > 1e3 * losses[1] > 1e5 * losses[2]
    assert "C diverges" in shown(CARD, 3).outcome(0.02).verdict


def test_four_minima_four_limits() -> None:
    limits = [2 / HIMMELBLAU.sharpness(np.array(minimum)) for minimum in HIMMELBLAU.minima]
    assert limits == pytest.approx([0.0243, 0.0248, 0.0149, 0.0190], abs=5e-5)
    assert max(HIMMELBLAU.value(np.array(HIMMELBLAU.minima))) < 1e-12
    assert fates(shown(CARD, 4), 0.01, 0.02) == ["Converging", "Oscillating"]
