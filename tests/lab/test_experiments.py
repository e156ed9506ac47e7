"""Each kind of experiment against a second way of computing what it shows, and bad settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from tutor.errors import UsageError
from tutor.lab.experiments import KINDS, instant
from tutor.optim.descend import descend
from tutor.optim.least_squares import stable_rate
from tutor.optim.objectives import objective
from tutor.optim.schedules import schedule
from tutor.plots.figure import Contour, Curves

if TYPE_CHECKING:
    from tutor.lab.outcome import Outcome

RAVINE = {"objective": "ravine", "param": {"kappa": 20, "bend": 0.05}, "start": [-4, 1.6]}
SURFACE = objective("ravine", kappa=20, bend=0.05)
GOOD: dict[str, dict[str, object]] = {
    "descent": {**RAVINE, "rate": 0.05, "steps": 60},
    "flow": {**RAVINE, "rate": 0.05, "time": 4},
    "race": {**RAVINE, "rate": 0.05, "schedules": ["constant", "cosine", "warmup"]},
    "line-search": {**RAVINE, "rate": 1, "steps": 20},
    "batch": {"batches": [1, 4], "rate": 0.05, "steps": 200},
    "noise": {"batches": [1, 4], "rate": 0.1, "steps": 100},
    "signal": {"scales": [0.5, 1, 2], "depth": 8, "width": 16, "rate": 0.1},
    "edge": {"objective": "rosenbrock", "rate": 0.004, "steps": 200},
}


def outcome(kind: str, rate: float | None = None, **changes: object) -> Outcome:
    return instant({"kind": kind, **GOOD[kind], **changes}).outcome(rate)


def contour(made: Outcome) -> Contour:
    assert isinstance(made.figure, Contour)
    return made.figure


def curves(made: Outcome) -> Curves:
    assert isinstance(made.figure, Curves)
    return made.figure


def test_every_kind_has_an_example_here() -> None:
    assert set(GOOD) == set(KINDS)


@settings(max_examples=60)
@given(st.sampled_from(sorted(KINDS)), st.floats(-3.3, 6))
def test_whatever_the_rate_an_outcome_is_well_told(kind: str, power: float) -> None:
    made = outcome(kind, 10.0**power)
    assert (made.limit is None) == (kind == "signal")  # where each layer has a curvature of its own
    assert made.limit is None or made.limit > 0
    assert len(made.verdict) <= 100
    assert made.verdict.endswith(".")
    assert made.description.endswith(".")
    assert all(0 < len(readout) <= 32 for readout in made.readouts)
    words = " ".join([made.verdict, made.description, *made.readouts])
    assert not any(wrong in words for wrong in ("nan", "inf", "None", "e+", "e-", "not a number"))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_same_settings_have_the_same_outcome(kind: str) -> None:
    one, other = outcome(kind), outcome(kind)
    assert (one.description, one.readouts, one.verdict) == (other.description, other.readouts, other.verdict)


def test_descent_shows_the_run() -> None:
    made, run = outcome("descent"), descend(SURFACE, 0.05, start=(-4, 1.6), steps=60)
    (path,) = contour(made).paths
    np.testing.assert_array_equal(path.points, run.points)
    assert made.verdict == run.reason
    assert made.limit == pytest.approx(2 / 20)
    assert made.readouts[:3] == ("η = 0.05", "η·L = 1 of 2", "60 steps")
    assert made.description == (
        "Contour lines of the curved ravine ½(x² + 20(y − 0.05x²)²), with its minimum at (0, 0): "
        "from (−4, 1.6), a run of 60 steps at η = 0.05 comes down and closes in on the minimum "
        "and ends at (−0.22, 0.0026), loss 14.4 → 0.0236."
    )


def test_descent_with_momentum_has_momentums_limit() -> None:
    made = outcome("descent", optimizer="momentum", set={"momentum": 0.5})
    assert made.limit == pytest.approx(3 / 20)
    assert made.readouts[1] == "η·L = 1 of 3"


def test_descent_without_a_known_limit_shows_none() -> None:
    made = outcome("descent", optimizer="adam")
    assert made.limit is None
    assert made.readouts[:2] == ("η = 0.05", "60 steps")


def test_flow_shows_descent_beside_the_flow() -> None:
    made = outcome("flow", 0.01)
    steps, flow = contour(made).paths
    np.testing.assert_array_equal(steps.points, descend(SURFACE, 0.01, start=(-4, 1.6), steps=400).points)
    assert flow.smooth
    assert not steps.smooth
    assert made.verdict.startswith("Close")
    gaps = [float(outcome("flow", h).readouts[-1].rpartition("≤ ")[2]) for h in (0.02, 0.01, 0.005)]
    assert gaps[0] / gaps[1] == pytest.approx(2, rel=0.25)  # Euler's error is of first order
    assert gaps[1] / gaps[2] == pytest.approx(2, rel=0.25)
    assert outcome("flow", 0.09).verdict.startswith("Off")
    truth = solve_ivp(
        lambda _, x: -SURFACE.gradient(x),
        (0, 4),
        (-4, 1.6),
        t_eval=0.01 * np.arange(401),
        rtol=1e-10,
        atol=1e-10,
    )
    gap = np.linalg.norm(steps.points - truth.y.T, axis=-1).max()
    assert made.readouts[-1] == f"400 steps, gap ≤ {gap:.2g}"
    assert outcome("flow", 0.3).verdict.startswith("Diverging")


def test_flow_turns_only_to_rates_that_are_quick() -> None:
    made = instant({"kind": "flow", **GOOD["flow"]})
    assert made.rates[0] == 0.005
    with pytest.raises(UsageError, match=r"takes more than 10,000 steps: choose 0.0004 or more"):
        made.outcome(1e-4)


def test_race_of_schedules() -> None:
    made = outcome("race")
    for name, series in zip(("constant", "cosine", "warmup"), curves(made).series, strict=True):
        run = descend(SURFACE, schedule(name, rate=0.05, steps=60), start=(-4, 1.6), steps=60)
        np.testing.assert_array_equal(series.y, run.values)
    assert [series.label for series in curves(made).series] == ["A", "B", "C"]
    assert curves(made).log_y
    assert made.readouts[1].startswith("B cosine: loss ")


def test_race_of_rates_is_turned_as_a_whole() -> None:
    grid = {"kind": "race", "objective": "quadratic", "param": {"kappa": 10}, "rates": [0.01, 0.1, 1.0]}
    made = instant(grid)
    assert made.rate == 0.1
    assert [readout.partition(":")[0] for readout in made.outcome(0.2).readouts] == [
        "A η = 0.02",
        "B η = 0.2",
        "C η = 2",
    ]
    assert made.outcome().verdict == "A crawls, B converges, C diverges; B ends lowest."
    diverging = curves(made.outcome()).series[2].y
    assert diverging[-1] == 1000 * diverging[0]
    assert made.outcome(100.0).verdict == "All diverge."


def test_race_can_show_the_rates_against_the_local_limit() -> None:
    made = outcome("race", schedules=["constant", "warmup"], set={"warmup": {"warmup_steps": 20}}, show="rates")
    constant, warmup, limit = curves(made).series
    np.testing.assert_array_equal(constant.y, np.full(60, 0.05))
    np.testing.assert_allclose(warmup.y[:21], 0.05 * np.arange(1, 22) / 21)
    run = descend(SURFACE, schedule("warmup", rate=0.05, steps=60, warmup_steps=20), start=(-4, 1.6), steps=60)
    np.testing.assert_allclose(limit.y, [2 / np.linalg.eigvalsh(SURFACE.hessian(x)).max() for x in run.points])
    assert limit.label == "L"


def test_line_search_shows_the_run_and_the_first_probes() -> None:
    made = outcome("line-search")
    run, ray = contour(made).paths
    start, gradient = run.points[0], SURFACE.gradient(run.points[0])
    rates = [np.dot(start - point, gradient) / np.dot(gradient, gradient) for point in ray.points]
    assert rates == pytest.approx([0.0, 0.0625, 0.125, 0.25, 0.5, 1.0])
    np.testing.assert_allclose(ray.points[1], run.points[1])
    assert made.verdict == "Safe: a trial of 1 is cut until it lowers the loss enough."
    assert outcome("line-search", 0.001).verdict.startswith("Crawling: each trial of 0.001 will do at once")


def test_a_search_that_begins_at_the_last_rate_says_so() -> None:
    made = instant({"kind": "line-search", **RAVINE, "search": "stochastic-armijo", "rate": 0.001, "steps": 20})
    grown = made.outcome().verdict
    assert grown == "Safe: each trial is 2 × the last rate, and is cut until it lowers the loss enough."
    soon = instant({"kind": "line-search", **RAVINE, "search": "stochastic-armijo", "rate": 0.001, "steps": 3})
    assert soon.outcome().verdict == "Crawling: each trial, 2 × the last rate, will do at once."


def test_a_search_that_finds_no_rate_says_so_in_the_verdict() -> None:
    kink = {"objective": "kink", "rate": 1.0, "steps": 20}
    made = instant({"kind": "line-search", "search": "exact", **kink})
    assert made.outcome().verdict.startswith("At step 2 none of")
    assert "is taken" in made.outcome().verdict


def test_batch_shows_what_the_mean_square_limit_says() -> None:
    made = outcome("batch")
    assert made.limit == stable_rate(64, 1)
    assert made.readouts == ("η = 0.05", "A batch 1: limit 0.0303", "B batch 4: limit 0.116")
    assert made.verdict == "A diverges, B converges: a larger batch has a quieter gradient."
    assert outcome("batch", 0.3).verdict == "All diverge."
    assert outcome("batch", seed=2).description != made.description


WRONG: list[tuple[dict[str, object], str]] = [
    ({}, "an experiment needs a kind in quotes, one of descent, flow, race, line-search, batch"),
    ({"kind": 3}, "needs a kind in quotes"),
    ({"kind": "decent"}, "unknown kind of experiment 'decent': did you mean 'descent'"),
    (
        {"kind": "descent", "objective": "quadratic"},
        "experiment 'descent': 'rate' is missing: add a line such as rate",
    ),
    ({"kind": "descent", "rate": 0.1}, "'objective' is missing"),
    ({"kind": "descent", "objective": "ravin", "rate": 0.1}, "did you mean 'ravine'"),
    ({**GOOD["descent"], "kind": "descent", "param": {"kapa": 3}}, "did you mean 'kappa'"),
    ({**GOOD["descent"], "kind": "descent", "param": 3}, "param must be a table such as"),
    ({**GOOD["descent"], "kind": "descent", "rat": 0.1}, "did you mean 'rate'"),
    ({**GOOD["descent"], "kind": "descent", "rate": float("nan")}, "rate must be a number from .* not nan"),
    ({**GOOD["descent"], "kind": "descent", "rate": float("inf")}, "not inf"),
    ({**GOOD["descent"], "kind": "descent", "rate": 0}, "not 0"),
    ({**GOOD["descent"], "kind": "descent", "rate": -1}, "not -1"),
    ({**GOOD["descent"], "kind": "descent", "rate": "0.1"}, "not '0.1'"),
    ({**GOOD["descent"], "kind": "descent", "rate": True}, "not True"),
    ({**GOOD["descent"], "kind": "descent", "rate": 10**400}, "rate must be a number"),
    ({**GOOD["descent"], "kind": "descent", "steps": 10**9}, "steps must be a number from 1 to 10,000"),
    ({**GOOD["descent"], "kind": "descent", "steps": 2.5}, "steps must be a whole number, not 2.5"),
    ({**GOOD["descent"], "kind": "descent", "start": [1, 2, 3]}, "start must be a list of 2 numbers"),
    ({**GOOD["descent"], "kind": "descent", "start": [1, float("nan")]}, "each of start must be a number"),
    ({**GOOD["descent"], "kind": "descent", "start": 3}, "start must be a list"),
    ({**GOOD["descent"], "kind": "descent", "view": [1, -1, 0, 1]}, "view must be .left, right, bottom, top."),
    ({**GOOD["descent"], "kind": "descent", "optimizer": "adamm"}, "did you mean 'adam'"),
    ({**GOOD["descent"], "kind": "descent", "optimizer": 3}, "optimizer must be a name in quotes"),
    ({**GOOD["flow"], "kind": "flow", "time": 0}, "time must be a number from"),
    (
        {**GOOD["flow"], "kind": "flow", "time": 500},
        "the flow takes more than 10,000 fine steps: choose a time up to",
    ),
    (
        {"kind": "flow", "objective": "monkey-saddle", "rate": 0.01, "time": 3},
        "the flow runs away from this start",
    ),
    ({**GOOD["flow"], "kind": "flow", "rate": 1e-6}, "takes more than 10,000 steps"),
    ({**GOOD["race"], "kind": "race", "rates": [0.1]}, "give either rates"),
    ({**RAVINE, "kind": "race", "rate": 0.1}, "give either rates"),
    ({**RAVINE, "kind": "race", "rates": []}, "rates must be a list of 1 to 8 entries"),
    ({**RAVINE, "kind": "race", "rates": [0.1] * 9}, "rates must be a list of 1 to 8 entries"),
    ({**RAVINE, "kind": "race", "rates": [0.1, -1]}, "each of rates must be a number"),
    ({**GOOD["race"], "kind": "race", "schedules": ["cosin"]}, "did you mean 'cosine'"),
    ({**GOOD["race"], "kind": "race", "schedules": [3]}, "each of schedules must be a name in quotes"),
    ({**GOOD["race"], "kind": "race", "set": {"warm": {}}}, "did you mean 'warmup'"),
    ({**GOOD["race"], "kind": "race", "set": {"warmup": 3}}, "set.warmup must be a table"),
    ({**GOOD["race"], "kind": "race", "show": "path"}, "unknown figure 'path'"),
    ({**GOOD["line-search"], "kind": "line-search", "search": "wolf"}, "unknown line search 'wolf'"),
    ({**GOOD["batch"], "kind": "batch", "dimension": 1000}, "dimension must be a number from 1 to 100"),
    ({**GOOD["batch"], "kind": "batch", "batches": [1.5]}, "each of batches must be a whole number"),
    ({**GOOD["batch"], "kind": "batch", "batches": [1024], "steps": 9999}, "must be at most 5,000,000"),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_bad_settings_say_in_one_line_what_and_how_to_mend(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        instant(wrong)
    assert "\n" not in str(caught.value)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=80)
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_whatever_a_deck_says_the_answer_is_an_experiment_or_a_usage_error(
    kind: str, data: st.DataObject
) -> None:
    keys = [*GOOD[kind], "view", "set", "show", "seed", "optimizer", "search", "nonsense"]
    changes = data.draw(st.dictionaries(st.sampled_from(keys), values, min_size=1, max_size=2))
    try:
        instant({"kind": kind, **GOOD[kind], **changes})
    except UsageError:
        return
