from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.optim.objectives import OBJECTIVES, Array, Objective, objective


@st.composite
def objectives(draw: st.DrawFn) -> Objective:
    name = draw(st.sampled_from(sorted(OBJECTIVES)))
    params = {
        key: draw(st.floats(max(parameter.low, -3.0), min(parameter.high, 50.0)))
        for key, parameter in OBJECTIVES[name].parameters.items()
    }
    return objective(name, **params)


points = st.tuples(st.floats(-3, 3), st.floats(-3, 3)).map(np.array)


def differences(function: object, point: Array, step: float = 1e-4) -> Array:
    """Central differences of function (d,) -> (…) along each coordinate: (…, d)."""
    assert callable(function)
    return np.stack(
        [
            (np.asarray(function(point + step * axis)) - np.asarray(function(point - step * axis))) / (2 * step)
            for axis in np.eye(len(point))
        ],
        axis=-1,
    )


@settings(max_examples=60)
@given(objectives(), points)
def test_gradient_and_hessian_match_finite_differences(ground: Objective, point: Array) -> None:
    gradient, hessian = ground.gradient(point), ground.hessian(point)
    size = 1.0 + np.abs(hessian).max()
    np.testing.assert_allclose(gradient, differences(ground.value, point), rtol=1e-6, atol=1e-5 * size)
    np.testing.assert_allclose(hessian, differences(ground.gradient, point), rtol=1e-6, atol=1e-5 * size)


@settings(max_examples=20)
@given(objectives())
def test_minima_are_minima(ground: Objective) -> None:
    for place in ground.minima:
        minimum = np.array(place)
        assert np.linalg.norm(ground.gradient(minimum)) == 0.0
        assert ground.curvatures(minimum)[0] > 0.0
        assert ground.value(minimum) <= ground.value(np.array(ground.start))


@settings(max_examples=20)
@given(objectives(), st.lists(points, min_size=1, max_size=9))
def test_many_points_at_once_are_the_same_to_the_last_bit(ground: Objective, some: list[Array]) -> None:
    together = np.array(some)
    for function in (ground.value, ground.gradient, ground.hessian):
        np.testing.assert_array_equal(function(together), np.array([function(point) for point in some]))


def test_curvatures_are_the_eigenvalues() -> None:
    bowl = objective("quadratic", kappa=100)
    np.testing.assert_array_equal(bowl.curvatures(np.zeros((3, 2))), [[1.0, 100.0]] * 3)
    ravine = objective("ravine", kappa=10, bend=0.1)
    assert ravine.sharpness(np.zeros(2)) == pytest.approx(10.0)
    # On the floor at x the Hessian is [[1 + 4κc²x², −2κcx], [−2κcx, κ]].
    expected = np.linalg.eigvals(np.array([[1 + 0.4 * 9, 6.0], [6.0, 10.0]])).max()
    assert ravine.sharpness(np.array([-3.0, 0.9])) == pytest.approx(expected)


def test_the_distance_to_go() -> None:
    bowl = objective("quadratic", kappa=100)
    assert bowl.distance_to_go(np.array([3.0, -4.0])) == pytest.approx(5.0)
    assert bowl.distance_to_go(np.zeros(2)) == 0.0
    turn = np.array([[0.36, 0.48, -0.8], [-0.8, 0.6, 0.0], [0.48, 0.64, 0.6]])
    hessian = turn @ np.diag([1.0, 2.0, 30.0]) @ turn.T
    turned = replace(bowl, gradient=lambda points: points @ hessian, hessian=lambda _: hessian)
    assert turned.distance_to_go(np.array([2.0, 3.0, 6.0])) == pytest.approx(7.0)
    # On the ravine's floor Newton's step ends exactly above or below the minimum.
    ravine = objective("ravine", kappa=10, bend=0.1)
    assert ravine.distance_to_go(np.array([-3.0, 0.9])) == pytest.approx(np.hypot(3, 1.8))
    with np.errstate(all="ignore"):
        assert ravine.distance_to_go(np.array([1e200, 0.0])) == np.inf


def test_curvatures_where_the_hessian_overflows_are_nan() -> None:
    with np.errstate(all="ignore"):
        curvatures = objective("ravine").curvatures(np.array([[1e200, 0.0], [0.0, 0.0]]))
    assert np.isnan(curvatures[0]).all()
    assert np.isfinite(curvatures[1]).all()


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("ravin", {}, "did you mean 'ravine'"),
        ("ravine", {"kapa": 3}, "did you mean 'kappa'"),
        ("ravine", {"kappa": float("nan")}, "must be a number from 1 to 1,000,000, not nan"),
        ("ravine", {"kappa": float("inf")}, "not inf"),
        ("ravine", {"kappa": 0.5}, "not 0.5"),
        ("ravine", {"kappa": 10**400}, "must be a number from"),
        ("quadratic", {"kappa": "ten"}, "not 'ten'"),
        ("quadratic", {"kappa": True}, "not True"),
    ],
)
def test_wrong_choices_say_what_and_how_to_mend(name: str, params: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        objective(name, **params)
