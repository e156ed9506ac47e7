"""The numbers of runs: each row of the facts about descent and about the flow, as it is read in the lab."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from tutor.lab.bench.numbers import numbers, told
from tutor.lab.bench.predictions import contraction
from tutor.lab.bench.presets import preset
from tutor.lab.bench.readout import readout
from tutor.lab.bench.runs import behind, limit, trajectories, trajectory
from tutor.lab.bench.state import Choice, Ground, LabState, RunSetup, choice
from tutor.lab.bench.tables import the_objective

BOWL = Ground(choice("quadratic", {"kappa": 100.0}), steps=500)


def row(state: LabState, name: str, run: int = 0) -> tuple[str, str]:
    """What is measured and what is predicted under a name."""
    blocks = numbers(replace(state, active=run))
    (found,) = [row for block in blocks for row in block.rows if row.name == name]
    return found.measured, found.predicted


def best(state: LabState) -> dict[str, str]:
    return {row.name: row.about for row in numbers(state)[-1].rows}


def test_contraction_and_steps_beside_theory() -> None:
    state = preset("best-rate")
    assert row(state, "contraction") == ("0.9802", "0.9802")
    assert row(state, "steps to 1×10⁻⁶") == ("691", "691")
    assert [row(state, "steps to 1×10⁻⁶", run)[1] for run in (1, 2)] == ["1,375", "13,809"]
    assert row(preset("limit"), "steps to 1×10⁻⁶", 2) == ("not yet", "never")


def test_the_best_rates_at_a_minimum() -> None:
    assert best(preset("limit")) == {
        "gradient descent": "η = 0.019802: contraction 0.9802, 691 steps",
        "heavy ball": "η = 0.033058, β = 0.66942: contraction 0.81818, 69 steps",
    }


def test_nesterovs_contractions() -> None:
    state = preset("nesterov")
    assert row(state, "contraction", 0)[1] == "0.9"
    measured, predicted = row(state, "contraction", 1)
    assert predicted == "0.88472"
    assert float(measured) == pytest.approx(0.88472, abs=0.002)


def test_adams_first_step_has_the_same_length_on_every_slope() -> None:
    ground = preset("adam-first-step").ground
    adam, sign, _ = trajectories(preset("adam-first-step"))
    assert adam.points[1] - adam.points[0] == pytest.approx(0.5 * np.array([1, -1]), rel=1e-8)
    assert sign.points[1] == pytest.approx(adam.points[1])
    read = readout(ground, preset("adam-first-step").runs[0], 0)
    slopes = the_objective(ground.objective).gradient(adam.points[0])
    assert read.effective == pytest.approx(0.5 / np.abs(slopes), rel=1e-6)


def test_adam_hovers_at_its_own_edge_of_stability() -> None:
    state = preset("adam-edge")
    early = float(row(replace(state, cursor=20), "η·S over √v̂")[0])
    late = [row(replace(state, cursor=step), "η·S over √v̂") for step in range(1000, 2000, 25)]
    assert {predicted for _, predicted in late} == {"limit 38"}
    assert np.mean([float(measured) for measured, _ in late]) == pytest.approx(38, rel=0.05)
    assert early < 10


def test_rmsprop_ends_hopping_over_the_minimum_by_half_of_eta() -> None:
    (run,) = trajectories(preset("rmsprop-cycle"))
    assert np.abs(run.points[-20:, 0]) == pytest.approx(np.full(20, 0.25), rel=1e-3)
    assert row(preset("rmsprop-cycle"), "turn")[0] == "−1"
    assert row(preset("rmsprop-cycle"), "overshoot")[0] == "2"


def test_polyak_halves_the_distance() -> None:
    run = trajectories(preset("polyak"))[0]
    assert run.points[1:, 1] / run.points[:-1, 1] == pytest.approx(np.full(20, 0.5))
    assert row(preset("polyak"), "overshoot") == ("0.5", "")


def test_armijo_takes_the_first_half_below_its_bound() -> None:
    (run,) = trajectories(preset("armijo-bound"))
    assert run.rates == pytest.approx(np.full(10, 1 / 64))
    assert 1 / 64 <= 2 * (1 - 1e-4) / 100 < 1 / 32


def test_strong_wolfe_steps_within_its_interval() -> None:
    state = preset("wolfe")
    for step in range(10):
        assert 0.1 <= readout(state.ground, state.run, step).overshoot <= 1.9


@pytest.mark.parametrize(
    ("name", "stable"),
    [("sgd", 2.0), ("midpoint", 2.0), ("rk3", 2.512745), ("rk4", 2.785294)],
)
def test_the_flows_methods_are_stable_to_their_limits(name: str, stable: float) -> None:
    setups = [RunSetup(share * stable / 100, optimizer=Choice(name)) for share in (0.999, 1.001)]
    found = limit(BOWL, setups[0])
    assert found == pytest.approx(stable / 100, abs=1e-8)
    below, above = (trajectory(BOWL, setup) for setup in setups)
    assert abs(below.points[-1, 1]) < abs(below.points[0, 1]) < abs(above.points[-1, 1])


def test_implicit_methods_have_no_limit() -> None:
    state = preset("implicit")
    assert [limit(state.ground, run) for run in state.runs[:2]] == [None, None]
    glides, rings, gone = trajectories(state)
    assert (np.diff(np.sign(glides.points[:20, 1])) == 0).all()
    assert (np.sign(rings.points[1:20, 1]) == -np.sign(rings.points[:19, 1])).all()
    assert gone.verdict == "diverging"


def test_halving_the_step_shows_a_methods_order_in_its_distance_from_the_flow() -> None:
    """The slope of the global error: 1 for Euler and implicit Euler, 2 for the midpoint and the trapezoid."""
    ground = preset("order").ground
    for name, order in (("sgd", 1), ("implicit-euler", 1), ("midpoint", 2), ("trapezoid", 2)):
        gaps = []
        for halvings in (0, 1):
            setup = RunSetup(0.01 / 2**halvings, optimizer=Choice(name))
            gap = behind(replace(ground, steps=100 * 2**halvings), setup, 100 * 2**halvings)
            assert gap is not None
            gaps.append(gap)
        assert math.log2(gaps[0] / gaps[1]) == pytest.approx(order, abs=0.15)


def test_only_what_discretises_the_flow_is_compared_with_it() -> None:
    assert behind(BOWL, RunSetup(0.01), 50) is not None
    assert behind(BOWL, RunSetup(0.01, optimizer=Choice("momentum")), 50) is None
    assert behind(BOWL, RunSetup(1.0, search=Choice("armijo")), 50) is None


@pytest.mark.parametrize(("run", "variance"), [(0, "0.052632"), (1, "0.25"), (2, "0.51351")])
def test_the_variance_in_noise_beside_theory(run: int, variance: str) -> None:
    measured, predicted = row(preset("noise"), "variance", run)
    assert predicted == variance
    assert float(measured) == pytest.approx(float(variance), rel=0.15)
    assert row(preset("noise"), "contraction", run)[1] == ""


@pytest.mark.parametrize(
    ("name", "start", "rate"),
    [
        ("rosenbrock", (1.0, 1.0), 0.00199680),
        ("beale", (3.0, 0.5), 0.0408),
        ("booth", (1.0, 3.0), 0.1111),
        ("himmelblau", (3.0, 2.0), 0.0243),
        ("himmelblau", (-2.8, 3.1), 0.0248),
        ("himmelblau", (-3.8, -3.3), 0.0149),
        ("himmelblau", (3.6, -1.8), 0.0190),
    ],
)
def test_the_limit_at_each_minimum(name: str, start: tuple[float, float], rate: float) -> None:
    found = limit(Ground(Choice(name), start=start, steps=1), RunSetup(1e-6))
    assert found == pytest.approx(rate, rel=5e-3)


def test_rosenbrock_at_its_start() -> None:
    read = readout(Ground(Choice("rosenbrock"), start=(-1.2, 1.0)), RunSetup(1e-3), 0)
    assert read.loss == pytest.approx(24.2)
    assert read.slope == pytest.approx(232.868, abs=5e-4)
    assert trajectories(preset("edge"))[1].verdict == "diverging"


def test_what_is_hidden_is_not_told() -> None:
    hidden = replace(preset("limit"), predict=True, hidden=3)
    assert [block.title for block in numbers(hidden)] == ["At step 3"]


def test_no_theory_where_there_is_none() -> None:
    bowl = the_objective(choice("quadratic", {"kappa": 100.0}))
    end = np.zeros(2)
    assert contraction(bowl, RunSetup(0.01), end) == pytest.approx(0.99)
    for setup in (
        RunSetup(0.01, optimizer=Choice("adam")),
        RunSetup(0.01, optimizer=choice("sgd", {"weight_decay": 0.1})),
        RunSetup(0.01, schedule=Choice("cosine")),
        RunSetup(0.01, turns=((3, 0.02),)),
        RunSetup(0.01, search=Choice("armijo")),
    ):
        assert contraction(bowl, setup, end) is None
    assert contraction(the_objective(Choice("saddle")), RunSetup(0.01), end) is None


@pytest.mark.parametrize("width", [44, 76, 116])
def test_the_table_fits(width: int) -> None:
    for name in ("limit", "adam-edge", "noise", "order"):
        lines = told(numbers(preset(name)), width).splitlines()
        assert max(map(len, lines)) <= width
        assert "At step" in lines[0]
