"""What every entry of OBJECTIVES promises; a new one is tested by being there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.optim.flow import flow
from tutor.optim.objectives import OBJECTIVES, Array, Objective, objective
from tutor.optim.tables import Parameter

if TYPE_CHECKING:
    from collections.abc import Callable

every = pytest.mark.parametrize("name", sorted(OBJECTIVES))
few = settings(max_examples=20)


def build(name: str, data: st.DataObject) -> Objective:
    """An objective with parameters drawn from their ranges, of which the far ends are left out."""
    params = {}
    for key, parameter in OBJECTIVES[name].parameters.items():
        assert isinstance(parameter, Parameter)
        low, high = max(parameter.low, -50.0), min(parameter.high, 50.0)
        whole = st.integers(int(low), int(high))
        params[key] = data.draw(whole if parameter.whole else st.floats(low, high), label=key)
    try:
        return objective(name, **params)
    except UsageError:
        reject()


def spot(ground: Objective, data: st.DataObject) -> Array:
    """A point (d,) in the view."""
    sides = [ground.view[i % 2] for i in range(len(ground.start))]
    point = np.array([data.draw(st.floats(low, high)) for low, high in sides])
    assume(ground.name != "kink" or abs(point[0]) > 1e-3)
    return point


def differences(function: Callable[[Array], Array], point: Array, step: float) -> Array:
    """Central differences of function (d,) -> (…) along each coordinate: (…, d)."""
    return np.stack(
        [
            (function(point + step * axis) - function(point - step * axis)) / (2 * step)
            for axis in np.eye(len(point))
        ],
        axis=-1,
    )


def assert_is_derivative(exact: Array, function: Callable[[Array], Array], point: Array) -> None:
    """Compare with differences, whose error is at most about what halving their step changes."""
    step = 1e-4
    coarse, fine = differences(function, point, step), differences(function, point, step / 2)
    rounding = 1e-14 * np.abs(function(point)).max() / step + 1e-9 * (1.0 + np.abs(exact).max())
    assert np.all(np.abs(exact - fine) <= 2.0 * np.abs(coarse - fine) + 10.0 * rounding)


@every
@few
@given(data=st.data())
def test_gradient_and_hessian_match_finite_differences(name: str, data: st.DataObject) -> None:
    ground = build(name, data)
    point = spot(ground, data)
    assert_is_derivative(ground.gradient(point), ground.value, point)
    assert_is_derivative(ground.hessian(point), ground.gradient, point)


@every
@few
@given(data=st.data())
def test_minima_are_minima(name: str, data: st.DataObject) -> None:
    ground = build(name, data)
    values = [float(ground.value(np.array(minimum))) for minimum in ground.minima]
    assert values == sorted(values) or np.ptp(values) < 1e-9
    for place in map(np.array, ground.minima):
        curvatures = ground.curvatures(place)
        if name == "kink":
            assert np.isnan(curvatures).all()
            assert ground.minimum_sharpness(place) is None
        else:
            assert curvatures[0] >= -1e-12 * curvatures[-1]
            assert ground.minimum_sharpness(place) == pytest.approx(curvatures[-1])
            assert np.linalg.norm(ground.gradient(place)) <= 1e-13 * curvatures[-1]
    if ground.minimum_value is None:
        assert not ground.minima
        far = 1e4 * np.array([(-1.0, 0.0), (0.0, 1.0)])
        assert ground.value(far).min() < -1e6
    else:
        assert values[0] == pytest.approx(ground.minimum_value, rel=1e-12, abs=1e-12)
        assert ground.value(spot(ground, data)) >= ground.minimum_value - 1e-12 * abs(ground.minimum_value)


@every
@few
@given(data=st.data())
def test_many_points_at_once_are_the_same_to_the_last_bit(name: str, data: st.DataObject) -> None:
    ground = build(name, data)
    together = np.array([spot(ground, data) for _ in range(data.draw(st.integers(1, 5)))])
    functions = [ground.value, ground.gradient, ground.hessian]
    if noisy := ground.noisy:
        functions.append(lambda points: noisy(points, 7))
    for function in functions:
        alone = np.array([function(point) for point in together])
        np.testing.assert_array_equal(function(together), alone)
        np.testing.assert_array_equal(function(together[None, :, :]), alone[None])
        np.testing.assert_array_equal(function(np.stack([together, together])[:, ::2]), [alone[::2]] * 2)


@every
def test_the_defaults_make_a_picture(name: str) -> None:
    """The gradient flow from the start stays in view and comes down a good part of the way."""
    ground = objective(name)
    (x0, x1), (y0, y1) = ground.view
    for x, y in (*ground.minima, ground.start):
        assert x0 < x < x1
        assert y0 < y < y1
    way = flow(ground, ground.start, step=1e-4, time=0.3)
    x, y = way.points[-1]
    if ground.minima:
        assert x0 < x < x1
        assert y0 < y < y1
    fall = ground.value(way.points[[0, -1]])
    assert fall[1] < fall[0] - 0.01 * abs(fall[0])
    assert "\n" not in ground.summary
    assert len(ground.summary) <= 90


@every
def test_params_build_the_same_again(name: str) -> None:
    ground = objective(name)
    again = objective(name, **ground.params)
    assert (again.name, again.params, again.start) == (name, ground.params, ground.start)
    assert set(ground.params) == set(OBJECTIVES[name].parameters)


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("ravin", {}, "did you mean 'ravine'"),
        ("rosenbrok", {}, "did you mean 'rosenbrock'"),
        ("goldstein_price", {}, "did you mean 'goldstein-price'"),
        ("", {}, "unknown objective"),
        ("ravine", {"kapa": 3}, "did you mean 'kappa'"),
        ("ravine", {"kappa": float("nan")}, "must be a number from 1 to 1,000,000, not nan"),
        ("ravine", {"kappa": float("inf")}, "not inf"),
        ("ravine", {"kappa": 0.5}, "not 0.5"),
        ("ravine", {"kappa": 10**400}, "must be a number from"),
        ("quadratic", {"kappa": "ten"}, "not 'ten'"),
        ("quadratic", {"kappa": True}, "not True"),
        ("quadratic", {"dimension": 2.5}, "must be a whole number from 2 to 100"),
        ("quadratic", {"dimension": 101}, "from 2 to 100, not 101"),
        ("booth", {"kappa": 2}, "takes no parameters"),
        ("linear-regression", {"batch": 300}, "at least as many as the dimension .2. and the batch .300."),
        ("linear-regression", {"dimension": 9, "examples": 8}, "has 8 examples"),
        ("x**2 + y**2", {"kappa": 2}, "an expression takes no parameters: leave out 'kappa'"),
    ],
)
def test_wrong_choices_say_what_and_how_to_mend(name: str, params: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        objective(name, **params)
