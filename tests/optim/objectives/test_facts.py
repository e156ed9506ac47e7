"""Known numbers of single objectives: facts.md, and the papers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tutor.optim.objectives import expression, objective


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


def test_the_sharpness_at_the_nearest_minimum() -> None:
    himmelblau = objective("himmelblau")
    for place in himmelblau.minima:
        near = np.array(place) + 0.3
        assert himmelblau.minimum_sharpness(near) == himmelblau.sharpness(np.array(place))
    for name in ("saddle", "kink"):
        assert objective(name).minimum_sharpness(np.ones(2)) is None
    assert expression("x**2 + y**2").minimum_sharpness(np.ones(2)) is None


@pytest.mark.parametrize("rotation", [30.0, -120.0, 180.0])
@pytest.mark.parametrize("dimension", [2, 3, 8, 99, 100])
def test_a_turned_quadratic_keeps_its_curvatures(dimension: int, rotation: float) -> None:
    bowl = objective("quadratic", kappa=1000, rotation=rotation, dimension=dimension)
    expected = 10 ** np.linspace(0, 3, dimension)
    np.testing.assert_allclose(bowl.curvatures(np.ones(dimension)), expected, rtol=1e-10)


def test_which_way_a_quadratic_turns() -> None:
    """Its floor, the x axis, turns counterclockwise."""
    bowl = objective("quadratic", kappa=100, rotation=30)
    along = np.array([np.cos(np.pi / 6), np.sin(np.pi / 6)])
    np.testing.assert_allclose(bowl.gradient(along), along)
    np.testing.assert_allclose(bowl.gradient(np.array([-along[1], along[0]])), [-50, 100 * along[0]])


def test_no_axis_of_a_turned_quadratic_is_a_valley() -> None:
    """But the middle one of an odd number, which has nothing to turn with."""
    for dimension, still in ((2, 0), (7, 1), (10, 0)):
        hessian = objective("quadratic", kappa=50, rotation=20, dimension=dimension).hessian(np.ones(dimension))
        mixed = np.abs(hessian - np.diag(np.diag(hessian))).sum(axis=0) > 0.1
        assert (~mixed).sum() == still


def test_rosenbrock() -> None:
    ground, start = objective("rosenbrock"), np.array([-1.2, 1.0])
    assert ground.start == (-1.2, 1.0)
    assert ground.value(start) == pytest.approx(24.2)
    assert np.linalg.norm(ground.gradient(start)) == pytest.approx(232.868, abs=5e-4)
    curvatures = ground.curvatures(np.ones(2))
    np.testing.assert_allclose(curvatures, [0.399361, 1001.600639], atol=5e-7)
    assert 2 / curvatures[1] == pytest.approx(0.00199680, abs=5e-9)


@pytest.mark.parametrize(
    ("name", "limits"),
    [("beale", [0.0408]), ("booth", [0.1111]), ("himmelblau", [0.0243, 0.0248, 0.0149, 0.0190])],
)
def test_stable_rates_at_the_minima(name: str, limits: list[float]) -> None:
    ground = objective(name)
    assert len(ground.minima) == len(limits)
    for minimum, limit in zip(ground.minima, limits, strict=True):
        assert 2 / ground.sharpness(np.array(minimum)) == pytest.approx(limit, abs=5e-5)


@pytest.mark.parametrize(
    ("name", "minima"),
    [
        ("beale", {(3, 0.5): 0}),
        ("booth", {(1, 3): 0}),
        (
            "himmelblau",
            {(3, 2): 0, (-2.805118, 3.131312): 0, (-3.779310, -3.283186): 0, (3.584428, -1.848127): 0},
        ),
        ("goldstein-price", {(0, -1): 3, (-0.6, -0.4): 30, (1.8, 0.2): 84, (1.2, 0.8): 840}),
        (
            "styblinski-tang",
            {
                (-2.903534, -2.903534): -78.332331,
                (-2.903534, 2.746803): -64.195612,
                (2.746803, -2.903534): -64.195612,
                (2.746803, 2.746803): -50.058893,
            },
        ),
        ("rastrigin", {(0, 0): 0}),
    ],
)
def test_minima_of_the_literature(name: str, minima: dict[tuple[float, float], float]) -> None:
    ground = objective(name)
    np.testing.assert_allclose(ground.minima, list(minima), atol=1e-6)
    np.testing.assert_allclose(ground.value(np.array(ground.minima)), list(minima.values()), atol=1e-6)


def test_saddles_are_saddles() -> None:
    np.testing.assert_array_equal(objective("saddle").curvatures(np.zeros(2)), [-1, 1])
    monkey = objective("monkey-saddle")
    np.testing.assert_array_equal(monkey.curvatures(np.zeros(2)), [0, 0])
    # Three ways down, 120° apart.
    angles = np.radians([60, 180, 300])
    np.testing.assert_allclose(monkey.value(np.stack([np.cos(angles), np.sin(angles)], axis=-1)), -1)


def test_the_plateau_its_cliff_and_its_floor() -> None:
    """Flat above, a wall of the height that was asked for, and an exact bowl below."""
    ground = objective("plateau", height=5, width=0.5)
    edge, middle, foot = np.array([(-2.5, 0.0), (-2.25, 0.0), (-2.0, 0.0)])
    np.testing.assert_allclose(ground.value(edge) - ground.value(foot), 5 + 0.05 * (2.5**2 - 2**2))
    assert ground.gradient(edge)[0] == pytest.approx(-0.25)
    assert ground.gradient(foot)[0] == pytest.approx(-0.2)
    assert ground.gradient(middle)[0] == pytest.approx(-0.225 - 15 / 8 * 5 / 0.5)
    np.testing.assert_array_equal(ground.curvatures(np.zeros(2)), [0.1, 1])


def test_the_conventions_of_the_kink() -> None:
    ground = objective("kink", slope=3)
    on, off = np.array([0.0, 2.0]), np.array([-1e-9, 2.0])
    np.testing.assert_array_equal(ground.gradient(on), [0, 2])
    np.testing.assert_array_equal(ground.gradient(off), [-3, 2])
    np.testing.assert_array_equal(ground.hessian(off), [[0, 0], [0, 1]])
    assert np.isnan(ground.hessian(on)[0, 0])
