"""The signal through a deep network, against a network of a few lines and against what theory says of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.lab.oracles import passed
from tutor.errors import UsageError
from tutor.lab.experiments import instant
from tutor.lab.layers import CLASSES, EXAMPLES, Deep
from tutor.plots.figure import Curves

if TYPE_CHECKING:
    from tutor.lab.outcome import Outcome

SIGNAL = {"kind": "signal", "scales": [0.5, 1, 2], "rate": 0.1}
WIDE = {"width": 128, "depth": 8}


def factors(**changes: object) -> list[float]:
    return factors_of(instant({**SIGNAL, **changes}).outcome())


def factors_of(made: Outcome) -> list[float]:
    """What the readouts tell of each network."""
    told = [readout for readout in made.readouts if readout.endswith("a layer")]
    return [float(readout.rpartition("×")[2].split()[0]) for readout in told]


def test_the_sizes_are_those_of_a_network_passed_by_hand() -> None:
    """Forwards and backwards with cross-entropy, before and after a step."""
    deep = Deep(3, 5, "tanh", (("lecun", 1.0), ("he", 2.0)), seed=4)
    random = np.random.default_rng(4)
    inputs = random.standard_normal((EXAMPLES, 5)).T
    labels = random.integers(CLASSES, size=EXAMPLES)
    for run in range(2):
        matrices = [matrix[run, :, :-1].copy() for matrix in deep.network.matrices(deep.points)]
        for sizes in (deep.first[0], deep.after(0.7)):
            seen = [inputs]
            for matrix in matrices[:-1]:
                seen.append(np.tanh(matrix @ seen[-1]))
            logits = matrices[-1] @ seen[-1]
            chances = np.exp(logits) / np.exp(logits).sum(axis=0)
            slope = chances - (np.arange(CLASSES)[:, None] == labels)
            backward, moved = [], [slope @ seen[-1].T]
            for n in (3, 2, 1):
                slope = (matrices[n].T @ slope) * (1 - seen[n] ** 2)
                backward.append(math.sqrt(np.mean(slope**2)))
                moved.append(slope @ seen[n - 1].T)
            np.testing.assert_allclose(sizes.forward[run], [math.sqrt(np.mean(a**2)) for a in seen])
            np.testing.assert_allclose(sizes.backward[run], backward[::-1])
            steps = [0.7 * each / EXAMPLES for each in moved[::-1]]
            if sizes is deep.first[0]:
                shares = [np.linalg.norm(a) / np.linalg.norm(b) for a, b in zip(steps, matrices, strict=True)]
                np.testing.assert_allclose(deep.updates(0.7)[run], shares)
            matrices = [a - b for a, b in zip(matrices, steps, strict=True)]


def test_he_keeps_a_relu_network_alive_and_others_lose_the_root_of_two_a_layer() -> None:
    relu = {"activation": "relu", "init": "he", "scales": [0.5, 1, 1.25], **WIDE}
    assert factors(**relu) == pytest.approx([0.5, 1, 1.25], rel=0.15)
    assert factors(**relu, show="backward") == pytest.approx([0.5, 1, 1.25], rel=0.15)
    named = {key: value for key, value in SIGNAL.items() if key != "scales"} | WIDE
    made = instant({**named, "activation": "relu", "inits": ["lecun", "glorot", "he"]}).outcome()
    assert factors_of(made) == pytest.approx([0.5**0.5, 0.5**0.5, 1], rel=0.15)


def test_a_linear_network_of_orthogonal_matrices_keeps_all() -> None:
    made = instant(
        {
            "kind": "signal",
            "activation": "linear",
            "inits": ["orthogonal"],
            "depth": 64,
            "width": 32,
            "rate": 1e-9,
        }
    )
    figure = made.outcome().figure
    assert isinstance(figure, Curves)
    series = figure.series[0]
    np.testing.assert_allclose(series.y, series.y[0])


def test_tanh_networks_vanish_keep_or_explode_backwards() -> None:
    made = instant(SIGNAL).outcome()
    assert made.verdict == "A vanishes, B and C keep their size."
    back = instant({**SIGNAL, "show": "backward"}).outcome()
    assert back.verdict.startswith("A vanishes, B keeps its size, C explodes")
    for scale, forward, backward in zip([0.5, 1, 2], factors(), factors(show="backward"), strict=True):
        run = {"width": 64, "depth": 20, "activation": "tanh", "init": "lecun"}
        assert passed({**run, "show": "forward"}, scale, 9) ** (1 / 20) == pytest.approx(forward, rel=0.1)
        assert passed({**run, "show": "backward"}, scale, 9) ** (1 / 19) == pytest.approx(backward, rel=0.1)


def test_at_one_rate_one_network_hardly_learns_and_another_is_shaken_up() -> None:
    made = instant({**SIGNAL, "show": "updates"})
    assert made.outcome().verdict == "A hardly learns, B learns at a usual pace, C is shaken up."
    assert made.outcome(0.001).verdict == "A and B hardly learn, C learns at a usual pace."
    figure = made.outcome().figure
    assert isinstance(figure, Curves)
    assert figure.levels == (1e-3,)


def test_after_a_step_the_curves_are_dashed_and_move_with_the_rate() -> None:
    def after(rate: float) -> np.ndarray:
        figure = instant(SIGNAL).outcome(rate).figure
        assert isinstance(figure, Curves)
        assert [series.label for series in figure.series] == list("ABCabc")
        assert [series.dash for series in figure.series] == ["solid"] * 3 + ["dashed"] * 3
        return np.abs(figure.series[5].y - figure.series[2].y)

    assert "dashed: after a step" in instant(SIGNAL).outcome().readouts
    assert "dashed: after a step" not in instant({**SIGNAL, "show": "updates"}).outcome().readouts
    assert after(1e-6).max() < 1e-4
    assert after(1.0).max() > 1e-3


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"activation": "gelu"}, "unknown activation 'gelu'"),
        ({"init": "hee"}, "unknown initialisation 'hee': did you mean 'he'"),
        ({"show": "signal"}, "unknown figure 'signal'"),
        ({"depth": 65}, "depth must be a number from 2 to 64"),
        ({"depth": 64, "width": 256}, "all networks together may have 500,000 weights"),
        ({"scales": [0]}, "each of scales must be a number"),
    ],
)
def test_what_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        instant({**SIGNAL, **changes})
