"""Expressions against the built-in objectives, hand derivatives and Python's own arithmetic."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.optim.objectives import Array, Objective, expression, objective

if TYPE_CHECKING:
    from collections.abc import Callable

    Real = Callable[[float], float]

COORDINATE = st.floats(-3, 3).map(lambda t: round(t, 3))
POINTS = np.random.default_rng(0).uniform(-2, 2, size=(40, 2))


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("(1-x)**2 + 100*(y-x**2)**2", objective("rosenbrock")),
        ("0.5*(x**2 + 50*y**2)", objective("quadratic", kappa=50)),
        ("(x1**2 + 10**0.5*x2**2 + 10*x3**2)/2", objective("quadratic", dimension=3)),
        ("(x*x + 20*(y - .1*x*x)**2)/2", objective("ravine", kappa=20, bend=0.1)),
        ("(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2", objective("beale")),
        ("(x + 2*y - 7)**2 + (2*x + y - 5)**2", objective("booth")),
        ("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", objective("himmelblau")),
        (
            (
                "(1 + (x+y+1)**2*(19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2))"
                "* (30 + (2*x-3*y)**2*(18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))"
            ),
            objective("goldstein-price"),
        ),
        ("(x**4 - 16*x**2 + 5*x + y**4 - 16*y**2 + 5*y) / 2", objective("styblinski-tang")),
        ("20 + x**2 + y**2 - 10*(cos(2*pi*x) + cos(2*pi*y))", objective("rastrigin")),
        ("x**3 - 3*x*y**2", objective("monkey-saddle")),
        ("abs(x) + y**2/2", objective("kink")),
    ],
)
def test_the_built_in_objectives_written_out(text: str, ground: Objective) -> None:
    """In the form of the literature, with the derivatives that those were given by hand."""
    own = objective(text)
    points = np.random.default_rng(1).uniform(-2, 2, size=(40, len(ground.start)))
    for part in ("value", "gradient", "hessian"):
        found, expected = getattr(own, part)(points), getattr(ground, part)(points)
        np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-11 * np.abs(expected).max())


@pytest.mark.parametrize(
    ("text", "slope", "bend"),
    [
        ("sin(x)", math.cos, lambda t: -math.sin(t)),
        ("cos(x)", lambda t: -math.sin(t), lambda t: -math.cos(t)),
        ("tan(x)", lambda t: 1 / math.cos(t) ** 2, lambda t: 2 * math.sin(t) / math.cos(t) ** 3),
        ("exp(x)", math.exp, math.exp),
        ("log(x)", lambda t: 1 / t, lambda t: -1 / t**2),
        ("sqrt(x)", lambda t: 0.5 * t**-0.5, lambda t: -0.25 * t**-1.5),
        ("abs(x)", lambda t: 1.0, lambda t: 0.0),
        ("abs(-x)", lambda t: 1.0, lambda t: 0.0),
        ("tanh(x)", lambda t: 1 / math.cosh(t) ** 2, lambda t: -2 * math.sinh(t) / math.cosh(t) ** 3),
        ("x", lambda t: 1.0, lambda t: 0.0),
        ("-x - -x + +x", lambda t: 1.0, lambda t: 0.0),
        ("x**1", lambda t: 1.0, lambda t: 0.0),
        ("3*x**0", lambda t: 0.0, lambda t: 0.0),
        ("x**2", lambda t: 2 * t, lambda t: 2.0),
        ("x**-1.5", lambda t: -1.5 * t**-2.5, lambda t: 3.75 * t**-3.5),
        ("2**x", lambda t: math.log(2) * 2**t, lambda t: math.log(2) ** 2 * 2**t),
        ("e**-x", lambda t: -math.exp(-t), lambda t: math.exp(-t)),
        ("x**x", lambda t: t**t * (math.log(t) + 1), lambda t: t**t * ((math.log(t) + 1) ** 2 + 1 / t)),
        ("1/x", lambda t: -1 / t**2, lambda t: 2 / t**3),
        ("x/4", lambda t: 0.25, lambda t: 0.0),
        ("(x - 1)/(x + 1)", lambda t: 2 / (t + 1) ** 2, lambda t: -4 / (t + 1) ** 3),
        ("3 - x", lambda t: -1.0, lambda t: 0.0),
        ("x*x*x", lambda t: 3 * t**2, lambda t: 6 * t),
        (
            "sin(x**2)",
            lambda t: 2 * t * math.cos(t * t),
            lambda t: 2 * math.cos(t * t) - 4 * t * t * math.sin(t * t),
        ),
    ],
)
def test_derivatives_by_hand(text: str, slope: Real, bend: Real) -> None:
    ground = expression(f"{text} + y")
    for t in (0.3, 1.0, 2.2):
        point = np.array([t, 0.7])
        np.testing.assert_allclose(ground.gradient(point), [slope(t), 1.0], rtol=1e-12)
        np.testing.assert_allclose(ground.hessian(point), [[bend(t), 0.0], [0.0, 0.0]], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-x**2", -9.0),
        ("2**x**y", 512.0),
        ("x - y - 1", 0.0),
        ("x/y/2", 0.75),
        ("x/y*2", 3.0),
        ("x**-y", 1 / 9),
        ("2*-x", -6.0),
        ("(x)", 3.0),
        (" x\n\t+ y ", 5.0),
        ("x1 * x2", 6.0),
        (".5e1*x", 15.0),
        ("1.*x", 3.0),
        ("1e-3*x", 0.003),
        ("x*pi", 3 * math.pi),
        ("e**x", math.exp(3.0)),
        ("sqrt(x)**2", 3.0),
    ],
)
def test_what_binds_which_as_in_python(text: str, value: float) -> None:
    assert expression(text).value(np.array([3.0, 2.0])) == pytest.approx(value, rel=1e-14)


def test_a_power_of_a_negative_number() -> None:
    """Whole powers have their values; where the power varies, derivatives want a base above 0."""
    cube, power = expression("x**3"), expression("x**y")
    at = np.array([-2.0, 3.0])
    assert cube.value(at) == power.value(at) == -8.0
    np.testing.assert_array_equal(cube.gradient(at), [12.0, 0.0])
    assert np.isnan(power.gradient(at)).all()


def test_what_is_known_of_an_expression() -> None:
    ground = expression("  x**2\n + y**2")
    assert ground.name == "x**2 + y**2"
    assert ground.summary == "function x**2 + y**2"
    assert (ground.minima, ground.minimum_value, ground.noisy) == ((), None, None)
    assert ground.view == ((-5.0, 5.0), (-5.0, 5.0))
    assert ground.start == (-4.0, 2.0)
    assert len(expression("x1 + x7").start) == 7
    assert len(expression("+".join(["x"] * 100)).summary) < 80


@pytest.mark.parametrize("text", ["log(x) + y**2", "sqrt(-y)*x", "x**0.5 + (1 - y)**0.5", "log(2 - x**2)*y"])
def test_it_starts_where_there_is_a_value(text: str) -> None:
    ground = expression(text)
    start = np.array(ground.start)
    assert np.isfinite(ground.value(start))
    assert np.isfinite(ground.gradient(start)).all()


def test_no_warning_escapes_where_there_is_none() -> None:
    ground = expression("log(x)/y + x**y + tan(exp(exp(x)))")
    assert np.isnan(ground.curvatures(np.array([[1.0, 1.0], [-1.0, 0.0]]))[1]).all()
    expression("y**exp(x**2)")  # whose gradient is inf and −inf at once where a run might start
    nowhere = np.array([[-1.0, 0.0], [0.0, 0.0], [1e300, -1e300], [np.nan, np.inf]])
    for function in (ground.value, ground.gradient, ground.hessian):
        assert not np.isfinite(function(nowhere)).all()


@st.composite
def formulas(draw: st.DrawFn, *, smooth: bool, depth: int = 4) -> str:
    """A random formula, fully spelt out with brackets."""
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        number = st.floats(0, 9).map(lambda t: f"{t:.2f}")
        return draw(st.sampled_from(["x", "y", "x", "y", "pi", "e"]) | number)
    inner = formulas(smooth=smooth, depth=depth - 1)
    functions = ["sin", "cos", "tanh", *([] if smooth else ["exp", "log", "sqrt", "abs", "tan"])]
    kind = draw(st.sampled_from(["call", "sign", "power", "two", "two"]))
    if kind == "call":
        return f"{draw(st.sampled_from(functions))}({draw(inner)})"
    if kind == "sign":
        return f"({draw(st.sampled_from('+-'))}{draw(inner)})"
    if kind == "power":
        exponents = ["2", "3"] if smooth else ["2", "3", "0.5", "-1", draw(inner)]
        return f"({draw(inner)})**({draw(st.sampled_from(exponents))})"
    return f"({draw(inner)} {draw(st.sampled_from('+-*' if smooth else '+-*/'))} {draw(inner)})"


@settings(max_examples=80)
@given(formulas(smooth=False), COORDINATE, COORDINATE)
def test_random_formulas_have_the_value_that_python_finds(text: str, x: float, y: float) -> None:
    text = f"x + y + {text}"
    ground = unless_infinite(text)
    try:
        expected = eval(text, {**CALLS, "pi": math.pi, "e": math.e, "x": x, "y": y})  # the test's own text
    except (ArithmeticError, ValueError, TypeError):
        reject()
    assume(isinstance(expected, float) and abs(expected) < 1e6)
    found, nearby = ground.value(np.array([(x, y), (x * (1 + 1e-13), y * (1 - 1e-13))]))
    assume(abs(found - nearby) < 1e-7)  # or it is chaotic, and the last bits decide
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-6)


def unless_infinite(text: str) -> Objective:
    """The expression; no example if a part of it that is constant has no value."""
    try:
        return expression(text)
    except UsageError as error:
        if "finite value" in str(error) or "exponent" in str(error):
            reject()
        raise


def calm(function: Real) -> Real:
    """The function where its last bits don't decide."""

    def guarded(t: float) -> float:
        if abs(t) > 1e3:
            raise ValueError
        return function(t)

    return guarded


