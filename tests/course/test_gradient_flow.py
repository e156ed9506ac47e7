"""The gradient flow: what its methods do, by their own steps and by polynomials."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.course.anew import constant, gone, path
from tests.course.bundled import asked, shown
from tests.course.proof import computes, defines, redraws, settles
from tests.lab.predict.drawn import right
from tutor.optim.descend import descend
from tutor.optim.flow import flow
from tutor.optim.objectives import objective
from tutor.plots.figure import Contour

if TYPE_CHECKING:
    from tests.course.proof import Array
    from tutor.lab.predict.instance import Instance

CARD = "gradient-flow"
ROUND = objective("quadratic", kappa=1)

defines("limits-that-stay", "a name that the card defines")


def factor(method: str, size: float) -> float:
    """By which one step of h·λ = ``size`` multiplies x on x' = −λx."""
    made = flow(ROUND, (1.0, 0.0), step=size, time=size, method=method)
    return float(made.points[-1, 0])


@settles("what-descent-integrates")
def test_which_method_descent_is() -> str:
    ravine = objective("ravine", kappa=20, bend=0.1)
    run = descend(ravine, 0.03, start=(-4, 2.4), steps=50).points
    names = {
        "euler": "explicit Euler",
        "implicit-euler": "implicit Euler",
        "midpoint": "midpoint",
        "rk4": "flow",
    }
    same = [
        phrase
        for method, phrase in names.items()
        if np.array_equal(flow(ravine, (-4, 2.4), step=0.03, time=1.5, method=method).points, run)
    ]
    (found,) = same
    return found


@pytest.mark.parametrize("step", [0.05, 0.1, 0.2])
def test_the_second_figure_shows_the_gap_of_rk4_even_where_it_is_tiny(step: float) -> None:
    times = step * np.arange(round(3 / step) + 1)[:, None]
    truth = np.array([-4.0, 1.5]) * np.exp(-np.array([1.0, 3.0]) * times)
    steps = flow(objective("quadratic", kappa=3), (-4.0, 1.5), step=step, time=3.0, method="rk4").points
    (told,) = (each for each in shown(CARD, 2).outcome(step).readouts if each.startswith("C rk4"))
    base, _, exponent = told.rpartition("≤ ")[2].partition("×10⁻")
    gap = float(base) * 10.0 ** -int("⁰¹²³⁴⁵⁶⁷⁸⁹".index(exponent) if exponent else 0)
    assert gap == pytest.approx(np.linalg.norm(steps - truth, axis=1).max(), rel=0.05)


@computes("order-four")
def test_the_gap_of_rk4_at_half_the_step() -> float:
    gaps = [
        abs(flow(ROUND, (1.0, 0.0), step=h, time=1.0, method="rk4").points[-1, 0] - math.exp(-1.0))
        for h in (0.02, 0.01)
    ]
    return 0.0032 * float(gaps[1] / gaps[0])


def limit_of_rk4() -> float:
    """The root of |1 − z + z²/2 − z³/6 + z⁴/24| = 1 (Hairer & Wanner, chapter IV.2)."""
    roots = np.roots([1 / 24, -1 / 6, 1 / 2, -1, 0])
    return max(float(root.real) for root in roots if abs(root.imag) < 1e-12)


@computes("rk4-limit")
def test_rk4s_limit_as_a_root_of_its_polynomial() -> float:
    return limit_of_rk4() / 50.0


@redraws("longest-step")
def check_longest_step(instance: Instance, run: dict[str, Any], scales: Array) -> None:
    limit = {"sgd": 2.0, "midpoint": 2.0, "rk4": limit_of_rk4()}[run["optimizer"]] / run["param"]["kappa"]
    assert right(instance) == pytest.approx(limit)
    around = constant(limit * np.array([0.95, 1.05]), run["steps"])
    assert gone(run, path(run, run["optimizer"], around)).tolist() == [False, True]


