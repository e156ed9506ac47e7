"""The settings of a template that are refused, and why."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lab.predict.drawn import BOWLS, TEMPLATES, right
from tutor.errors import UsageError
from tutor.lab.predict.templates import draw, template

if TYPE_CHECKING:
    Settings = dict[str, Any]

WRONG: dict[str, tuple[Settings, str]] = {
    "no kind": ({"kind": None}, "a prediction needs a kind in quotes, one of verdict, "),
    "a kind unknown": ({"kind": "verdikt"}, "unknown kind of prediction 'verdikt': did you mean 'verdict'?"),
    "a setting unknown": ({"step": 5}, "unknown setting of prediction 'verdict' 'step': did you mean 'steps'?"),
    "an objective unknown": (
        {"objective": "quadric"},
        "unknown objective 'quadric': did you mean 'quadratic'?",
    ),
    "a parameter unknown": ({"param": {"cappa": [1, 2]}}, "unknown parameter of objective 'quadratic' 'cappa'"),
    "a parameter out of range": ({"param": {"kappa": [10, -1]}}, "kappa of objective 'quadratic' must be"),
    "an empty list": ({"param": {"kappa": []}}, "the lists in param must give 1 to 100 combinations"),
    "too many combinations": (
        {"param": {"kappa": list(range(1, 102))}},
        "the lists in param must give 1 to 100 combinations",
    ),
    "a start that is a point": ({"start": [-4.0, 2.0]}, "start must be a table"),
    "half a start": ({"start": {"x": 1.0}}, "start must be a table such as { x = [-4.0, -3.0], y = 2.0 }"),
    "a start that is nowhere": ({"start": {"x": math.nan, "y": 1.0}}, "each of start must be a number"),
    "no rates": ({"shares": None}, "give either rates = [0.01, 0.1] or, of the largest stable one, shares"),
    "rates twice": ({"rates": [0.1]}, "give either rates"),
    "a rate of 0": ({"shares": None, "rates": [0.0]}, "each of rates must be a number from"),
    "an endless rate": ({"shares": None, "rates": [math.inf]}, "each of rates must be a number from"),
    "too many steps": ({"steps": 10_000}, "steps must be a number from 1 to 1,000, not 10000"),
    "an optimizer unknown": ({"optimizers": ["sdg"]}, "unknown optimizer 'sdg': did you mean 'sgd'?"),
    "answers that are never clear": ({"shares": [1.0]}, "60 draws in a row were too near a boundary"),
    "two schedules alike": (
        {"kind": "survivors", "schedules": ["warmup", "warmup"]},
        "schedules must be two different ones",
    ),
    "batches unsorted": (
        {"kind": "batches", "dimensions": [8], "batches": [4, 1]},
        "batches must be two to four sizes, ascending",
    ),
    "a single racer": (
        {"kind": "racers", "optimizers": ["sgd"], "rates": [0.1]},
        "optimizers must be two to 4, such as",
    ),
    "a racer that is slow": (
        {"kind": "racers", "optimizers": ["sgd", "trapezoid"], "rates": [0.1]},
        "'trapezoid' takes too long to be drawn",
    ),
    "a racer unknown": (
        {"kind": "racers", "optimizers": ["sgd", "adamm"], "rates": [0.1]},
        "unknown optimizer 'adamm': did you mean 'adam'?",
    ),
    "racers without a start of their own": (
        {"kind": "racers", "optimizers": ["sgd", "sgd"], "rates": [0.1]},
        "optimizers must have different names",
    ),
    "a schedule unknown": (
        {"kind": "schedule-rate", "schedules": ["cosin"], "rates": [0.1], "lengths": [100]},
        "unknown schedule 'cosin': did you mean 'cosine'?",
    ),
    "a run that is too long": (
        {"kind": "schedule-rate", "schedules": ["cosine"], "rates": [0.1], "lengths": [100_000]},
        "each of lengths must be a number from 4 to 10,000",
    ),
    "a change of something else": (
        {"kind": "noise-floor", "over": ["h"], "rates": [0.1], "batches": [1]},
        'over must be of "rate" and "batch"',
    ),
    "noise that never changes": (
        {"kind": "noise-floor", "over": ["rate"], "rates": [0.1], "batches": [1]},
        "no clear answer in 17 draws, and more would take too long",
    ),
    "a network that is too deep": (
        {"kind": "signal", "depths": [100]},
        "each of depths must be a number from 2 to 40",
    ),
    "an activation unknown": (
        {"kind": "signal", "depths": [10], "activations": ["relux"]},
        "unknown entry of activations 'relux': did you mean 'relu'?",
    ),
    "conditioning without a limit": (
        {"kind": "conditioning", "optimizers": ["adam"]},
        "'adam' has no largest stable rate here",
    ),
    "conditioning with several minima": (
        {"kind": "conditioning", "objective": "himmelblau", "param": {}},
        "choose an objective that has just one",
    ),
    "batches that take too long": (
        {"kind": "batches", "dimensions": [100], "batches": [1, 1024], "steps": 500},
        "steps × batch × dimension must be at most 1,000,000",
    ),
}


SPOILT: Settings = {"kind": "verdict", **BOWLS, "shares": [0.5], "steps": 60}
BARE: dict[str, Settings] = {
    "schedule-rate": {"shares": [0.5]},
    "noise-floor": {},
    "signal": {},
    "racers": {**BOWLS, "steps": 60},
}
"""What is spoilt, and the same for kinds that take no shares, or no surface."""


def test_what_is_spoilt_can_be_drawn() -> None:
    template(SPOILT)


@pytest.mark.parametrize(("changes", "message"), WRONG.values(), ids=WRONG.keys())
def test_wrong_settings_are_told_in_one_line(changes: Settings, message: str) -> None:
    whole = BARE.get(str(changes.get("kind")), SPOILT) | changes
    changed = {key: value for key, value in whole.items() if value is not None}
    with pytest.raises(UsageError) as caught:
        template(changed)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def one_line(error: UsageError) -> None:
    assert "\n" not in str(error)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2000)
    | st.floats(allow_nan=True)
    | st.sampled_from(["sgd", "momentum", "quadratic", "ravine", "warmup", "constant", "zzz"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["x", "y", "kappa", "bend", "warmup"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=80)
@given(name=st.sampled_from(sorted(TEMPLATES)), data=st.data())
def test_whatever_a_deck_says_is_drawn_or_refused(name: str, data: st.DataObject) -> None:
    changed = dict(TEMPLATES[name])
    for key in data.draw(st.lists(st.sampled_from(sorted(changed)), min_size=1, max_size=2)):
        changed[key] = data.draw(VALUES)
    try:
        assert right(draw(changed, data.draw(st.integers(0, 2**32 - 1))))
    except UsageError as error:
        one_line(error)
