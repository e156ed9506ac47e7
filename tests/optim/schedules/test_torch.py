"""Every schedule that torch has, step by step beside torch's own, from the first to past the last."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.optim.schedules import chain, feedback, join, schedule

torch = pytest.importorskip("torch", reason="torch is the oracle of these schedules, and large")
theirs = torch.optim.lr_scheduler

STEPS, RATE = 30, 0.4


def optimizer(rate: float = RATE) -> Any:
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)


def follow(made: Any, steps: int = STEPS + 3) -> list[float]:
    """The rates of a training loop that calls the scheduler after each step."""
    rates = [float(made.optimizer.param_groups[0]["lr"])]
    for _ in range(steps - 1):
        made.optimizer.step()
        made.step()
        rates.append(float(made.optimizer.param_groups[0]["lr"]))
    return rates


def ours(name: str, steps: int = STEPS + 3, **settings_: Any) -> list[float]:
    at = schedule(name, rate=RATE, steps=STEPS, **settings_)
    return [at(step) for step in range(steps)]


CASES = [
    ("step", "StepLR", {"step_size": 7, "gamma": 0.3}),
    ("step", "StepLR", {"step_size": 10}),  # a third of the run
    ("multi-step", "MultiStepLR", {"milestones": [3, 17, 30], "gamma": 0.5}),
    ("multi-step", "MultiStepLR", {"milestones": [4, 4, 0]}),
    ("multi-step", "MultiStepLR", {"milestones": [15, 22]}),
    ("constant-factor", "ConstantLR", {"factor": 0.25, "total_iters": 4}),
    ("constant-factor", "ConstantLR", {"total_iters": 6}),
    ("constant-factor", "ConstantLR", {"factor": 0.5, "total_iters": STEPS}),
    ("linear", "LinearLR", {"start_factor": 0.1, "end_factor": 0.7, "total_iters": 9}),
    ("linear", "LinearLR", {"start_factor": 1.0, "end_factor": 0.0, "total_iters": STEPS}),
    ("linear", "LinearLR", {"total_iters": STEPS}),
    ("exponential", "ExponentialLR", {"gamma": 0.9}),
    ("polynomial", "PolynomialLR", {"total_iters": 12, "power": 2.0}),
    ("polynomial", "PolynomialLR", {"total_iters": STEPS}),
    ("sgdr", "CosineAnnealingWarmRestarts", {"T_0": 4, "T_mult": 2, "eta_min": 0.01}),
    ("sgdr", "CosineAnnealingWarmRestarts", {"T_0": 10}),
    ("sgdr", "CosineAnnealingWarmRestarts", {"T_0": 1, "T_mult": 3}),
]


@pytest.mark.parametrize(("name", "cls", "arguments"), CASES)
def test_equal_to_torch_at_every_step(name: str, cls: str, arguments: dict[str, Any]) -> None:
    expected = follow(getattr(theirs, cls)(optimizer(), **arguments))
    assert ours(name, **arguments) == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(
    ("name", "cls", "arguments"),
    [
        ("step", "StepLR", {"step_size": 10}),
        ("multi-step", "MultiStepLR", {"milestones": [15, 22]}),
        ("constant-factor", "ConstantLR", {"total_iters": 6}),
        ("linear", "LinearLR", {"total_iters": STEPS}),
        ("polynomial", "PolynomialLR", {"total_iters": STEPS}),
        ("sgdr", "CosineAnnealingWarmRestarts", {"T_0": 10}),
        ("cyclic", "CyclicLR", {"base_lr": 0.1, "max_lr": 0.4, "step_size_up": 5, "cycle_momentum": False}),
        ("exponential", "ExponentialLR", {"gamma": 0.95}),
    ],
)
def test_defaults_are_torchs_and_lengths_follow_the_run(name: str, cls: str, arguments: dict[str, Any]) -> None:
    expected = follow(getattr(theirs, cls)(optimizer(), **arguments))
    assert ours(name) == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("arguments", [{"T_max": 20, "eta_min": 0.01}, {"T_max": STEPS}, {"T_max": 1}])
def test_cosine_up_to_its_end_where_torch_would_rise_again(arguments: dict[str, Any]) -> None:
    span = arguments["T_max"]
    expected = follow(theirs.CosineAnnealingLR(optimizer(), **arguments), span + 2)
    got = ours("cosine", span + 2, **arguments)
    assert got[: span + 1] == pytest.approx(expected[: span + 1], rel=1e-9, abs=1e-15)
    assert got[span + 1] == got[span] == arguments.get("eta_min", 0.0)
    assert expected[span + 1] > got[span + 1]


@settings(max_examples=40)
@given(
    st.sampled_from(["triangular", "triangular2", "exp_range"]),
    st.integers(1, 9),
    st.none() | st.integers(1, 9),
    st.floats(0.8, 1.0),
    st.floats(0.0, 0.3),
)
def test_cyclic(mode: str, up: int, down: int | None, gamma: float, low: float) -> None:
    given_: dict[str, Any] = {"mode": mode, "step_size_up": up, "gamma": gamma, "base_lr": low}
    made = theirs.CyclicLR(optimizer(), max_lr=RATE, step_size_down=down, cycle_momentum=False, **given_)
    got = ours("cyclic", **given_, **({"step_size_down": down} if down else {}))
    assert got == pytest.approx(follow(made), rel=1e-9, abs=1e-13)


@settings(max_examples=60)
@given(
    st.integers(1, STEPS),
    st.floats(0.0, 1.0),
    st.sampled_from(["cos", "linear"]),
    st.booleans(),
    st.floats(1.0, 50.0),
    st.floats(1.0, 1e5),
)
def test_one_cycle(total: int, start: float, how: str, three: bool, first: float, last: float) -> None:
    if three:
        start /= 2.0
    if start * total == 1.0:
        start, total = 0.3, 20  # torch divides by zero
    given_: dict[str, Any] = {
        "total_steps": total,
        "pct_start": start,
        "anneal_strategy": how,
        "three_phase": three,
        "div_factor": first,
        "final_div_factor": last,
    }
    made = theirs.OneCycleLR(optimizer(), max_lr=RATE, cycle_momentum=False, **given_)
    got = ours("one-cycle", **given_)
    assert got[:total] == pytest.approx(follow(made, total), rel=1e-9)
    assert got[total:] == pytest.approx([RATE / first / last] * (len(got) - total))  # torch's next one rises


def test_one_cycle_by_default() -> None:
    made = theirs.OneCycleLR(optimizer(), max_lr=RATE, total_steps=STEPS, cycle_momentum=False)
    got = ours("one-cycle")
    assert got[:STEPS] == pytest.approx(follow(made, STEPS), rel=1e-12)
    assert got[0] == pytest.approx(RATE / 25)
    assert got[8] == RATE
    assert got[STEPS - 1] == got[STEPS] == pytest.approx(RATE / 25e4)


def test_one_cycle_where_torch_divides_by_zero() -> None:
    assert ours("one-cycle", total_steps=10, pct_start=0.1)[0] == RATE
    assert ours("one-cycle", total_steps=1)[0] == pytest.approx(RATE / 25e4)


def test_join_is_sequential() -> None:
    shared = optimizer()
    parts = [
        theirs.LinearLR(shared, start_factor=0.2, total_iters=5),
        theirs.ExponentialLR(shared, gamma=0.9),
        theirs.ConstantLR(shared, factor=0.5, total_iters=3),
    ]
    expected = follow(theirs.SequentialLR(shared, parts, milestones=[5, 20]))
    made = join(
        [
            schedule("linear", rate=RATE, steps=STEPS, start_factor=0.2, total_iters=5),
            schedule("exponential", rate=RATE, steps=STEPS, gamma=0.9),
            schedule("constant-factor", rate=RATE, steps=STEPS, factor=0.5, total_iters=3),
        ],
        [5, 20],
    )
    assert [made(step) for step in range(STEPS + 3)] == pytest.approx(expected, rel=1e-12)


def test_chain_is_chained() -> None:
    shared = optimizer()
    parts = [
        theirs.ConstantLR(shared, factor=0.1, total_iters=8),
        theirs.ExponentialLR(shared, gamma=0.9),
        theirs.PolynomialLR(shared, total_iters=STEPS, power=1.5),
    ]
    expected = follow(theirs.ChainedScheduler(parts, shared))
    made = chain(
        [
            schedule("constant-factor", rate=RATE, steps=STEPS, factor=0.1, total_iters=8),
            schedule("exponential", rate=RATE, steps=STEPS, gamma=0.9),
            schedule("polynomial", rate=RATE, steps=STEPS, power=1.5),
        ],
        RATE,
    )
    assert [made(step) for step in range(STEPS + 3)] == pytest.approx(expected, rel=1e-12)


LOSSES = st.floats(-2, 2) | st.sampled_from([0.0, 1.0, float("nan"), float("inf"), -float("inf")])


@settings(max_examples=80)
@given(
    st.lists(LOSSES, max_size=40),
    st.integers(0, 4),
    st.integers(0, 4),
    st.sampled_from(["rel", "abs"]),
    st.floats(0.0, 0.5),
    st.sampled_from([0.1, 0.5, 0.9]),
    st.sampled_from([0.0, 0.05]),
    st.sampled_from([1e-8, 0.02]),
)
def test_reduce_on_plateau(
    losses: list[float],
    patience: int,
    cooldown: int,
    how: str,
    threshold: float,
    factor: float,
    low: float,
    eps: float,
) -> None:
    given_: dict[str, Any] = {
        "patience": patience,
        "cooldown": cooldown,
        "threshold_mode": how,
        "threshold": threshold,
        "factor": factor,
        "min_lr": low,
        "eps": eps,
    }
    made = theirs.ReduceLROnPlateau(optimizer(), **given_)
    watching = feedback("reduce-on-plateau", rate=RATE, **given_)
    for loss in losses:
        assert watching.rate == made.optimizer.param_groups[0]["lr"]
        made.step(loss)
        watching = watching.observe(loss)
    assert watching.rate == made.optimizer.param_groups[0]["lr"]


def test_reduce_on_plateau_by_default() -> None:
    made = theirs.ReduceLROnPlateau(optimizer())
    watching = feedback("reduce-on-plateau", rate=RATE)
    for step in range(40):
        made.step(1.0)
        watching = watching.observe(1.0)
        assert watching.rate == made.optimizer.param_groups[0]["lr"], step
    assert watching.rate == pytest.approx(RATE / 1000)
