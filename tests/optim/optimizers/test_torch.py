"""Where torch has a rule, ours walks as torch's does, to 1e-12 over 200 steps.

The settings keep away from chaos, in which one rounding would grow to more than that: rules that divide by the
size of the slope fall into it at the minimum, where the rate is too large for them.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.optim.optimizers.walking import walk, walk_on
from tutor.optim.objectives import objective
from tutor.optim.optimizers import OPTIMIZERS, optimizer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tutor.optim.objectives import Objective

torch: Any = pytest.importorskip("torch", reason="torch is the oracle of these tests, and not installed")

STEPS = 200
START = (-2.0, 1.0)
GROUND = objective("ravine", kappa=5, bend=0.1)

ONE_ITERATION = {"max_iter": 1, "history_size": 10, "tolerance_grad": 0, "tolerance_change": 0}

THEIRS: dict[str, tuple[str, dict[str, Any]]] = {
    "sgd": ("SGD", {}),
    "momentum": ("SGD", {"momentum": 0.9}),
    "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
    "adagrad": ("Adagrad", {}),
    "adadelta": ("Adadelta", {}),
    "rmsprop": ("RMSprop", {}),
    "adam": ("Adam", {}),
    "amsgrad": ("Adam", {"amsgrad": True}),
    "adamw": ("AdamW", {}),
    "adamax": ("Adamax", {}),
    "nadam": ("NAdam", {}),
    "radam": ("RAdam", {}),
    "rprop": ("Rprop", {}),
    "asgd": ("ASGD", {}),
    "lbfgs": ("LBFGS", ONE_ITERATION),
}
"""Torch's class for each of ours, and what must be said to it to make it so."""

PAIRS = {
    "betas": ("beta1", "beta2"),
    "etas": ("etaminus", "etaplus"),
    "step_sizes": ("step_size_min", "step_size_max"),
}

CASES: list[tuple[str, float, dict[str, float]]] = [
    ("sgd", 0.05, {}),
    ("sgd", 0.05, {"weight_decay": 0.1}),
    ("momentum", 0.02, {}),
    ("momentum", 0.05, {"momentum": 0.8, "dampening": 0.3, "weight_decay": 0.1}),
    ("nesterov", 0.02, {}),
    ("nesterov", 0.02, {"momentum": 0.7, "weight_decay": 0.1}),
    ("adagrad", 0.3, {}),
    ("adagrad", 0.3, {"lr_decay": 0.1, "initial_accumulator_value": 0.5, "eps": 1e-3, "weight_decay": 0.1}),
    ("adadelta", 1.0, {}),
    ("adadelta", 1.5, {"rho": 0.8, "eps": 1e-3, "weight_decay": 0.1}),
    ("rmsprop", 0.01, {}),
    ("rmsprop", 0.01, {"alpha": 0.9, "eps": 0.1, "weight_decay": 0.1}),
    ("rmsprop", 0.01, {"centered": True}),
    ("rmsprop", 0.01, {"momentum": 0.5}),
    ("rmsprop", 0.01, {"centered": True, "momentum": 0.8, "alpha": 0.95}),
    ("adam", 0.02, {}),
    ("adam", 0.05, {"beta1": 0.8, "beta2": 0.95}),
    ("adam", 0.05, {"eps": 1e-2, "weight_decay": 0.1}),
    ("amsgrad", 0.02, {}),
    ("amsgrad", 0.05, {"beta2": 0.9}),
    ("adamw", 0.02, {}),
    ("adamw", 0.05, {"weight_decay": 0.3}),
    ("adamax", 0.02, {}),
    ("adamax", 0.05, {"eps": 0.01, "weight_decay": 0.1}),
    ("nadam", 0.02, {}),
    ("nadam", 0.02, {"momentum_decay": 0.1, "weight_decay": 0.1}),
    ("radam", 0.02, {}),
    ("radam", 0.02, {"beta2": 0.9, "weight_decay": 0.1}),
    ("radam", 0.02, {"beta2": 0.5}),
    ("rprop", 0.01, {}),
    ("rprop", 0.001, {"etaminus": 0.3, "etaplus": 1.5, "step_size_min": 0.01, "step_size_max": 0.2}),
    ("asgd", 0.05, {}),
    ("asgd", 0.05, {"lambd": 0.5, "alpha": 0.6, "t0": 10, "weight_decay": 0.1}),
    ("lbfgs", 0.1, {}),
    ("lbfgs", 0.3, {"history_size": 2}),
]


