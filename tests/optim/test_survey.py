from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.optim import survey as module
from tutor.optim.descend import descend, descend_many
from tutor.optim.linesearch import line_search
from tutor.optim.objectives import OBJECTIVES, Objective, objective
from tutor.optim.optimizers import OPTIMIZERS, SGD, Optimizer, optimizer
from tutor.optim.schedules import feedback, schedule
from tutor.optim.survey import survey
from tutor.optim.verdict import Verdict

RAVINE = objective("ravine")


def agree(ground: Objective, paces: Any, steps: int, rule: Optimizer = SGD, **settings: Any) -> None:
    """The verdicts of a survey are those of whole trajectories."""
    made = survey(ground, paces, steps=steps, optimizer=rule, **settings)
    runs = descend_many(ground, paces, steps=steps, optimizer=rule, **settings)
    assert made.verdicts == tuple(run.verdict for run in runs)
    assert all(isinstance(verdict, Verdict) for verdict in made.verdicts)
    assert [made.reason(run) for run in range(len(runs))] == [run.reason for run in runs]
    assert made.steps.tolist() == [run.steps for run in runs]


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(OBJECTIVES)),
    st.sampled_from(sorted(OPTIMIZERS)),
    st.sampled_from([1, 2, 3, 7, 50, 150, 200, 201, 202, 203, 450]),
    st.tuples(st.floats(-6, 3), st.floats(0, 5)),
)
def test_a_survey_agrees_with_trajectories(
    name: str, rule: str, steps: int, exponents: tuple[float, float]
) -> None:
    ground, (low, span) = objective(name), exponents
    assume(rule != "polyak" or ground.minimum_value is not None)
    agree(ground, np.logspace(low, low + span, 9), steps, optimizer(rule))


def test_runs_that_leave_and_come_back_have_left() -> None:
    """Sign descent at a huge rate hops away and home again: home at each even step."""
    agree(objective("quadratic"), [1e8, 0.01], 400, optimizer("sign"))
    made = survey(objective("quadratic"), [1e8], steps=400, optimizer=optimizer("sign"))
    assert made.verdicts == (Verdict.DIVERGING,)
    assert made.steps.tolist() == [1]


def test_parts_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = np.geomspace(1e-3, 1, 50)
    whole = survey(RAVINE, rates, steps=300)
    monkeypatch.setattr(module, "MOST_NUMBERS", 7 * 2 * 52)
    parts = survey(RAVINE, rates, steps=300)
    assert parts.verdicts == whole.verdicts
    assert parts.steps.tolist() == whole.steps.tolist()
    assert [parts.reason(run) for run in range(50)] == [whole.reason(run) for run in range(50)]


def test_schedules_searches_and_starts() -> None:
    paces = [
        0.05,
        3.0,
        schedule("cosine", rate=0.1, steps=250),
        schedule("constant", rate=2.0, steps=250),
        feedback("reduce-on-plateau", rate=0.1),
    ]
    agree(RAVINE, paces, 250)
    agree(RAVINE, np.array([0.5, 1.0]), 30, line_search=line_search("armijo"))
    agree(RAVINE, np.array([0.05, 0.06]), 30, start=[[1.0, 1.0], [-4.0, 3.0]])
    with pytest.raises(UsageError, match="is 2 numbers"):
        survey(RAVINE, [0.1], steps=3, start=(1, 2, 3))


def test_the_boundary_is_two_over_l() -> None:
    rates = np.geomspace(0.01, 1, 2001)
    made = survey(objective("quadratic", kappa=10), rates, steps=1000)
    diverging = np.array([verdict is Verdict.DIVERGING for verdict in made.verdicts])
    assert (np.diff(diverging.astype(int)) >= 0).all()
    assert rates[~diverging].max() <= 0.2 <= rates[diverging].min()


def peak(steps: int) -> int:
    tracemalloc.start()
    survey(RAVINE, np.geomspace(1e-4, 1e-2, 500), steps=steps)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_steps() -> None:
    peak(300)
    assert peak(4000) <= 1.05 * peak(400)


def test_one_run_of_many_steps() -> None:
    made = survey(RAVINE, [1e-3], steps=20_000)
    assert made.verdicts == (descend(RAVINE, 1e-3, steps=20_000).verdict,)
