"""The core's promises: one run much quicker than torch's loop, thousands about as quick as bare numpy."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tutor.optim.descend import descend
from tutor.optim.objectives import Objective, objective
from tutor.optim.optimizers import optimizer
from tutor.optim.survey import survey

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.benchmark_ratio

ROUNDS = 5
STEPS = 1000
RATES = 10_000
RATE = 1e-3


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(ours: Callable[[], object], peer: Callable[[], object]) -> float:
    """Measure both in turn, and return the ratio of their medians; the first, cold round does not count."""
    pairs = [(seconds(ours), seconds(peer)) for _ in range(ROUNDS + 1)][1:]
    mine, theirs = (median(times) for times in zip(*pairs, strict=True))
    print(f"\n{mine * 1e3:.1f} ms against {theirs * 1e3:.1f} ms: {mine / theirs:.3f} ×")
    return float(mine / theirs)


@pytest.mark.parametrize(("rule", "name", "times"), [("sgd", "SGD", 15), ("adam", "Adam", 8)])
@pytest.mark.parametrize("ground", ["quadratic", "ravine", "rosenbrock"])
def test_one_run_beats_the_same_loop_in_torch(rule: str, name: str, times: int, ground: str) -> None:
    """The same loop: the loss, its gradient, a step."""
    torch: Any = pytest.importorskip("torch")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # what is quickest for two numbers
    losses: dict[str, Callable[[Any, Any], Any]] = {
        "quadratic": lambda x, y: 0.5 * (x**2 + 10 * y**2),
        "ravine": lambda x, y: 0.5 * (x**2 + 10 * (y - 0.1 * x**2) ** 2),
        "rosenbrock": lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    }
    surface, method = objective(ground), optimizer(rule)
    ends = {}

    def ours() -> None:
        ends["ours"] = descend(surface, RATE, steps=STEPS, optimizer=method).points[-1]

    def theirs() -> None:
        point = torch.tensor(surface.start, dtype=torch.float64, requires_grad=True)
        stepper = getattr(torch.optim, name)([point], lr=RATE)
        for _ in range(STEPS):
            stepper.zero_grad()
            losses[ground](point[0], point[1]).backward()
            stepper.step()
        ends["theirs"] = point.detach().numpy()

    try:
        assert ratio(ours, theirs) <= 1 / times
    finally:
        torch.set_num_threads(threads)
    np.testing.assert_allclose(ends["ours"], ends["theirs"], rtol=1e-8)


def bare(ground: Objective, rates: np.ndarray) -> None:
    """Only update the points."""
    points = np.tile(np.array(ground.start), (len(rates), 1))
    each = rates[:, None]
    with np.errstate(all="ignore"):
        for _ in range(STEPS):
            points -= each * ground.gradient(points)


@pytest.mark.parametrize("span", [(1e-4, 1.0), (1e-5, 1e-3)], ids=["half of them diverge", "none diverges"])
@pytest.mark.parametrize("ground", ["quadratic", "ravine", "rosenbrock"])
def test_verdicts_on_ten_thousand_rates_cost_little_more_than_the_steps(
    ground: str, span: tuple[float, float]
) -> None:
    surface, rates = objective(ground), np.geomspace(*span, RATES)
    assert ratio(lambda: survey(surface, rates, steps=STEPS), lambda: bare(surface, rates)) <= 2.5
