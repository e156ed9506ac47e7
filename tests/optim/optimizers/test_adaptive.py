from __future__ import annotations

import numpy as np
import pytest

from tests.optim.optimizers.walking import walk
from tutor.optim.objectives import objective
from tutor.optim.optimizers import Here, optimizer

BOWL = objective("quadratic", kappa=100)


def steps_under(name: str, gradients: np.ndarray, rate: float = 1.0, **given: object) -> np.ndarray:
    """The displacements that gradients (n, d) lead to, whatever the ground: (n, d)."""
    rule = optimizer(name, **given)
    state, made = rule.init(gradients[0]), []
    for gradient in gradients:
        displacement, state = rule.update(Here(gradient, gradient, BOWL), state, rate)
        made.append(displacement)
    return np.array(made)


def test_adagrad_on_a_constant_slope_steps_as_one_over_the_root() -> None:
    """G after t steps is t·g², so that the size of g cancels."""
    made = steps_under("adagrad", np.tile([1e-3, -200.0], (50, 1)), 0.1)
    expected = 0.1 / np.sqrt(np.arange(1, 51))
    np.testing.assert_allclose(made, expected[:, None] * [-1, 1], rtol=1e-6)


def test_adagrad_can_have_seen_something_before() -> None:
    made = steps_under("adagrad", np.ones((10, 1)), initial_accumulator_value=3.0)
    np.testing.assert_allclose(made[:, 0], -1 / np.sqrt(3 + np.arange(1, 11)), rtol=1e-9)


def test_adagrads_rate_can_fall_too() -> None:
    plain, falling = (steps_under("adagrad", np.ones((10, 1)), lr_decay=decay) for decay in (0.0, 0.5))
    np.testing.assert_allclose(falling[:, 0], plain[:, 0] / (1 + 0.5 * np.arange(10)))


def test_adadeltas_first_steps() -> None:
    """With V₁ = 0.1·g², D₁ = 0.1·Δ₁², by hand."""
    first = np.sqrt(1e-6) / np.sqrt(0.1 * 9 + 1e-6) * 3.0
    second = np.sqrt(0.1 * first**2 + 1e-6) / np.sqrt(0.9 * 0.9 + 0.1 * 4 + 1e-6) * -2.0
    made = steps_under("adadelta", np.array([[3.0], [-2.0]]))
    np.testing.assert_allclose(made[:, 0], [-first, -second], rtol=1e-14)


def test_rmsprop_ends_in_a_cycle_of_half_a_step() -> None:
    for curvature_axis, start in ((0, (3.0, 0.0)), (1, (0.0, 2.0))):
        tail = walk(optimizer("rmsprop", alpha=0.9), BOWL, start, 3000, 0.1)[-10:, curvature_axis]
        np.testing.assert_allclose(np.abs(tail), 0.05, rtol=1e-6)
        assert (np.sign(tail[1:]) == -np.sign(tail[:-1])).all()


@pytest.mark.parametrize("momentum", [0.0, 0.8])
def test_centred_rmsprop_divides_by_the_spread(momentum: float) -> None:
    gradients = np.random.default_rng(2).normal(3.0, 0.5, size=(400, 1))
    made = steps_under("rmsprop", gradients, 0.01, alpha=0.9, centered=True, momentum=momentum)
    weights = 0.1 * 0.9 ** np.arange(300)[::-1]
    velocity, expected = 0.0, []
    for end in range(300, 400):
        seen = gradients[end - 299 : end + 1, 0]
        spread = np.sqrt(weights @ seen**2 - (weights @ seen) ** 2)
        velocity = momentum * velocity + gradients[end, 0] / (spread + 1e-8)
        expected.append(-0.01 * velocity)
    np.testing.assert_allclose(made[-20:, 0], expected[-20:], rtol=1e-6)
