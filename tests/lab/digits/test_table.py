"""Every long experiment: its knobs, its states, its command; and what a deck may ask for."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tutor.cli import parser
from tutor.cli.long_options import read
from tutor.errors import UsageError
from tutor.lab.digits.state import LongExperiment
from tutor.lab.digits.table import EXPERIMENTS, long_experiment
from tutor.lab.experiments import KINDS, experiment, instant
from tutor.plots.draw import draw

if TYPE_CHECKING:
    from tutor.lab.digits.workshop import Workshop

SMALL: dict[str, dict[str, Any]] = {
    "train": {"epochs": 2, "show": "sharpness"},
    "bracket": {"epochs": 2, "seeds": 2},
    "range-test": {"steps": 60, "seeds": 2},
    "sweep": {"over": "scale", "values": (1, 2), "steps": 20, "seeds": 1, "batch": 20},
    "edge-of-stability": {"steps": 20},
    "catapult": {"steps": 10},
    "warmup": {"steps": 20, "optimizer": "momentum momentum=0.5"},
    "linear-scaling": {"epochs": 2, "batches": (10, 20)},
}


def small(name: str) -> LongExperiment:
    return long_experiment(name, **{"examples": 60, "width": 6, **SMALL[name]})


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_state_is_well_told(name: str, workshop: Workshop) -> None:
    shares, state = [], None
    for state in small(name).run(workshop):
        outcome = state.outcome()
        words = [outcome.verdict, outcome.description, *outcome.readouts, *state.table()]
        assert not any(wrong in " ".join(words) for wrong in ("nan", "inf ", "None", "not a number"))
        assert outcome.verdict.endswith(".")
        assert outcome.description.endswith(".")
        assert all(len(row) <= 78 for row in state.table())
        assert len(state.progress.doing) <= 40
        json.dumps(state.record(), allow_nan=False)
        draw(outcome.figure, 60, 10)
        shares.append(state.progress.share)
    assert state is not None
    assert state.finished
    assert shares == sorted(shares)
    assert 0.0 <= shares[0] <= shares[-1] <= 1.0
    assert small(name).kept(workshop) is not None


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_command_makes_the_same_experiment(name: str) -> None:
    made = small(name)
    words = shlex.split(made.command)[1:]
    options = parser(words).parse_args(words)
    assert read(name, options).command == made.command
    assert long_experiment(name).command.count("--") == 0


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_fence_can_ask_for_it(name: str) -> None:
    made = experiment({"kind": name})
    assert isinstance(made, LongExperiment)
    assert made.about.startswith("about ")
    assert name not in KINDS
    with pytest.raises(UsageError, match="here it must be one of"):
        instant({"kind": name})


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"kind": "bracket", "epochs": 1000, "width": 1024}, "would take about .* make it smaller"),
        ({"kind": "train", "data": "/etc"}, "data in a deck must be one of digits, mnist"),
        ({"kind": "bracket", "sedes": 3}, "did you mean 'seeds'"),
        ({"kind": "bracket", "rates": []}, "must be a list of 1 to"),
        ({"kind": "brackett"}, "did you mean 'bracket'"),
        ({"kind": "warmup", "optimizer": "adam beta9=1"}, "beta9"),
    ],
)
def test_what_a_deck_may_not_ask_for(settings: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        experiment(settings)


def test_a_high_rate_diverges_alone_and_trains_after_a_warmup(workshop: Workshop) -> None:
    *_, state = long_experiment("warmup").run(workshop)
    without, with_ = state.record()["runs"]
    assert without["verdict"] == "diverging"
    assert with_["validation_accuracy"][-1] > 0.9
    assert "the run without warmup diverges" in state.outcome().verdict


def test_at_the_edge_the_sharpness_sits_at_two_over_the_rate(workshop: Workshop) -> None:
    *_, state = long_experiment("edge-of-stability", rates=0.4).run(workshop)
    (run,) = state.record()["runs"]
    late = 0.4 * np.array(run["sharpness"][-15:])
    assert late.mean() == pytest.approx(2.0, rel=0.05)
    assert (np.diff(run["batch_loss"][-300:]) > 0).any()
    assert "at the edge of stability" in state.outcome().verdict


def test_the_catapult_throws_a_run_to_flatter_ground(workshop: Workshop) -> None:
    *_, state = long_experiment("catapult").run(workshop)
    gentle, thrown, lost = state.record()["runs"]
    assert max(gentle["batch_loss"]) == gentle["batch_loss"][0]
    assert max(thrown["batch_loss"]) > 1.5 * thrown["batch_loss"][0] > thrown["batch_loss"][-1]
    assert thrown["sharpness"][-1] < 0.8 * thrown["sharpness"][0]
    assert lost["verdict"] == "diverging"


def test_four_times_the_batch_keeps_up_with_four_times_the_rate(workshop: Workshop) -> None:
    *_, state = long_experiment("linear-scaling", batches=(8, 32), epochs=3).run(workshop)
    base, same, scaled = (run["train_loss"][-1] for run in state.record()["runs"])
    assert scaled == pytest.approx(base, rel=0.25)
    assert same > 1.5 * base
