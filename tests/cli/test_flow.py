"""The gradient flow by the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tutor.optim.integrators import METHODS

if TYPE_CHECKING:
    from tests.cli.conftest import Run

BOWL = "flow --objective quadratic --param kappa=7 --start 1,1"


def test_the_flow_of_a_bowl(tutor: Run) -> None:
    found = tutor(*BOWL.split(), "--step", "0.01", "--time", "2", "--json").json
    assert found.keys() >= {"times", "points", "values"}
    times = np.array(found["times"])
    assert times == pytest.approx(np.linspace(0, 2, 201))
    assert np.array(found["points"]) == pytest.approx(np.exp(-times[:, None] * [1, 7]), rel=1e-5)
    assert found["stable_step"] == pytest.approx(2.785294 / 7, rel=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_every_method(tutor: Run, method: str) -> None:
    found = tutor(*BOWL.split(), "--method", method, "--step", "0.02", "--time", "1", "--json").json
    assert found["method"] == method
    assert found["points"][-1] == pytest.approx(np.exp([-1, -7]), rel=0.2, abs=1e-3)
    assert (found["stable_step"] is None) is ("implicit" in method or method == "trapezoid")


def test_explicit_euler_is_descent_to_the_last_bit(tutor: Run) -> None:
    flow = tutor(*["flow", "--method", "euler", "--step", "0.125", "--time", "5", "--json"]).json
    run = tutor(*["descend", "--rate", "0.125", "--steps", "40", "--json"]).json
    assert flow["points"] == run["points"]


def test_the_table_and_the_plot(tutor: Run) -> None:
    head, *rows, limit = tutor("flow").out.splitlines()
    assert head.split() == ["time", "loss", "point"]
    assert len(rows) == 20
    assert (float(rows[0].split()[0]), float(rows[-1].split()[0])) == (0.0, 5.0)
    assert limit == "Sharpness at the minimum 10; stable below h = 0.278529."
    assert tutor("flow", "--method", "trapezoid").out.splitlines()[-1].endswith("stable at every h.")
    plot = tutor("flow", "--plot").out
    assert any("⠀" < glyph <= "⣿" for glyph in plot)
    assert "\x1b" not in plot


def test_a_flow_that_runs_away_says_so(tutor: Run) -> None:
    words = "flow --method euler --step 1 --time 100"
    assert "runs away" in tutor(*words.split()).out
    found = tutor(*words.split(), "--json").json
    assert len(found["times"]) == len(found["points"]) < 100
    assert "runs away" in found["failed"]


def test_the_methods(tutor: Run) -> None:
    lines = tutor("flow", "--list").out.splitlines()
    assert [line.split(maxsplit=1) for line in lines] == [[name, each.about] for name, each in METHODS.items()]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--method eulr", "did you mean 'euler'?"),
        ("--step 0", "a rate is a positive number"),
        ("--step -1", "a rate is a positive number"),
        ("--time inf", "a rate is a positive number"),
        ("--time 1e9", "more than 1,000,000 steps"),
        ("--start 1", "is 2 numbers"),
        ("--start 1e300,1e300", "no finite value"),
        ("--objective ravin", "did you mean 'ravine'?"),
        ("--param kapa=3", "did you mean 'kappa'?"),
    ],
)
def test_wrong_usage(tutor: Run, words: str, message: str) -> None:
    said = tutor("flow", *words.split())
    assert (said.status, said.out) == (2, "")
    assert message in said.err
    assert said.err.count("\n") == 1
