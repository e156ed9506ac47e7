"""Races of optimizers and line searches against runs of each alone, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.errors import UsageError
from tutor.lab.bench.cards import from_experiment
from tutor.lab.bench.state import Choice
from tutor.lab.experiments import instant
from tutor.optim.descend import descend
from tutor.optim.linesearch import line_search
from tutor.optim.objectives import objective
from tutor.optim.optimizers import optimizer
from tutor.plots.figure import Contour, Curves

START = (-4.0, 1.6)
SURFACE = objective("ravine", kappa=20, bend=0.05)
RULES = {
    "kind": "race",
    "objective": "ravine",
    "param": {"kappa": 20, "bend": 0.05},
    "start": list(START),
    "optimizers": ["sgd", "momentum", "momentum light", "adam", "newton"],
    "set": {"momentum light": {"momentum": 0.5}},
    "shares": {"adam": 5},
    "rate": 0.05,
    "steps": 60,
}
SEARCHES = {key: value for key, value in RULES.items() if key not in {"optimizers", "set", "shares"}} | {
    "searches": ["armijo", "exact"],
    "set": {"armijo": {"c": 0.3}},
    "rate": 1.0,
    "steps": 20,
}


def test_each_optimizer_runs_as_it_would_alone_at_its_share_of_the_rate() -> None:
    made = instant(RULES).outcome(0.04)
    alone = [
        descend(SURFACE, rate, steps=60, start=START, optimizer=rule)
        for rate, rule in (
            (0.04, optimizer("sgd")),
            (0.04, optimizer("momentum")),
            (0.04, optimizer("momentum", momentum=0.5)),
            (0.2, optimizer("adam")),
            (1.0, optimizer("newton")),  # which has a rate of its own
        )
    ]
    assert isinstance(made.figure, Curves)
    for series, run in zip(made.figure.series, alone, strict=True):
        np.testing.assert_array_equal(series.y, run.values)
    assert [readout.partition(":")[0] for readout in made.readouts] == [
        "A sgd",
        "B momentum",
        "C momentum light",
        "D adam at η = 0.2",
        "E newton at η = 1",
    ]
    assert max(map(len, made.readouts)) <= 30
    assert made.limit == pytest.approx(2 / 20)  # gradient descent's, the lowest of those that are known


def test_rates_that_are_turned_keep_their_ratios_in_three_digits() -> None:
    race = instant({"kind": "race", "objective": "ravine", "rates": [0.08, 0.33, 0.66]})
    assert [readout.partition(":")[0] for readout in race.outcome(0.1).readouts] == [
        "A η = 0.0242",
        "B η = 0.1",
        "C η = 0.2",
    ]
    assert "B η = 0.123456: " in race.outcome(0.123456).description
    made = race.outcome(0.1).figure
    assert isinstance(made, Curves)
    run = descend(objective("ravine"), 0.0242, steps=60)
    np.testing.assert_array_equal(made.series[0].y, run.values)


def test_a_share_counts_for_the_limit_and_for_a_rate_of_its_own() -> None:
    made = instant({**RULES, "shares": {"sgd": 0.1, "newton": 2}})
    assert made.outcome().limit == pytest.approx(3 / 20)  # of the lighter heavy ball
    assert "newton" in made.outcome(1e-3).description
    twice = descend(SURFACE, 0.1, steps=60, start=START, optimizer=optimizer("newton"))
    figure = made.outcome(0.05).figure
    assert isinstance(figure, Curves)
    np.testing.assert_array_equal(figure.series[4].y, twice.values)


def test_line_searches_start_from_the_same_trial() -> None:
    made = instant({**SEARCHES, "show": "rates"}).outcome(0.5)
    assert isinstance(made.figure, Curves)
    armijo, exact, _ = made.figure.series
    run = descend(SURFACE, 0.5, steps=20, start=START, line_search=line_search("armijo", c=0.3))
    np.testing.assert_array_equal(armijo.y, run.rates)
    run = descend(SURFACE, 0.5, steps=20, start=START, line_search=line_search("exact"))
    np.testing.assert_array_equal(exact.y, run.rates)


def test_the_paths_are_drawn_with_their_letters() -> None:
    made = instant({**RULES, "show": "paths"}).outcome()
    assert isinstance(made.figure, Contour)
    assert [path.label for path in made.figure.paths] == list("ABCDE")
    run = descend(SURFACE, 0.05, steps=60, start=START)
    np.testing.assert_array_equal(made.figure.paths[0].points, run.points)


def test_the_gradient_is_what_the_slopes_are_along_the_run() -> None:
    made = instant({**RULES, "show": "gradient"}).outcome()
    assert isinstance(made.figure, Curves)
    points = descend(SURFACE, 0.05, steps=60, start=START).points
    sizes = [float(np.hypot(*SURFACE.gradient(point))) for point in points]
    np.testing.assert_allclose(made.figure.series[0].y, sizes)


def test_what_a_step_amounts_to_is_the_rate_itself_for_gradient_descent_alone() -> None:
    made = instant({**RULES, "show": "rates"}).outcome(0.02)
    assert isinstance(made.figure, Curves)
    sgd, momentum, *_ = made.figure.series
    np.testing.assert_allclose(sgd.y, 0.02)
    assert momentum.y[0] == pytest.approx(0.02)
    assert momentum.y.max() > 0.05


def test_rates_and_schedules_may_have_another_optimizer() -> None:
    grid = {key: value for key, value in SEARCHES.items() if key not in {"searches", "rate"}} | {
        "rates": [0.01, 0.02],
        "optimizer": "momentum",
        "set": {"momentum": {"momentum": 0.5}},
    }
    made = instant(grid).outcome()
    assert isinstance(made.figure, Curves)
    rule = optimizer("momentum", momentum=0.5)
    run = descend(SURFACE, 0.02, steps=20, start=START, optimizer=rule)
    np.testing.assert_array_equal(made.figure.series[1].y, run.values)
    assert made.limit == pytest.approx(3 / 20)


def test_the_lab_opens_as_many_of_them_as_it_has_room_for() -> None:
    runs = from_experiment(RULES, 0.02).runs
    assert [(run.rate, run.optimizer) for run in runs] == [
        (0.02, Choice("sgd")),
        (0.02, Choice("momentum")),
        (0.02, Choice("momentum", (("momentum", 0.5),))),
        (0.1, Choice("adam")),
    ]
    assert [run.search for run in from_experiment(SEARCHES).runs] == [
        Choice("armijo", (("c", 0.3),)),
        Choice("exact"),
    ]
    timed = {**SEARCHES, "schedules": ["cosine"], "optimizer": "adam", "set": {"adam": {"beta1": 0.5}}}
    (run,) = from_experiment({key: value for key, value in timed.items() if key != "searches"}).runs
    assert (run.schedule, run.optimizer) == (Choice("cosine"), Choice("adam", (("beta1", 0.5),)))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"optimizers": ["adamm"], "set": {}, "shares": {}}, "unknown optimizer 'adamm': did you mean 'adam'"),
        ({"optimizers": ["adam", "adam"]}, 'optimizers must have different names: .* such as "adam light"'),
        ({"optimizers": [" "]}, "optimizers must have different names"),
        ({"optimizers": ["adam of quite another kind"]}, "a name in optimizers may have 20 characters"),
        ({"optimizers": []}, "optimizers must be a list of 1 to 8 entries"),
        ({"shares": {"sgdd": 2}}, "unknown entry of shares in experiment 'race' 'sgdd': did you mean 'sgd'"),
        ({"shares": {"sgd": 0}}, "shares.sgd must be a number"),
        ({"shares": 3}, "shares must be a table"),
        ({"set": {"rmsprop": {}}}, "unknown entry of set in experiment 'race' 'rmsprop'"),
        ({"set": {"momentum": {"beta": 1}}}, "unknown parameter of optimizer 'momentum' 'beta'"),
        ({"steps": 2_001}, "steps must be a number from 1 to 2,000"),
        ({"searches": ["armijo"]}, "give either rates"),
    ],
)
def test_what_a_race_of_optimizers_refuses(changes: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        instant({**RULES, **changes})
    assert "\n" not in str(caught.value)
