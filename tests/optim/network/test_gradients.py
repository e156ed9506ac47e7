"""The passes by hand, against finite differences and against torch."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.optim.network.some import DIGITS, some_points
from tutor.optim.data import Examples
from tutor.optim.network import ACTIVATIONS, INITS, LOSSES, Network, evaluate, initial
from tutor.optim.network.passes import Passes, marks, with_ones

if TYPE_CHECKING:
    from tutor.optim.objectives import Array

EXAMPLES = DIGITS.train.first(7)
SIZES = [(64, 10), (64, 5, 10), (64, 6, 3, 10), (64, 5, 4, 3, 4, 10)]


def at(network: Network, points: Array, examples: Examples = EXAMPLES) -> tuple[Array, Array]:
    """Losses (R,) and gradient (R, P)."""
    passes = Passes(network, len(points), len(examples), float)
    losses, gradient = passes.gradient(points, with_ones(examples.inputs.astype(float)), marks(examples.labels))
    return losses.copy(), gradient.copy()


@pytest.mark.parametrize(("activation", "loss", "sizes"), list(product(ACTIVATIONS, LOSSES, SIZES)))
def test_each_weight_of_each_layer_against_finite_differences(
    activation: str, loss: str, sizes: tuple[int, ...]
) -> None:
    network = Network(sizes, activation, loss)
    point = some_points(network, 1)[0]
    step = 1e-6
    rng = np.random.default_rng(3)
    chosen = [
        first + int(place)
        for first, matrix in zip(firsts(network), network.matrices(point), strict=True)
        for place in [*rng.integers(0, matrix.size, 8), matrix.size - 1]
    ]
    nudges = step * np.eye(network.parameters)[chosen]
    slopes = (at(network, point + nudges)[0] - at(network, point - nudges)[0]) / (2 * step)
    gradient = at(network, point[None])[1][0]
    assert np.abs(gradient).max() > 0.01
    np.testing.assert_allclose(slopes, gradient[chosen], atol=2e-8)


@pytest.mark.parametrize("init", INITS)
def test_each_init_against_finite_differences(init: str) -> None:
    network = Network((64, 6, 5, 10), "tanh")
    point = initial(network, init=init, scale=1.3, seed=5)
    along = np.random.default_rng(1).standard_normal((20, network.parameters))
    step = 1e-6
    slopes = (at(network, point + step * along)[0] - at(network, point - step * along)[0]) / (2 * step)
    np.testing.assert_allclose(slopes, along @ at(network, point[None])[1][0], rtol=1e-6, atol=1e-7)


def firsts(network: Network) -> list[int]:
    """The place of each layer's first weight."""
    sizes = [rows * columns for rows, columns in network.shapes]
    return [sum(sizes[:layer]) for layer in range(len(sizes))]


@pytest.mark.parametrize(("activation", "loss"), list(product(ACTIVATIONS, LOSSES)))
def test_losses_are_torchs(activation: str, loss: str) -> None:
    """The cross-entropy in nats; half the squared distance to the one-hot label."""
    torch: Any = pytest.importorskip("torch")
    network = Network((64, 9, 8, 10), activation, loss)
    (point,) = some_points(network, 1)
    seen = torch.tensor(EXAMPLES.inputs.astype(float))
    matrices = [torch.tensor(matrix, requires_grad=True) for matrix in network.matrices(point)]
    bends = {"relu": torch.relu, "tanh": torch.tanh, "linear": lambda z: z}
    for layer, matrix in enumerate(matrices):
        seen = seen @ matrix[:, :-1].T + matrix[:, -1]
        if layer < len(matrices) - 1:
            seen = bends[activation](seen)
    labels = torch.tensor(EXAMPLES.labels.astype(int))
    expected = (
        torch.nn.functional.cross_entropy(seen, labels)
        if loss == "cross-entropy"
        else 0.5 * ((seen - torch.nn.functional.one_hot(labels, 10)) ** 2).sum(dim=1).mean()
    )
    expected.backward()
    losses, gradient = at(network, point[None])
    np.testing.assert_allclose(losses[0], expected.item(), rtol=1e-12)
    theirs = np.concatenate([matrix.grad.numpy().ravel() for matrix in matrices])
    np.testing.assert_allclose(gradient[0], theirs, rtol=1e-9, atol=1e-12)


def test_each_run_may_have_a_batch_of_its_own() -> None:
    network = Network((64, 7, 10))
    points = some_points(network, 3)
    parts = [Examples(DIGITS.train.inputs[k : k + 7], DIGITS.train.labels[k : k + 7]) for k in (0, 7, 14)]
    inputs = with_ones(np.array([part.inputs for part in parts]).astype(float))
    targets = marks(np.array([part.labels for part in parts]))
    losses, gradient = Passes(network, 3, 7, float).gradient(points, inputs, targets)
    for run, part in enumerate(parts):
        alone = at(network, points[run : run + 1], part)
        np.testing.assert_array_equal(losses[run], alone[0][0])
        np.testing.assert_array_equal(gradient[run], alone[1][0])


@pytest.mark.parametrize("loss", LOSSES)
def test_huge_outputs_have_a_loss_too(loss: str) -> None:
    """No overflow in the exponentials, and no loss of 0 for a certain error."""
    network = Network((64, 10), loss=loss)
    losses, gradient = at(network, 1e4 * some_points(network, 2))
    assert np.isfinite(losses).all()
    assert np.isfinite(gradient).all()
    assert losses.min() > 1e3


def test_evaluation_counts_what_is_right_and_does_not_mind_its_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network((64, 7, 10))
    points = some_points(network, 2)
    examples = DIGITS.validation.first(50)
    outputs = Passes(network, 2, 50, float).outputs(points, with_ones(examples.inputs.astype(float)))
    right = [(run.argmax(axis=0) == examples.labels).mean() for run in outputs]
    loss, accuracy = evaluate(network, points, examples)
    np.testing.assert_allclose(loss, at(network, points, examples)[0], rtol=1e-12)
    np.testing.assert_allclose(accuracy, right)
    monkeypatch.setattr("tutor.optim.network.passes.PIECE", 7)
    in_pieces = evaluate(network, points, examples)
    np.testing.assert_allclose(in_pieces[0], loss, rtol=1e-12)
    np.testing.assert_allclose(in_pieces[1], accuracy)
