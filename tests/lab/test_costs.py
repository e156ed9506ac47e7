"""An experiment of a deck that would run for an hour, or fill the memory, is refused with what to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tutor.errors import UsageError
from tutor.lab.experiments import experiment
from tutor.lab.predict.templates import template

if TYPE_CHECKING:
    from collections.abc import Mapping

RAVINE = {"objective": "ravine", "start": [-4.0, 1.6]}
SCENES = {"objective": "ravine", "start": {"x": [-4.0, -3.0], "y": [1.6, 2.0]}}

EXPERIMENTS: Mapping[str, tuple[Mapping[str, object], str]] = {
    "steps": ({"kind": "descent", **RAVINE, "rate": 0.1, "steps": 10**9}, "steps must be .* from 1 to 10,000"),
    "runs": ({"kind": "race", **RAVINE, "rates": [0.1] * 1000}, "rates must be a list of 1 to 8"),
    "dimension": (
        {"kind": "descent", "objective": "quadratic", "param": {"dimension": 10**8}, "rate": 0.1},
        "dimension .* from 2 to 100",
    ),
    "probes": ({"kind": "line-search", **RAVINE, "search": "armijo", "rate": 1.0, "steps": 10**6}, "to 1,000"),
    "time": ({"kind": "flow", **RAVINE, "rate": 0.1, "time": 1000.0}, "more than 10,000 fine steps"),
    "a tiny step": ({"kind": "flow", **RAVINE, "rate": 1e-9, "time": 60.0}, "more than 10,000 steps"),
    "samples": (
        {"kind": "batch", "dimension": 100, "batches": [1024], "rate": 0.1, "steps": 10_000},
        "steps × batch × dimension must be at most 5,000,000",
    ),
    "epochs": (
        {"kind": "train", "epochs": 1000, "width": 1024, "depth": 8},
        "would take about .*: make it smaller",
    ),
    "width": ({"kind": "train", "width": 10**6}, "width .* from 1 to 1,024"),
    "seeds": ({"kind": "sweep", "seeds": 1000}, "seeds .* from 1 to 10"),
    "no number": ({"kind": "descent", **RAVINE, "rate": float("nan")}, "rate must be a number .* not nan"),
    "infinity": ({"kind": "descent", **RAVINE, "rate": float("inf")}, "rate must be a number .* not inf"),
}
TEMPLATES: Mapping[str, tuple[Mapping[str, object], str]] = {
    "steps": (
        {"kind": "verdict", **SCENES, "shares": [0.1], "steps": 10**6},
        "steps must be .* from 1 to 1,000",
    ),
    "scenes": (
        {"kind": "verdict", **SCENES, "start": {"x": [1.0] * 11, "y": [1.0] * 11}, "shares": [0.1]},
        "the lists in start must give 1 to 100 combinations",
    ),
    "samples": (
        {"kind": "batches", "dimensions": [100], "batches": [1, 1024], "rates": [0.1], "steps": 500},
        "steps × batch × dimension must be at most 1,000,000",
    ),
    "epochs": ({"kind": "digits-grid", "rates": [0.01, 0.1], "epochs": 10_000}, "epochs .* from 1 to 20"),
    "a long search": ({"kind": "digits-limit", "over": ["depth"], "steps": 10**6}, "steps .* from 20 to 300"),
    "no clear draw": (
        {"kind": "steps", **SCENES, "rates": [1e-9], "tolerance": 0.5, "steps": 50},
        "60 draws in a row",
    ),
    "no clear draw of long runs": (
        {"kind": "steps", **SCENES, "rates": [1e-9], "tolerance": 0.5, "steps": 1000},
        "no clear answer in 20 draws, and more would take too long: move the values apart, or make the runs",
    ),
    "no clear draw of a slow rule": (
        {"kind": "steps", **SCENES, "rates": [1e-9], "tolerance": 0.5, "steps": 1000, "optimizers": ["lbfgs"]},
        "no clear answer in 2 draws",
    ),
    "a grid too fine": ({"kind": "digits-grid", "rates": [0.01, 0.015]}, "each twice the last or more"),
}


def test_no_flow_to_a_minimum_is_followed_in_a_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutor.lab.flow.flow", None)
    assert experiment({"kind": "flow", **RAVINE, "rate": 0.1, "time": 6.0}).kind == "flow"


def test_no_network_is_trained_in_a_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutor.lab.predict.digits_grid.perform", None)
    monkeypatch.setattr("tutor.lab.predict.digits_limit.sweep", None)
    template({"kind": "digits-grid", "rates": [0.01, 0.1]})
    template({"kind": "digits-limit", "over": ["width"]})


@pytest.mark.parametrize("what", EXPERIMENTS)
def test_a_costly_experiment_is_refused(what: str) -> None:
    settings, message = EXPERIMENTS[what]
    with pytest.raises(UsageError, match=message):
        experiment(settings)


@pytest.mark.parametrize("what", TEMPLATES)
def test_a_costly_template_is_refused(what: str) -> None:
    settings, message = TEMPLATES[what]
    with pytest.raises(UsageError, match=message):
        template(settings)
