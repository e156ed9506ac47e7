"""What a stack of networks promises: quicker than torch's loop over the rates, and than torch.func.vmap.

All train 64-64-64-10 on the digits with batches of 32 in float32, from the same weights through the same
batches to the same losses; torch has the number of threads that is quickest for it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tutor.optim.data import load, split
from tutor.optim.network import Network, Recipe, Run, initial, train
from tutor.optim.network.batches import order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = pytest.mark.benchmark_ratio

ROUNDS = 5
BATCH = 32
STEPS = 132
"""Three epochs."""

NETWORK = Network((64, 64, 64, 10))
DIGITS = split(load("digits"))
BATCHES = np.concatenate([order(0, epoch, 1438, BATCH)[: 44 * BATCH].reshape(44, BATCH) for epoch in range(3)])


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ours(rates: Sequence[float]) -> np.ndarray:
    """The losses (R, steps)."""
    recipe = Recipe(NETWORK, batch=BATCH, steps=STEPS, every=STEPS)
    *_, last = train(recipe, DIGITS, [Run(rate) for rate in rates])
    return last.losses


def layers() -> list[np.ndarray]:
    """The first weights, (units, units before + 1)."""
    return [np.array(part, np.float32) for part in NETWORK.matrices(initial(NETWORK))]


def torchs_loop(torch: Any, rates: Sequence[float]) -> np.ndarray:
    """One run after the other, as torch's tutorials have it."""
    inputs, labels = torch.tensor(DIGITS.train.inputs), torch.tensor(DIGITS.train.labels.astype(int))
    losses = np.empty((len(rates), STEPS))
    for run, rate in enumerate(rates):
        modules: list[Any] = []
        for matrix in layers():
            linear = torch.nn.Linear(matrix.shape[1] - 1, matrix.shape[0])
            linear.weight.data[:], linear.bias.data[:] = (
                torch.tensor(matrix[:, :-1]),
                torch.tensor(matrix[:, -1]),
            )
            modules += [linear, torch.nn.ReLU()]
        model = torch.nn.Sequential(*modules[:-1])
        stepper = torch.optim.SGD(model.parameters(), lr=rate)
        measure = torch.nn.CrossEntropyLoss()
        for step, chosen in enumerate(torch.tensor(BATCHES)):
            stepper.zero_grad()
            loss = measure(model(inputs[chosen]), labels[chosen])
            loss.backward()
            stepper.step()
            losses[run, step] = loss.item()
    return losses


def torchs_vmap(torch: Any, rates: Sequence[float]) -> np.ndarray:
    """All runs at once, as torch's tutorial on model ensembling has it."""
    inputs, labels = torch.tensor(DIGITS.train.inputs), torch.tensor(DIGITS.train.labels.astype(int))
    column = torch.tensor(rates, dtype=torch.float32)
    weights = [torch.tensor(np.array([part[:, :-1]] * len(rates))) for part in layers()]
    biases = [torch.tensor(np.array([part[:, -1]] * len(rates))) for part in layers()]

    def loss(parameters: Any, seen: Any, right: Any) -> Any:
        *hidden, (weight, bias) = zip(*parameters, strict=True)
        for before, shift in hidden:
            seen = torch.relu(torch.nn.functional.linear(seen, before, shift))
        return torch.nn.functional.cross_entropy(torch.nn.functional.linear(seen, weight, bias), right)

    slope = torch.func.vmap(torch.func.grad_and_value(loss), in_dims=((0, 0), None, None))
    losses = np.empty((len(rates), STEPS))
    for step, chosen in enumerate(torch.tensor(BATCHES)):
        gradient, values = slope((weights, biases), inputs[chosen], labels[chosen])
        for parts, slopes in zip((weights, biases), gradient, strict=True):
            for part, each in zip(parts, slopes, strict=True):
                part.sub_(column.view(-1, *[1] * (part.ndim - 1)) * each)
        losses[:, step] = values
    return losses


@pytest.mark.parametrize(("peer", "times"), [(torchs_loop, 5.0), (torchs_vmap, 1.0)])
@pytest.mark.parametrize("count", [3, 16])
def test_a_stack_of_rates_beats_torch(count: int, peer: Callable[..., np.ndarray], times: float) -> None:
    torch: Any = pytest.importorskip("torch")
    rates = np.geomspace(0.01, 0.2, count).tolist()
    before = torch.get_num_threads()
    try:
        best = {}
        for threads in {1, before}:
            torch.set_num_threads(threads)
            best[threads] = min(seconds(lambda: peer(torch, rates)) for _ in range(2))
        torch.set_num_threads(min(best, key=lambda threads: best[threads]))
        pairs = [(seconds(lambda: ours(rates)), seconds(lambda: peer(torch, rates))) for _ in range(ROUNDS)]
        np.testing.assert_allclose(ours(rates), peer(torch, rates), rtol=2e-3, atol=2e-4)
    finally:
        torch.set_num_threads(before)
    mine, theirs = (median(times) for times in zip(*pairs, strict=True))
    print(f"\n{count} rates: {mine * 1e3:.0f} ms against {theirs * 1e3:.0f} ms: {theirs / mine:.1f} × as fast")
    assert theirs / mine >= times


SIXTY_THOUSAND = """
import resource, sys
import numpy as np
from tutor.optim.data import Images, split
from tutor.optim.network import Network, Recipe, Run, train
rng = np.random.default_rng(0)
pixels = rng.integers(0, 256, (60_000, 784), dtype=np.uint8)
halves = split(Images("many", 28, 255, pixels, rng.integers(0, 10, 60_000, dtype=np.uint8)))
network = Network((784, 128, 10))
for batch in (64, None):
    recipe = Recipe(network, batch=batch, steps=3, sharpness=True)
    *_, last = train(recipe, halves, [Run(0.1), Run(0.2, 1), Run(0.3, 2)])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def test_sixty_thousand_images_fit_into_little_memory() -> None:
    """Split, trained in small batches and in whole ones, with the sharpness."""
    made = subprocess.run([sys.executable, "-c", SIXTY_THOUSAND], capture_output=True, text=True, check=True)
    print(f"\n{float(made.stdout):.0f} MB at most")
    assert float(made.stdout) < 600
