"""Initialisation: signals through layers drawn anew, symmetry, and the limits of networks on the digits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.course.bundled import asked, cards, fates, questions, shown
from tests.course.proof import computes, defines, redraws, settles
from tests.lab.predict.drawn import right
from tutor.lab.digits.state import LongExperiment
from tutor.lab.digits.workshop import Workshop
from tutor.lab.experiments import experiment
from tutor.optim.descend import descend
from tutor.optim.objectives import objective
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.course.proof import Array
    from tutor.lab.predict.instance import Instance

CARD = "initialisation"
SMALLEST = objective("(x*y - 1)**2/2")

defines("two-over-n", "He's rule, computed in 'he-deviation' and run in 'relu-with-the-wrong-rule'")


def sizes(depth: int, variance: float, *, relu: bool, width: int = 200) -> float:
    """The size of a signal after some layers over its size before them, in layers of numpy's own."""
    random = np.random.default_rng(5)
    signal = random.standard_normal((width, 50))
    first = math.sqrt(np.mean(signal**2))
    for _ in range(depth):
        signal = math.sqrt(variance / width) * random.standard_normal((width, width)) @ signal
        signal = np.maximum(signal, 0.0) if relu else signal
    return math.sqrt(np.mean(signal**2)) / first


def limits_on_the_digits(settings: Mapping[str, object]) -> dict[float, float]:
    """The largest stable rates of a sweep, by what it goes over."""
    made = experiment(settings)
    assert isinstance(made, LongExperiment)
    *_, last = made.run(Workshop())
    return {float(cell[str(settings["over"])]): float(cell["stable_rate"]) for cell in last.record()["cells"]}


@computes("through-ten-layers")
def test_ten_layers_drawn_anew() -> float:
    """Many draws: a single one scatters."""
    random = np.random.default_rng(1)
    left = []
    for _ in range(8):
        signal = random.standard_normal((400, 20))
        for _ in range(10):
            signal = 0.7 / 20 * random.standard_normal((400, 400)) @ signal
        left.append(np.mean(signal**2))
    return math.sqrt(float(np.mean(left)))


@computes("he-deviation")
def test_the_deviation_that_keeps_a_relu_layer() -> float:
    """By how much 50 inputs, with weights of deviation 1, make the mean square larger: the root undoes it."""
    random = np.random.default_rng(2)
    inputs = random.standard_normal((50, 400))
    passed = np.maximum(random.standard_normal((2000, 50)) @ inputs, 0.0)
    return math.sqrt(float(np.mean(inputs**2) / np.mean(passed**2)))


@settles("relu-with-the-wrong-rule")
def test_relu_with_the_variance_of_linear_units() -> str:
    assert 5e-4 < sizes(20, 1.0, relu=True) < 2e-3
    assert 0.3 < sizes(20, 2.0, relu=True) < 3
    assert asked("relu-with-the-wrong-rule").outcome().verdict.startswith("A vanishes, B keeps its size")
    return "vanishes with depth"


@settles("all-zero")
def test_what_holds_at_zero() -> set[str]:
    network = [np.zeros((4, 3)), np.zeros((1, 4))]
    inputs, target = np.random.default_rng(0).standard_normal((3, 20)), 1.0
    for _ in range(3):  # a linear network of two layers, large steps
        hidden = network[0] @ inputs
        error = network[1] @ hidden - target
        slopes = [network[1].T @ error @ inputs.T / 20, error @ hidden.T / 20]
        network = [weights - 10.0 * slope for weights, slope in zip(network, slopes, strict=True)]
    copies = bool((network[0] == network[0][0]).all())
    stuck = not any(weights.any() for weights in network)
    run = descend(SMALLEST, 5.0, start=(0, 0), steps=50)
    assert run.verdict is Verdict.STALLED
    lowest = SMALLEST.curvatures(np.zeros(2))[0]
    found = {
        "copies of each other": copies,
        "at a minimum": bool(lowest > 0),
        "gradient of the first layer": not slopes[0].any(),
        "gets it going": not stuck,
        "explodes": bool(np.abs(run.points).max() > 0),
    }
    assert fates(asked("all-zero")) == ["Stalled"]
    return {phrase for phrase, holds in found.items() if holds}


@settles("twice-the-weights")
def test_the_limit_with_twice_the_weights() -> str:
    block = questions()["twice-the-weights"].experiment
    assert block
    limits = limits_on_the_digits(block.settings)
    share = limits[2.0] / limits[1.0]
    return "than half" if share < 0.2 else "halves" if share < 0.7 else "stays" if share < 1.5 else "doubles"


@redraws("what-becomes-of-a-signal")
@redraws("what-comes-back")
def check_signal(instance: Instance, run: dict[str, Any], scales: Array) -> None:
    """By g to the power of the depth: with layers of equal width it is the same on the way back."""
    variance = {"lecun": 1.0, "glorot": 1.0, "he": 2.0}[run["init"]] * run["scales"][0] ** 2
    kept = 0.5 if run["activation"] == "relu" else 1.0
    ratio = float((variance * kept) ** (run["depth"] / 2))
    told = "it vanishes" if ratio < 0.1 else "it explodes" if ratio > 10 else "it keeps its size"
    assert str(right(instance)).partition(",")[0] == told


def test_layers_multiply() -> None:
    assert 0.7**20 < 1e-3
    assert 780 < 1.4**20 < 850
    assert sizes(20, 0.49, relu=False) == pytest.approx(0.7**20, rel=0.6)
    assert shown(CARD, 1).outcome().verdict.startswith("A vanishes, B keeps its size, C explodes")
    assert shown(CARD, 2).outcome().verdict.startswith("A vanishes, B keeps its size")


def test_a_start_close_by_takes_long_to_leave() -> None:
    made = shown(CARD, 3)
    assert fates(made, 0.02, 0.2) == ["Crawling", "Converging"]
    run = descend(SMALLEST, 0.1, start=(0.04, 0.02), steps=60)
    assert run.values[20] > 0.4  # still near the saddle
    assert run.values[-1] < 0.01
    x, y = np.array([0.7, -0.4])
    np.testing.assert_allclose(SMALLEST.gradient(np.array([x, y])), [y * (x * y - 1), x * (x * y - 1)])
    assert SMALLEST.curvatures(np.zeros(2)) == pytest.approx([-1, 1])


def test_the_limits_of_the_text() -> None:
    block = cards()[CARD].paragraphs[3].experiment
    assert block
    limits = limits_on_the_digits(block.settings)
    assert limits[0.5] > 1
    for scale, said in ((1.0, 0.3), (2.0, 0.03), (4.0, 0.002)):
        assert said / 1.5 < limits[scale] < 1.5 * said


def test_width_lowers_the_limit_and_depth_need_not() -> None:
    few = {"kind": "sweep", "seeds": 1, "steps": 100, "examples": 500}
    narrow, wide = limits_on_the_digits({**few, "over": "width", "values": [8, 128]}).values()
    assert wide < 0.2 * narrow
    deep = limits_on_the_digits({**few, "over": "depth", "values": [1, 2, 4, 8]})
    *about_the_same, deepest = deep.values()
    assert max(about_the_same) < 2 * min(about_the_same)
    assert 1.5 < min(about_the_same) / deepest < 6
