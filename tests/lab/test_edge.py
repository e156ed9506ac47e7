"""The edge of stability on Rosenbrock's valley, against a bare run and the place that algebra gives."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tutor.errors import UsageError
from tutor.lab.edge import floor
from tutor.lab.experiments import instant
from tutor.plots.figure import Curves

EDGE = {"kind": "edge", "objective": "rosenbrock", "start": [-0.5, 0.5], "rate": 0.004, "steps": 1000}


def bare(rate: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """The points (n+1, 2), and the largest eigenvalue at each of them."""
    x, y, points, sharpness = -0.5, 0.5, [], []
    for _ in range(steps + 1):
        points.append((x, y))
        a, b, c = 2 - 400 * (y - x**2) + 800 * x**2, -400 * x, 200.0
        sharpness.append((a + c) / 2 + math.hypot((a - c) / 2, b))
        gx, gy = -2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)
        x, y = x - rate * gx, y - rate * gy
    return np.array(points), np.array(sharpness)


def test_the_sharpness_is_that_of_the_points_two_by_two() -> None:
    made = instant(EDGE).outcome()
    _, sharpness = bare(0.004, 1000)
    assert isinstance(made.figure, Curves)
    (series,) = made.figure.series
    np.testing.assert_allclose(series.y[:200], (sharpness[1:201] + sharpness[:200]) / 2, rtol=1e-6)
    assert made.figure.levels == (500.0,)
    assert made.limit == pytest.approx(2 / 1001.600639)


@pytest.mark.parametrize("rate", [0.003, 0.004, 0.005, 0.006])
def test_it_settles_where_the_sharpness_is_two_over_the_rate(rate: float) -> None:
    made = instant({**EDGE, "steps": 2500}).outcome(rate)
    assert made.verdict.startswith("At the edge: ")
    points, sharpness = bare(rate, 2500)
    place = math.sqrt((2 / rate - 202) / 800)
    assert points[-500:, 0].mean() == pytest.approx(place, rel=0.02)
    assert sharpness[-500:].mean() == pytest.approx(2 / rate, rel=0.02)
    assert floor(rate, 100.0) == pytest.approx(place)


def test_the_place_of_the_facts() -> None:
    assert floor(0.0025, 100.0) == pytest.approx(0.8646, abs=5e-5)
    assert floor(0.02, 100.0) is None


def test_below_the_edge_and_beyond_it() -> None:
    made = instant(EDGE)
    assert made.outcome(0.001).verdict == ("Below the edge: the sharpness has come to 417, under 2/η = 2,000.")
    assert made.outcome(0.1).verdict.startswith("Diverging")
    assert len(made.outcome(0.1).readouts) == 3
    bowl = instant({"kind": "edge", "objective": "quadratic", "rate": 0.1, "steps": 20})
    assert bowl.outcome(0.22).verdict == ("Above the edge: a sharpness of 10 is more than 2/η = 9.09 can bear.")


def test_what_is_refused() -> None:
    with pytest.raises(UsageError, match="steps must be a number from 1 to 4,000"):
        instant({**EDGE, "steps": 5000})
    with pytest.raises(UsageError, match="'objective' is missing"):
        instant({"kind": "edge", "rate": 0.1})
