"""Knobs without a screen: what turning and typing makes of each kind."""

from __future__ import annotations

import pytest

from tests.app.digits.fake import Fake
from tutor.app.digits.form import Form, turned
from tutor.errors import UsageError
from tutor.lab.digits.table import EXPERIMENTS
from tutor.optim.tables import Choice, Flag, Parameter

BATCH = Parameter("", 0, 1000, 32, whole=True)
DEPTH = Parameter("", 1, 16, 2, whole=True)
RATE = Parameter("", 1e-9, 1e6, 0.1)
INIT = Choice("", ("he", "glorot", "lecun"), "he")


@pytest.mark.parametrize(
    ("knob", "value", "up", "down"),
    [
        (BATCH, 32, 64, 16),
        (BATCH, 1, 2, 0),
        (BATCH, 0, 1, 0),
        (BATCH, 800, 1000, 400),
        (DEPTH, 2, 3, 1),
        (DEPTH, 16, 16, 15),
        (RATE, 0.1, 0.2, 0.05),
        (RATE, 0.03, 0.05, 0.02),
        (RATE, 1e6, 1e6, 5e5),
        (INIT, "he", "glorot", "lecun"),
        (INIT, "orthogonal", "he", "he"),
        (Flag(""), True, False, False),
    ],
)
def test_a_knob_is_turned(knob: Parameter | Choice | Flag, value: object, up: object, down: object) -> None:
    assert turned("it", knob, value, 1) == pytest.approx(up)
    assert turned("it", knob, value, -1) == pytest.approx(down)


@pytest.mark.parametrize("knob", [Parameter("", 1, 9, whole=True), Parameter("", 0, 1, many=True)])
def test_what_has_no_next_value_says_how_to_set_it(knob: Parameter) -> None:
    with pytest.raises(UsageError, match="cannot be turned: type it after ="):
        turned("it", knob, knob.default, 1)


def test_what_is_set_to_its_default_is_not_set() -> None:
    form = Form(Fake().table, "fake")
    changed = form.turn(1)
    assert changed.given == {"batch": 64}
    assert changed.turn(-1).given == {}
    assert changed.type("32").given == {}
    assert changed.type("").given == {}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_knob_of_every_experiment_is_turned_and_set_back(name: str) -> None:
    form = Form(EXPERIMENTS, name)
    for knob in form.knobs:
        assert form.marked_name == knob
        for step in (1, -1):
            try:
                changed = form.turn(step)
            except UsageError as error:
                assert "type it after =" in str(error)  # noqa: PT017
            else:
                assert changed.text(knob)
                assert changed.type("") == form
        form = form.mark(1)
    assert form.marked == 0


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_what_a_knob_says_can_be_typed(name: str) -> None:
    form = Form(EXPERIMENTS, name)
    for knob in form.knobs:
        assert form.marked_name == knob
        assert form.type(form.text(knob)) == form
        form = form.mark(1)
