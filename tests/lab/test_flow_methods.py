"""Several integrators beside the flow: their orders, their limits, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from tutor.errors import UsageError
from tutor.lab.experiments import instant
from tutor.lab.flow import Beside
from tutor.lab.sides import side
from tutor.lab.surface import Surface
from tutor.optim.objectives import objective
from tutor.plots.figure import Contour

FLOW = {
    "kind": "flow",
    "objective": "ravine",
    "param": {"kappa": 20, "bend": 0.05},
    "start": [-4.0, 1.6],
    "methods": ["euler", "rk4", "implicit-euler"],
    "rate": 0.05,
    "time": 4,
}
SURFACE = objective("ravine", kappa=20, bend=0.05)


def gaps(rate: float) -> dict[str, float]:
    readouts = instant(FLOW).outcome(rate).readouts
    return {
        readout.partition(":")[0][2:]: float(readout.rpartition("≤ ")[2])
        for readout in readouts
        if "gap ≤" in readout
    }


def test_the_gap_of_each_is_the_distance_from_the_flow_by_another_solver() -> None:
    made = instant(FLOW).outcome()
    assert isinstance(made.figure, Contour)
    assert [path.label for path in made.figure.paths] == list("ABCD")
    truth = solve_ivp(
        lambda _, x: -SURFACE.gradient(x),
        (0, 4),
        (-4, 1.6),
        t_eval=0.05 * np.arange(81),
        rtol=1e-10,
        atol=1e-10,
    )
    for path, gap in zip(made.figure.paths, gaps(0.05).values(), strict=False):
        assert gap == pytest.approx(np.linalg.norm(path.points - truth.y.T, axis=-1).max(), rel=0.05)


def test_the_orders_of_the_methods_show_in_their_gaps() -> None:
    """Half the step leaves half of a gap of first order, and about a sixteenth of one of the fourth."""
    made = Beside(Surface(SURFACE, np.array([-4.0, 1.6]), SURFACE.view), 4.0)

    def ratio(method: str, step: float) -> float:
        long, short = (
            side(made.surface, made.reference, method, "A", step=each, time=4.0).gap
            for each in (step, step / 2)
        )
        return long / short

    assert ratio("euler", 0.01) == pytest.approx(2, rel=0.2)
    assert ratio("implicit-euler", 0.02) == pytest.approx(2, rel=0.2)
    assert ratio("midpoint", 0.02) == pytest.approx(4, rel=0.3)
    assert 12 < ratio("rk4", 0.04) < 32


def test_beyond_the_limit_of_each_the_steps_are_lost_but_for_the_implicit_ones() -> None:
    """Explicit Euler bears η·L up to 2, RK4 up to 2.785 (Hairer & Wanner)."""
    made = instant(FLOW)
    assert made.outcome().limit == pytest.approx(2 / 20)
    assert made.outcome(0.05).verdict == "A strays from the flow, B and C hug the flow."
    assert made.outcome(0.5).verdict == "A and B are thrown off the map, C strays from the flow."
    assert instant({**FLOW, "methods": ["rk4"]}).outcome().limit == pytest.approx(2.785293563405282 / 20)
    assert instant({**FLOW, "methods": ["implicit-euler"]}).outcome().limit is None


def test_the_limit_told_is_the_lowest_of_the_methods_and_none_where_there_is_none() -> None:
    told = {
        methods: next(r for r in instant({**FLOW, "methods": list(methods)}).outcome().readouts if "η·L" in r)
        for methods in (("euler", "rk4"), ("rk4",), ("implicit-euler", "trapezoid"))
    }
    assert list(told.values()) == ["η·L = 1 of 2", "η·L = 1 of 2.79", "η·L = 1"]


def test_a_step_that_has_no_solution_is_told() -> None:
    hard = {"kind": "flow", "objective": "himmelblau", "methods": ["implicit-euler"], "rate": 0.05, "time": 2}
    made = instant(hard).outcome()
    assert made.verdict == "A finds no next point."
    assert "A implicit-euler: stuck" in made.readouts


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"methods": ["rk5"]}, "unknown method 'rk5': did you mean 'rk3'|unknown method 'rk5'"),
        ({"methods": ["rk4", "rk4"]}, "methods must be different ones"),
        ({"methods": []}, "methods must be a list of 1 to 8 entries"),
        ({"rate": 1e-3}, "takes more than 1,000 steps: choose 0.004 or more"),
    ],
)
def test_what_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        instant({**FLOW, **changes})


def test_slow_methods_turn_to_few_steps_only() -> None:
    assert instant(FLOW).rates[0] == 0.05
    assert instant({**FLOW, "methods": ["euler", "rk4"]}).rates[0] == 0.005
