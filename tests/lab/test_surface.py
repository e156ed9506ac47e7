"""Experiments on every objective: with one minimum, several, none, or none that is known."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.errors import UsageError
from tutor.lab.experiments import instant
from tutor.optim.objectives import OBJECTIVES
from tutor.plots.draw import draw
from tutor.plots.figure import Contour

KINDS: dict[str, dict[str, object]] = {
    "descent": {"rate": 0.001, "steps": 10},
    "flow": {"rate": 0.001, "time": 0.1},
    "race": {"rates": [0.0001, 0.001], "steps": 10},
    "line-search": {"rate": 0.001, "steps": 10},
    "edge": {"rate": 0.001, "steps": 10},
}
OWN = "log(x**2 + 1) + (y - sin(x))**2"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*OBJECTIVES, OWN])
def test_every_kind_of_experiment_runs_on_every_objective(kind: str, name: str) -> None:
    outcome = instant({"kind": kind, "objective": name, **KINDS[kind]}).outcome()
    assert "nan" not in " ".join([outcome.description, outcome.verdict, *outcome.readouts])
    assert outcome.limit is None or 0.0 < outcome.limit < np.inf
    assert str(draw(outcome.figure, 60, 15)).count("\n") == 14


def test_several_minima_are_all_marked_and_told() -> None:
    outcome = instant({"kind": "descent", "objective": "himmelblau", "rate": 0.01}).outcome()
    assert isinstance(outcome.figure, Contour)
    assert len(outcome.figure.minima) == 4
    assert "with minima at (3, 2), (−2.8, 3.1), (−3.8, −3.3) and (3.6, −1.8): from" in outcome.description
    assert outcome.limit == pytest.approx(0.0243, abs=5e-5)  # the one nearest to the start


@pytest.mark.parametrize("name", ["saddle", OWN, "kink"])
def test_without_a_known_curvature_nothing_is_said_of_a_limit(name: str) -> None:
    outcome = instant({"kind": "descent", "objective": name, "rate": 0.01}).outcome()
    assert outcome.limit is None
    assert not any("L" in readout for readout in outcome.readouts)
    assert ("minimum" in outcome.description) is (name == "kink")


def test_only_a_plane_can_be_drawn() -> None:
    for settings in ({"objective": "quadratic", "param": {"dimension": 3}}, {"objective": "x1*x2*x3"}):
        with pytest.raises(UsageError, match="only 2 dimensions can be drawn, and this objective has 3"):
            instant({"kind": "descent", "rate": 0.1, **settings})
