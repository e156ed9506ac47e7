"""Every schedule that optax has, step by step beside optax's own, from the first to past the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tutor.optim.schedules import Schedule, join, schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS, RATE = 30, 0.4


@pytest.fixture(scope="module")
def optax() -> Iterator[Any]:
    """The library, with jax in double precision while these tests run."""
    jax = pytest.importorskip("jax", reason="jax and optax are the oracle of these schedules, and large")
    theirs = pytest.importorskip("optax", reason="optax is the oracle of these schedules, and large")
    with jax.enable_x64(True):
        yield theirs


def rates(at: Any) -> list[float]:
    return [float(at(step)) for step in range(STEPS + 3)]


def ours(name: str, **settings: Any) -> list[float]:
    return rates(schedule(name, rate=RATE, steps=STEPS, **settings))


# name, ours, optax's function, its arguments
CASES: list[tuple[str, dict[str, Any], str, tuple[Any, ...], dict[str, Any]]] = [
    ("constant", {}, "constant_schedule", (RATE,), {}),
    (
        "linear",
        {"start_factor": 1.0, "end_factor": 0.25, "total_iters": 12},
        "linear_schedule",
        (RATE, RATE / 4, 12),
        {},
    ),
    (
        "polynomial",
        {"power": 2.5, "total_iters": 12, "end_value": 0.03, "transition_begin": 5},
        "polynomial_schedule",
        (RATE, 0.03, 2.5, 12, 5),
        {},
    ),
    ("polynomial", {"transition_begin": 10}, "polynomial_schedule", (RATE, 0.0, 1.0, 20, 10), {}),
    (
        "exponential",
        {"gamma": 0.5, "transition_steps": 4, "transition_begin": 3, "end_value": 0.02},
        "exponential_decay",
        (RATE, 4, 0.5, 3),
        {"end_value": 0.02},
    ),
    (
        "exponential",
        {"gamma": 0.5, "transition_steps": 4, "transition_begin": 3, "staircase": True},
        "exponential_decay",
        (RATE, 4, 0.5, 3),
        {"staircase": True},
    ),
    (
        "cosine",
        {"T_max": 20, "eta_min": 0.02, "exponent": 1.7},
        "cosine_decay_schedule",
        (RATE, 20, 0.05, 1.7),
        {},
    ),
    ("cosine", {}, "cosine_decay_schedule", (RATE, STEPS), {}),
    ("warmup", {"warmup_steps": 8, "init_value": 0.1}, "warmup_constant_schedule", (0.1, RATE, 8), {}),
    ("warmup", {"init_value": 0.0}, "warmup_constant_schedule", (0.0, RATE, 6), {}),
    (
        "warmup-cosine",
        {"warmup_steps": 6, "init_value": 0.1, "decay_steps": 26, "end_value": 0.04, "exponent": 2.0},
        "warmup_cosine_decay_schedule",
        (0.1, RATE, 6, 26, 0.04, 2.0),
        {},
    ),
    ("warmup-cosine", {"init_value": 0.0}, "warmup_cosine_decay_schedule", (0.0, RATE, 6, STEPS), {}),
    (
        "warmup-exponential",
        {
            "warmup_steps": 6,
            "init_value": 0.1,
            "transition_steps": 3,
            "gamma": 0.6,
            "transition_begin": 2,
            "staircase": True,
            "end_value": 0.05,
        },
        "warmup_exponential_decay_schedule",
        (0.1, RATE, 6, 3, 0.6, 2, True, 0.05),
        {},
    ),
    (
        "warmup-exponential",
        {"init_value": 0.0},
        "warmup_exponential_decay_schedule",
        (0.0, RATE, 6, 1, 0.95),
        {},
    ),
    (
        "piecewise-constant",
        {"boundaries": [20, 4, 11], "scales": [0.1, 0.5, 3.0]},
        "piecewise_constant_schedule",
        (RATE, {20: 0.1, 4: 0.5, 11: 3.0}),
        {},
    ),
    ("piecewise-constant", {}, "piecewise_constant_schedule", (RATE, {10: 0.1, 20: 0.1}), {}),
    (
        "piecewise-interpolate",
        {"boundaries": [4, 20], "scales": [2.0, 0.1]},
        "piecewise_interpolate_schedule",
        ("linear", RATE, {4: 2.0, 20: 0.1}),
        {},
    ),
    (
        "piecewise-interpolate",
        {"boundaries": [4, 20, 30], "scales": [0.5, 0.1, 1.0], "interpolate_type": "cosine"},
        "piecewise_interpolate_schedule",
        ("cosine", RATE, {4: 0.5, 20: 0.1, 30: 1.0}),
        {},
    ),
    ("one-cycle-cosine", {}, "cosine_onecycle_schedule", (STEPS, RATE), {}),
    (
        "one-cycle-cosine",
        {"transition_steps": 21, "pct_start": 0.0, "div_factor": 5, "final_div_factor": 50},
        "cosine_onecycle_schedule",
        (21, RATE, 0.0, 5.0, 50.0),
        {},
    ),
    ("one-cycle-linear", {}, "linear_onecycle_schedule", (STEPS, RATE), {}),
    (
        "one-cycle-linear",
        {"transition_steps": 21, "pct_start": 0.25, "pct_final": 1.0, "div_factor": 5, "final_div_factor": 50},
        "linear_onecycle_schedule",
        (21, RATE, 0.25, 1.0, 5.0, 50.0),
        {},
    ),
    (
        "sgdr",
        {"T_0": 5, "T_mult": 2, "eta_min": 0.02},
        "sgdr_schedule",
        (
            [
                {"init_value": RATE, "peak_value": RATE, "warmup_steps": 0, "decay_steps": n, "end_value": 0.02}
                for n in (5, 10, 20)
            ],
        ),
        {},
    ),
]


@pytest.mark.parametrize(("name", "settings", "function", "arguments", "options"), CASES)
def test_equal_to_optax_at_every_step(
    optax: Any,
    name: str,
    settings: dict[str, Any],
    function: str,
    arguments: tuple[Any, ...],
    options: dict[str, Any],
) -> None:
    expected = rates(getattr(optax, function)(*arguments, **options))
    assert ours(name, **settings) == pytest.approx(expected, rel=1e-12, abs=1e-15)


def test_join(optax: Any) -> None:
    expected = optax.join_schedules(
        [
            optax.constant_schedule(0.1),
            optax.linear_schedule(0.2, 0.0, 10),
            optax.cosine_decay_schedule(0.3, 5),
        ],
        [4, 19],
    )
    made: Schedule = join(
        [
            schedule("constant", rate=0.1, steps=1),
            schedule("linear", rate=0.2, steps=10, start_factor=1.0, end_factor=0.0),
            schedule("cosine", rate=0.3, steps=5),
        ],
        [4, 19],
    )
    assert rates(made) == pytest.approx(rates(expected), rel=1e-12, abs=1e-15)