@settles("stable-at-ten")
def test_which_methods_shrink_at_ten() -> set[str]:
    names = {
        "implicit-euler": "implicit Euler",
        "midpoint": "midpoint",
        "rk4": "RK4",
        "trapezoid": "trapezoid",
        "euler": "explicit Euler",
    }
    factors = {method: factor(method, 10.0) for method in names}
    assert factors["midpoint"] == pytest.approx(41)
    assert factors["euler"] == pytest.approx(-9)
    assert factors["trapezoid"] == pytest.approx(-4 / 6)
    assert "C" not in asked("stable-at-ten").outcome().verdict.partition("thrown")[2]
    return {phrase for method, phrase in names.items() if abs(factors[method]) < 1}


@settles("oversized-step")
def test_the_flow_never_crosses_the_floor() -> str:
    for kappa in (5, 20, 200):
        wall = flow(objective("quadratic", kappa=kappa), (-3, 2), step=0.1 / kappa, time=1.0).points[:, 1]
        assert (wall > 0).all()
        assert (np.diff(wall) < 0).all()
    figure = asked("oversized-step").outcome().figure
    assert isinstance(figure, Contour)
    steps, smooth = (path.points[:, 1] for path in figure.paths)
    assert (steps < 0).any()
    assert (smooth > 0).all()
    return "from one side only"


def test_time_takes_the_place_of_counting() -> None:
    for rate in (0.01, 0.005):
        run = descend(ROUND, rate, start=(1, 0), steps=round(2.0 / rate))
        assert run.points[-1, 0] == pytest.approx(math.exp(-2), rel=0.02)
    assert math.exp(-6.9) == pytest.approx(1e-3, rel=0.01)


@pytest.mark.parametrize(("method", "share"), [("euler", 2), ("midpoint", 4), ("rk4", 16)])
def test_the_order_of_the_methods(method: str, share: float) -> None:
    exact = math.exp(-1.0)
    gaps = [
        abs(flow(ROUND, (1.0, 0.0), step=h, time=1.0, method=method).points[-1, 0] - exact)
        for h in (0.05, 0.025)
    ]
    assert gaps[0] / gaps[1] == pytest.approx(share, rel=0.06)


@pytest.mark.parametrize(("method", "limit"), [("euler", 2.0), ("midpoint", 2.0), ("rk4", 2.785)])
def test_explicit_limits(method: str, limit: float) -> None:
    assert abs(factor(method, limit - 0.01)) < 1 < abs(factor(method, limit + 0.01))


@pytest.mark.parametrize("size", [0.1, 1.0, 10.0, 1000.0])
def test_implicit_factors(size: float) -> None:
    assert factor("implicit-euler", size) == pytest.approx(1 / (1 + size), rel=1e-6)
    assert factor("trapezoid", size) == pytest.approx((1 - size / 2) / (1 + size / 2), rel=1e-6)


def test_implicit_euler_is_the_proximal_step() -> None:
    ravine, here, h = objective("ravine", kappa=20, bend=0.1), np.array([-4.0, 2.4]), 0.05
    there = flow(ravine, (-4.0, 2.4), step=h, time=h, method="implicit-euler").points[1]

    def price(point: np.ndarray) -> float:
        return float(ravine.value(point) + (point - here) @ (point - here) / (2 * h))

    around = [price(there + 0.01 * np.array([math.cos(a), math.sin(a)])) for a in np.linspace(0, 6.2, 30)]
    assert price(there) < min(around)


def test_what_the_figures_show() -> None:
    assert shown(CARD, 1).outcome(0.01).verdict.startswith("Close")
    assert shown(CARD, 1).outcome(0.1).verdict.startswith("Diverging")
    assert shown(CARD, 2).outcome().verdict == "A strays from the flow, B and C hug the flow."
    assert "A is thrown off the map, B strays" in shown(CARD, 3).outcome(0.12).verdict
    assert "All are thrown off" in shown(CARD, 3).outcome(0.2).verdict
    implicit = shown(CARD, 4).outcome(5.0)
    assert "thrown" not in implicit.verdict
    assert shown(CARD, 4).outcome().limit is None
    figure = shown(CARD, 4).outcome().figure
    assert isinstance(figure, Contour)
    euler, trapezoid = (path.points[:, 1] for path in figure.paths[:2])
    assert (euler > 0).all()
    assert (trapezoid[1:] * trapezoid[:-1] < 0).all()  # it rings
