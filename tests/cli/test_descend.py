"""One descent by the command line, against the optimizer core and closed forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.optim.descend import descend
from tutor.optim.linesearch import LINE_SEARCHES
from tutor.optim.objectives import OBJECTIVES, objective
from tutor.optim.optimizers import OPTIMIZERS
from tutor.optim.schedules import SCHEDULES
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tests.cli.conftest import Run

KEYS = {"points", "values", "gradient_norms", "rates", "verdict", "sharpness", "stable_rate"}


def test_a_run_in_full_precision(tutor: Run) -> None:
    run = tutor(
        *[
            "descend",
            "--objective",
            "quadratic",
            "--param",
            "kappa=7",
            "--rate",
            "0.21",
            "--steps",
            "9",
            "--start",
            "-3,0.7",
            "--json",
        ]
    ).json
    assert run.keys() >= KEYS
    factors = np.array([1 - 0.21, 1 - 0.21 * 7])
    assert np.array(run["points"]) == pytest.approx(np.array([-3, 0.7]) * factors ** np.arange(10)[:, None])
    same = descend(objective("quadratic", kappa=7.0), 0.21, steps=9, start=[-3, 0.7])
    assert run["points"] == same.points.tolist()
    assert run["values"] == same.values.tolist()
    assert run["gradient_norms"] == same.gradient_norms.tolist()
    assert run["rates"] == [0.21] * 9
    assert run["sharpness"] == pytest.approx(7)
    assert run["stable_rate"] == pytest.approx(2 / 7)
    assert run["verdict"] == same.verdict


def test_parameters_go_to_what_takes_them(tutor: Run) -> None:
    words = "descend --optimizer momentum --schedule warmup --set momentum=0.5 --set warmup_steps=4"
    run = tutor(*words.split(), "--rate", "0.1", "--steps", "8", "--json").json
    assert run["stable_rate"] * run["sharpness"] == pytest.approx(3)
    assert run["rates"][4:] == [0.1] * 4
    assert run["rates"][:4] == sorted(run["rates"][:4])
    searched = tutor(
        *["descend", "--line-search", "armijo", "--set", "shrink=0.25", "--rate", "1", "--steps", "5", "--json"]
    ).json
    assert all(
        np.log(rate) / np.log(0.25) == pytest.approx(round(np.log(rate) / np.log(0.25)))
        for rate in searched["rates"]
    )


@pytest.mark.parametrize("name", OBJECTIVES)
def test_every_objective(tutor: Run, name: str) -> None:
    assert tutor("descend", "--objective", name, "--json").json["objective"] == name


@pytest.mark.parametrize("option", ["optimizer", "schedule", "line-search"])
def test_every_name(tutor: Run, option: str) -> None:
    table = {"optimizer": OPTIMIZERS, "schedule": SCHEDULES, "line-search": LINE_SEARCHES}[option]
    for name in table:
        assert tutor("descend", f"--{option}", name, "--json").json.keys() >= KEYS


def test_a_diverging_run_is_a_verdict(tutor: Run) -> None:
    words = ["descend", "--objective", "quadratic", "--rate", "5", "--steps", "1000"]
    run = tutor(*words, "--json").json
    assert run["verdict"] == "diverging"
    assert len(run["points"]) == len(run["rates"]) + 1 < 1000
    said = tutor(*words)
    assert said.status == 0
    assert "Diverging" in said.out


def test_the_table_shows_the_first_and_the_last_step(tutor: Run) -> None:
    said = tutor(*["descend", "--steps", "1234"]).out.splitlines()
    head, *rows, reason, limit = said
    assert head.split() == ["step", "loss", "|gradient|", "rate", "point"]
    steps = [int(row.split()[0]) for row in rows]
    assert steps == sorted(set(steps))
    assert len(steps) == 20
    assert (steps[0], steps[-1]) == (0, 1234)
    assert reason.startswith("Converg")
    assert limit == "Sharpness at the minimum 10; stable below η = 0.2."
    assert max(map(len, rows)) <= 80
    assert len(tutor(*["descend", "--steps", "1"]).out.splitlines()) == 5


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rate=st.floats(1e-100, 1e100),
    start=st.tuples(st.floats(-1e200, 1e200), st.floats(-1e200, 1e200)),
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    schedule=st.sampled_from(list(SCHEDULES)),
    search=st.sampled_from([None, *LINE_SEARCHES]),
    steps=st.integers(1, 60),
)
def test_any_run_is_json_or_one_line(
    tutor: Run,
    rate: float,
    start: tuple[float, float],
    optimizer: str,
    schedule: str,
    search: str | None,
    steps: int,
) -> None:
    words = [
        "--rate",
        str(rate),
        "--start",
        f"{start[0]},{start[1]}",
        "--optimizer",
        optimizer,
        "--schedule",
        schedule,
    ]
    said = tutor(
        "descend", "--steps", str(steps), *words, *(["--line-search", search] if search else []), "--json"
    )
    if said.status:
        assert said.status == 2
        assert said.err.count("\n") == 1
    else:
        assert said.json["verdict"] in set(Verdict)
