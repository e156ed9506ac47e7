"""What is said in predictions, and of answers that are wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.lab.predict.drawn import BOWLS, TEMPLATES, right
from tutor.lab.experiments import instant
from tutor.lab.predict.templates import draw
from tutor.lab.words import exact
from tutor.optim.descend import descend
from tutor.optim.objectives import objective
from tutor.optim.optimizers import optimizer
from tutor.plots.figure import Curves

if TYPE_CHECKING:
    Settings = dict[str, Any]


def test_on_a_saddle_a_run_ends_at_its_top_only_if_it_starts_on_its_ridge() -> None:
    saddle: Settings = {
        "kind": "basin",
        "objective": "saddle",
        "start": {"x": [-2.0, 1.0], "y": [0.0, 0.5]},
        "rates": [0.1, 0.5],
        "steps": 100,
    }
    for seed in range(20):
        instance = draw(saddle, seed)
        run: Settings = dict(instance.experiment)
        told = "nowhere: it diverges" if run["start"][1] else "at a saddle, which is flat but no minimum"
        assert right(instance) == told
        assert instance.choices[0].text == "at a minimum"


def test_methods_of_the_flow_are_called_by_their_names() -> None:
    asked: Settings = {
        "kind": "verdict",
        "objective": "quadratic",
        "start": {"x": -4.0, "y": 2.0},
        "rates": [0.1],
        "steps": 100,
    }
    names = {
        "midpoint": "The midpoint rule",
        "rk3": "RK3",
        "rk4": "RK4",
        "implicit-euler": "Implicit Euler",
        "trapezoid": "The trapezoid rule",
        "rmsprop": "RMSProp (alpha = 0.99)",
    }
    for method, name in names.items():
        assert draw({**asked, "optimizers": [method]}, 0).text.startswith(f"{name} with η = 0.1 on the bowl")


def test_the_rates_of_a_schedule_fill_their_figure() -> None:
    figure = instant(dict(draw(TEMPLATES["schedule-rate"], 1).experiment)).outcome().figure
    assert isinstance(figure, Curves)
    rates, limits = (series.y for series in figure.series)
    assert rates.max() < limits.min() < 2 * rates.max()


def test_the_words_of_a_prediction_say_what_its_numbers_mean() -> None:
    stairs: Settings = {
        "kind": "schedule-rate",
        "schedules": ["step"],
        "rates": [0.2],
        "lengths": [200],
        "shares": [0.25],
        "set": {"step": {"step_size": 30}},
    }
    assert draw(stairs, 0).text == (
        "A run of 200 steps, counted from 0, has the base rate 0.2 and the schedule step: a staircase, times "
        "gamma after every step_size steps (gamma = 0.1, step_size = 30). What is η at step 50?"
    )
    place: Settings = {"kind": "place", **BOWLS, "rates": [0.02], "steps": 30, "optimizers": ["adagrad"]}
    assert draw(place, 0).text.startswith("AdaGrad with η = 0.02 on ")
    strict: Settings = {
        "kind": "line-search",
        "objective": "quadratic",
        "param": {"kappa": 30},
        "start": {"x": -2.0, "y": 1.5},
        "trials": [0.7],
        "c": 0.5,
    }
    told = [choice.explanation for seed in range(4) for choice in draw(strict, seed).choices]
    assert "Cut: there the loss goes from 35.8 to 5.12, and " in "".join(told)  # lower, but not by enough
    assert " is the most that would do." in "".join(told)


@pytest.mark.parametrize("method", ["sgd", "sign", "rk4", "implicit-euler"])
def test_what_another_rate_leads_to_it_does(method: str) -> None:
    """Some methods never hop from side to side, some never diverge, whatever η is; then no rate is named."""
    asked: Settings = {"kind": "verdict", **BOWLS, "rates": [0.01, 0.02, 0.1], "steps": 60}
    words = {
        "crawls": "crawling",
        "converges": "converging",
        "oscillates": "oscillating",
        "diverges": "diverging",
    }
    never = set()
    for seed in range(6):
        instance = draw({**asked, "optimizers": [method]}, seed)
        run: Settings = dict(instance.experiment)
        ground = objective(run["objective"], **run["param"])
        for choice in instance.choices:
            verdict = words[choice.text.split()[1].strip(":")]
            named = re.search(r"a (smaller|larger) η than this one, such as ([\d.]+)\.$", choice.explanation)
            if named:
                rate = float(named[2])
                assert (named[1] == "smaller") == (rate < run["rate"])
                ends = descend(ground, rate, steps=60, start=run["start"], optimizer=optimizer(method))
                assert ends.verdict == verdict
            elif not choice.right:
                low, high = (exact(float(f"{run['rate'] * by:.3g}")) for by in (10**-2.5, 10**2.5))
                told = f"No rate of 201 that were tried, from {low} to {high}, leads to that."
                assert choice.explanation == told
                never.add(verdict)
    assert (
        never
        >= {
            "sgd": set(),
            "sign": {"diverging"},
            "rk4": {"oscillating"},
            "implicit-euler": {"oscillating", "diverging"},
        }[method]
    )
