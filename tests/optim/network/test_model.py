"""Networks, their first weights, and the verdict on a run."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tutor.errors import UsageError
from tutor.optim.network import INITS, LOSSES, Network, initial
from tutor.optim.network.fate import judge
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tutor.optim.network.arrays import Reals
    from tutor.optim.objectives import Array


def test_parameters_are_weights_and_biases() -> None:
    network = Network((64, 32, 16, 10))
    assert network.parameters == 65 * 32 + 33 * 16 + 17 * 10
    points = np.arange(2 * network.parameters).reshape(2, -1)
    matrices = network.matrices(points)
    assert [matrix.shape for matrix in matrices] == [(2, 32, 65), (2, 16, 33), (2, 10, 17)]
    np.testing.assert_array_equal(
        np.concatenate([matrix.reshape(2, -1) for matrix in matrices], axis=1), points
    )
    matrices[1][...] = -1  # they are views
    assert (points == -1).sum() == 2 * 33 * 16


def test_it_is_a_key() -> None:
    assert {Network((64, 10)): 1}[Network((64, 10))] == 1
    assert Network((64, 10)) != Network((64, 10), "tanh")


@pytest.mark.parametrize(
    ("given_parts", "error"),
    [
        ({"sizes": (64,)}, "a network has inputs, at most 64 hidden layers and outputs"),
        ({"sizes": (64, 0, 10)}, "1 to 4,096 units, not 64-0-10"),
        ({"sizes": (64, 5000, 10)}, "64-5000-10"),
        ({"sizes": (64, *[2] * 65, 10)}, "at most 64 hidden layers"),
        ({"sizes": (64, 10), "activation": "tan"}, "unknown activation 'tan': did you mean 'tanh'"),
        ({"sizes": (64, 10), "loss": "entropy"}, "unknown loss 'entropy': did you mean 'cross-entropy'"),
    ],
)
def test_what_is_no_network_is_refused(given_parts: dict[str, Any], error: str) -> None:
    with pytest.raises(UsageError, match=error):
        Network(**given_parts)


VARIANCES = {
    "he": lambda after, before: 2 / before,
    "glorot": lambda after, before: 2 / (after + before),
    "lecun": lambda after, before: 1 / before,
    "orthogonal": lambda after, before: 1 / max(after, before),
}


@pytest.mark.parametrize(("init", "scale"), list(product(INITS, (0.5, 1.0, 3.0))))
def test_first_weights_have_their_variance_and_biases_are_0(init: str, scale: float) -> None:
    network = Network((300, 200, 400))
    matrices = network.matrices(initial(network, init=init, scale=scale, seed=1))
    for matrix, (after, before) in zip(matrices, ((200, 300), (400, 200)), strict=True):
        assert (matrix[:, -1] == 0.0).all()
        assert matrix[:, :-1].var() == pytest.approx(scale**2 * VARIANCES[init](after, before), rel=0.03)
        assert abs(matrix[:, :-1].mean()) < 0.02 * scale


def test_orthogonal_weights_are() -> None:
    wide, tall = Network((30, 20, 40)).matrices(initial(Network((30, 20, 40)), init="orthogonal", seed=2))
    np.testing.assert_allclose(wide[:, :-1] @ wide[:, :-1].T, np.eye(20), atol=1e-12)
    np.testing.assert_allclose(tall[:, :-1].T @ tall[:, :-1], np.eye(20), atol=1e-12)


def test_first_weights_follow_from_the_seed_and_the_scale_alone() -> None:
    network = Network((64, 20, 10))
    one, two = initial(network, seed=1), initial(network, seed=2)
    np.testing.assert_array_equal(one, initial(network, seed=1))
    np.testing.assert_allclose(initial(network, seed=1, scale=2.0), 2.0 * one)
    assert np.abs(np.corrcoef(one, two)[0, 1]) < 0.1
    with pytest.raises(UsageError, match="unknown initialisation 'xavier'"):
        initial(network, init="xavier")


@pytest.mark.parametrize("loss", LOSSES)
def test_chance_is_the_best_answer_that_is_always_the_same(loss: str) -> None:
    shares = np.array([0.5, 0.25, 0.125, 0.125])
    targets = np.eye(4, dtype=bool)
    best = np.log(shares) if loss == "cross-entropy" else shares
    lowest = LOSSES[loss].chance(shares)
    rng = np.random.default_rng(0)
    for shift in (0.0, *rng.standard_normal((5, 4))):
        outputs = np.repeat((best + 0.1 * shift)[:, None], 4, axis=1)
        mean = float(LOSSES[loss].start(outputs, targets) @ shares)
        assert mean == pytest.approx(lowest) if np.all(shift == 0.0) else mean > lowest


STEPS = np.arange(200)
COURSES: dict[str, tuple[Reals, Verdict]] = {
    "falls": (2.3 * np.exp(-STEPS / 20), Verdict.CONVERGING),
    "falls slowly": (2.3 - STEPS / 500, Verdict.CRAWLING),
    "never moves": (np.full(200, 2.3), Verdict.STALLED),
    "comes down from on high and is stuck": (2.3 + 10 * np.exp(-STEPS / 5), Verdict.STALLED),
    "ends above its start": (2.3 + STEPS / 20, Verdict.DIVERGING),
    "jumps late": (0.5 + 1.0 * (STEPS % 40 > 30), Verdict.OSCILLATING),
    "rises at first, then falls": (
        np.where(STEPS < 20, 2.3 + STEPS, 20 * np.exp(-STEPS / 20)),
        Verdict.CONVERGING,
    ),
}


@pytest.mark.parametrize(("losses", "verdict"), COURSES.values(), ids=COURSES)
def test_the_verdict_on_a_course(losses: Reals, verdict: Verdict) -> None:
    noise = 0.02 * np.random.default_rng(0).standard_normal(len(losses))
    assert judge(losses * (1 + noise), 2.3, lost=False) == verdict
    assert judge(losses, 2.3, lost=True) == Verdict.DIVERGING


@given(losses=arrays(float, st.integers(0, 60), elements=st.floats(0, 1e30)), chance=st.floats(0.01, 10))
@settings(max_examples=60)
def test_there_is_always_a_verdict(losses: Array, chance: float) -> None:
    assert judge(losses, chance, lost=False) in Verdict
