"""The experiments of the first card show what its text and its explanations claim."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tutor.lab.digits.state import LongExperiment
from tutor.lab.digits.workshop import Workshop
from tutor.lab.experiments import experiment
from tutor.plots.figure import Contour, Curves

if TYPE_CHECKING:
    from tutor.lab.outcome import Experiment

CARD = Path(__file__).parents[2] / "decks" / "optimization" / "learning-rate.md"
NAMES = ["bounce", "flow", "schedules", "grid", "narrow-valley", "line-search", "warmup", "batch-size"]


BLOCKS = re.findall(r"^```experiment\n(.*?)^```", CARD.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
SETTINGS = {name: tomllib.loads(block) for name, block in zip(NAMES, BLOCKS, strict=True)}


@pytest.fixture(scope="module")
def card() -> dict[str, Experiment]:
    """The experiments that are done at once."""
    made = {name: experiment(settings) for name, settings in SETTINGS.items()}
    return {name: each for name, each in made.items() if not isinstance(each, LongExperiment)}


def verdicts(made: Experiment) -> dict[float, str]:
    return {rate: made.outcome(rate).verdict.partition(":")[0] for rate in made.rates}


def test_too_small_crawls_and_too_large_bounces_or_diverges(card: dict[str, Experiment]) -> None:
    told = verdicts(card["bounce"])
    assert told[0.01] == told[0.02] == "Crawling"
    assert told[0.05] == "Converging"
    assert told[0.1] == "Oscillating"
    assert told[0.2] == told[1.0] == "Diverging"
    assert card["bounce"].rate == 0.1


def test_the_bouncing_run_hops_from_wall_to_wall(card: dict[str, Experiment]) -> None:
    figure = card["bounce"].outcome().figure
    assert isinstance(figure, Contour)
    (path,) = figure.paths
    side = np.sign(path.points[:, 1] - 0.05 * path.points[:, 0] ** 2)
    assert (side[1:] == -side[:-1]).mean() > 0.95
    (x0, x1), (y0, y1) = figure.view
    assert (path.points >= (x0, y0)).all()
    assert (path.points <= (x1, y1)).all()


def test_small_steps_hug_the_flow_and_large_ones_leave_it(card: dict[str, Experiment]) -> None:
    told = verdicts(card["flow"])
    assert told[0.01] == told[0.02] == "Close"
    assert told[0.1] == "Off"
    assert told[0.2] == "Diverging"


def test_where_a_constant_rate_bounces_a_schedule_gains(card: dict[str, Experiment]) -> None:
    assert card["schedules"].outcome().verdict == "A oscillates, B and C converge; C ends lowest."
    assert card["schedules"].outcome(0.02).verdict == "All crawl; A ends lowest."  # and elsewhere it doesn't
    figure = card["schedules"].outcome().figure
    assert isinstance(figure, Curves)
    constant, cosine, warmup = (series.y for series in figure.series)
    assert constant[-1] > 20 * cosine[-1] > 20 * warmup[-1]
    assert constant.max() > constant[0]
    assert warmup.max() == warmup[0]


def test_the_coarse_grid_brackets_the_rate_and_is_refined() -> None:
    made = experiment(SETTINGS["grid"])
    assert isinstance(made, LongExperiment)
    *_, last = made.run(Workshop())
    record = last.record()
    coarse, *finer = record["rounds"]
    assert coarse["rates"] == [0.01, 0.1, 1.0]
    assert finer
    assert 0.1 <= record["best_rate"] < 1.0
    losses = dict(zip(coarse["rates"], coarse["validation_loss"], strict=True))
    assert losses[0.01] > losses[0.1]


def test_beyond_the_limit_the_valley_throws_the_run_out(card: dict[str, Experiment]) -> None:
    made = card["narrow-valley"].outcome()
    assert made.limit is not None
    assert card["narrow-valley"].rate > made.limit > 0.1
    assert made.verdict.startswith("Diverging")
    figure = made.figure
    assert isinstance(figure, Contour)
    x, y = figure.paths[0].points.T
    heights = np.abs(y - 0.05 * x**2)[1:16]
    assert (np.diff(heights) > 0).all()  # each landing higher than the last


def test_too_large_a_trial_is_cut(card: dict[str, Experiment]) -> None:
    made = card["line-search"].outcome()
    assert made.verdict.startswith("Safe")
    assert "is cut 4 times" in made.description
    assert "Crawling" in card["line-search"].outcome(0.02).verdict


def test_the_warmup_stays_below_the_limit_where_the_full_rate_is_thrown_out(
    card: dict[str, Experiment],
) -> None:
    made = card["warmup"].outcome()
    assert made.verdict == "A diverges, B converges; B ends lowest."
    figure = made.figure
    assert isinstance(figure, Curves)
    constant, warmup, limit = (series.y for series in figure.series)
    assert (warmup <= 1.05 * limit[: len(warmup)]).all()
    assert constant[0] > 1.5 * limit[0]


def test_four_times_the_batch_makes_the_same_rate_safe(card: dict[str, Experiment]) -> None:
    made = card["batch-size"]
    assert made.outcome().verdict.startswith("A diverges, B converges")
    assert made.outcome(0.02).verdict.startswith("A crawls, B converges")
    assert made.outcome(0.2).verdict.startswith("All diverge")