CALLS = {
    "abs": abs,
    **{name: calm(getattr(math, name)) for name in ("sin", "cos", "tan", "exp", "log", "sqrt", "tanh")},
}


@settings(max_examples=80)
@given(formulas(smooth=True), COORDINATE, COORDINATE)
def test_random_formulas_have_the_derivatives_that_differences_find(text: str, x: float, y: float) -> None:
    ground, point = expression(f"x*y + {text}"), np.array([x, y])
    gradient, hessian = ground.gradient(point), ground.hessian(point)
    assume(np.abs(gradient).max() < 1e3)
    assume(np.abs(hessian).max() < 1e4)  # or it bends within a step of the differences
    for exact, function in ((gradient, ground.value), (hessian, ground.gradient)):
        coarse, fine = (central(function, point, step) for step in (1e-4, 5e-5))
        size = 1.0 + np.abs(exact).max() + np.abs(function(point)).max()
        assert np.all(np.abs(exact - fine) <= 4.0 * np.abs(coarse - fine) + 1e-8 * size)
    np.testing.assert_array_equal(hessian, hessian.T)
    many = np.array([point, point[::-1], point])
    np.testing.assert_array_equal(ground.hessian(many)[0], hessian)
    np.testing.assert_array_equal(ground.gradient(many)[2], gradient)


def central(function: Callable[[Array], Array], point: Array, step: float) -> Array:
    return np.stack(
        [(function(point + step * axis) - function(point - step * axis)) / (2 * step) for axis in np.eye(2)],
        axis=-1,
    )