def defaults(name: str) -> dict[str, Any]:
    """Torch's settings for one of ours, under our names."""
    theirs, extra = THEIRS[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dict(getattr(torch.optim, theirs)([torch.zeros(2)], **extra).defaults)
    return found | {
        key: value
        for pair, keys in PAIRS.items()
        for key, value in zip(keys, found.get(pair, ()), strict=False)
    }


def translated(name: str, given: dict[str, float]) -> dict[str, Any]:
    """Our settings, as torch takes them."""
    settled = defaults(name) | given
    pairs = {
        pair: tuple(settled[key] for key in keys) for pair, keys in PAIRS.items() if set(keys) & set(given)
    }
    parts = {key for keys in PAIRS.values() for key in keys}
    return THEIRS[name][1] | {key: value for key, value in given.items() if key not in parts} | pairs


@pytest.fixture(autouse=True)
def _doubles() -> Iterator[None]:
    """Let torch hold its step counts and rates in 64 bits too."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


def torchs(
    make: Callable[[list[Any]], Any],
    ground: Objective,
    steps: int = STEPS,
    before_step: Callable[[Any], object] = lambda _: None,
) -> np.ndarray:
    """Walk with an optimizer of torch's on the exact gradient: (steps+1, d)."""
    point = torch.tensor(START)
    with warnings.catch_warnings():  # some of torch's own warn of its own deprecations
        warnings.simplefilter("ignore")
        rule = make([point])
        points = [point.numpy().copy()]

        def look() -> Any:
            point.grad = torch.tensor(ground.gradient(point.numpy()))
            before_step(point)
            return torch.tensor(float(ground.value(point.numpy())))

        for _ in range(steps):
            rule.step(look) if isinstance(rule, torch.optim.LBFGS) else (look(), rule.step())
            points.append(point.numpy().copy())
    return np.array(points)


@pytest.mark.parametrize(("name", "rate", "given"), CASES)
def test_it_walks_as_torchs_does(name: str, rate: float, given: dict[str, float]) -> None:
    make, settings = getattr(torch.optim, THEIRS[name][0]), translated(name, given)
    expected = torchs(lambda points: make(points, lr=rate, **settings), GROUND)
    ours = walk(optimizer(name, **given), GROUND, START, STEPS, rate)
    assert np.ptp(expected, axis=0).min() > 0.1
    np.testing.assert_allclose(ours, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", THEIRS)
def test_defaults_and_names_are_torchs(name: str) -> None:
    """All but the clipping, which is not the optimizers' there."""
    for key, parameter in OPTIMIZERS[name].parameters.items():
        if not key.startswith("clip_"):
            assert parameter.default == defaults(name)[key]


@pytest.mark.parametrize(("key", "most"), [("clip_norm", 0.5), ("clip_value", 0.3)])
def test_clipping_is_torchs(key: str, most: float) -> None:
    clip = getattr(torch.nn.utils, key.replace("clip_", "clip_grad_") + "_")
    expected = torchs(
        lambda points: torch.optim.SGD(points, lr=0.05, momentum=0.9, weight_decay=0.1),
        GROUND,
        before_step=lambda point: clip([point], most),
    )
    ours = walk(optimizer("momentum", weight_decay=0.1, **{key: most}), GROUND, START, STEPS, 0.05)
    np.testing.assert_allclose(ours, expected, rtol=1e-12, atol=1e-12)
    free = walk(optimizer("momentum", weight_decay=0.1), GROUND, START, STEPS, 0.05)
    assert np.abs(ours - free).max() > 0.1


def test_asgds_answer_is_torchs_average() -> None:
    holder: list[Any] = []

    def make(points: list[Any]) -> Any:
        holder.append((torch.optim.ASGD(points, lr=0.05, t0=20, lambd=0.01), points[0]))
        return holder[0][0]

    torchs(make, GROUND)
    theirs, point = holder[0]
    rule = optimizer("asgd", t0=20, lambd=0.01)
    points, state = walk_on(rule, GROUND, START, STEPS, 0.05)
    np.testing.assert_allclose(rule.answer(points[-1], state), theirs.state[point]["ax"].numpy(), rtol=1e-12)


def test_a_whole_call_of_torchs_lbfgs_is_twenty_steps_of_ours() -> None:
    expected = torchs(
        lambda points: torch.optim.LBFGS(
            points, lr=0.1, max_iter=20, max_eval=100, history_size=10, tolerance_grad=0, tolerance_change=0
        ),
        GROUND,
        steps=5,
    )
    ours = walk(optimizer("lbfgs"), GROUND, START, 100, 0.1)
    np.testing.assert_allclose(ours[::20], expected, rtol=1e-10, atol=1e-12)
