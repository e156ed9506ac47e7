"""The experiments' promises: a bracket within its time, and two processes quicker than one."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from tutor.lab.digits.bracket import Bracket, bracket
from tutor.lab.digits.problem import Problem
from tutor.lab.digits.sweep import Axis, Sweep, sweep
from tutor.lab.digits.workshop import Workshop
from tutor.processes import processes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.lab.digits.state import State

pytestmark = pytest.mark.benchmark_ratio


def seconds(states: Iterator[State]) -> tuple[float, float]:
    """Run to the end: how long it takes, and how long until something is known."""
    begin, first = time.perf_counter(), None
    for state in states:
        if first is None and state.progress.share > 0.0:
            first = time.perf_counter() - begin
    return time.perf_counter() - begin, first or 0.0


def matrix_time() -> float:
    """Time what a bracket of the digits mostly does: the same count of bare products, in numpy."""
    import numpy as np

    rng = np.random.default_rng(0)
    weights, inputs = rng.standard_normal((9, 64, 64)), rng.standard_normal((9, 64, 32))
    begin = time.perf_counter()
    for _ in range(3 * 880 * 3 * 3):
        weights @ inputs
    return time.perf_counter() - begin


def test_a_bracket_takes_little_more_than_its_products() -> None:
    """It is to end within 5 s; three times its bare products is far below that on any machine of two cores."""
    list(bracket(Bracket(Problem(epochs=1)), Workshop()))
    taken, first = seconds(bracket(Bracket(Problem()), Workshop()))
    peer = matrix_time()
    print(f"\nbracket {taken:.2f} s, first numbers after {first:.3f} s, bare products {peer:.2f} s")
    assert taken <= 3 * peer
    assert first <= 0.1 * taken


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs two cores")
def test_two_processes_are_1_6_times_as_quick_as_one() -> None:
    problem = Problem(examples=1000, loss="mse", width=64, steps=150, batch=128, every=150)
    settings = Sweep(problem, (Axis("scale", (0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6)),), seeds=3)
    one, _ = seconds(sweep(settings, Workshop()))
    two, _ = seconds(sweep(settings, Workshop(executor=lambda: processes(2))))
    print(f"\none process {one:.1f} s, two {two:.1f} s: {one / two:.2f} ×")
    assert one / two >= 1.6
