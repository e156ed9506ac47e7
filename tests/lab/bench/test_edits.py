from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.lab.bench import edits
from tutor.lab.bench.runs import trajectory
from tutor.lab.bench.state import USUAL_RATE, Choice, Ground, LabState, RunSetup, choice
from tutor.optim.verdict import Verdict

BOWL = Ground(choice("quadratic", {"kappa": 10.0}), steps=40)
STATE = LabState(BOWL, (RunSetup(0.1), RunSetup(0.05)))


@given(st.floats(-8, 5), st.booleans())
def test_the_ladder_of_rates_goes_up_and_comes_back(power: float, coarse: bool) -> None:
    rate = 10.0**power
    up = edits.next_rate(rate, 1, coarse=coarse)
    assert rate < up < (2.6 if coarse else 1.2) * rate
    assert edits.next_rate(up, -1, coarse=coarse) <= rate * (1 + 1e-9)
    assert edits.next_rate(edits.next_rate(up, -1, coarse=coarse), 1, coarse=coarse) == up


def test_24_fine_steps_and_3_coarse_ones_are_a_decade() -> None:
    for coarse, steps in ((False, 24), (True, 3)):
        rate = 0.01
        for _ in range(steps):
            rate = edits.next_rate(rate, 1, coarse=coarse)
        assert math.isclose(rate, 0.1)


@pytest.mark.parametrize("rate", [0.0, -1.0, math.inf, math.nan, 1e9])
def test_a_rate_that_makes_no_sense_is_refused(rate: float) -> None:
    with pytest.raises(UsageError, match="η is a number from"):
        edits.turn(STATE, rate)
    with pytest.raises(UsageError, match="η is a number from"):
        edits.turn(replace(STATE, onward=True, cursor=10), rate)


def test_eta_turned_without_a_restart_keeps_the_way_so_far() -> None:
    state = edits.turn(replace(STATE, cursor=15, onward=True), 0.18)
    before, after = (trajectory(BOWL, run) for run in (STATE.run, state.run))
    assert (before.points[:16] == after.points[:16]).all()
    assert (before.points[16] != after.points[16]).any()
    assert set(after.rates[:15]) == {0.1}
    assert set(after.rates[15:]) == {0.18}


def test_eta_turned_with_a_restart_is_a_run_of_its_own() -> None:
    assert edits.turn(replace(STATE, cursor=15), 0.18).run == RunSetup(0.18)


def test_runs_are_added_to_four_and_dropped_to_one() -> None:
    state = edits.add(edits.add(STATE))
    assert (len(state.runs), state.active) == (4, 3)
    assert state.runs[3] == STATE.runs[0]
    with pytest.raises(UsageError, match="already"):
        edits.add(state)
    for _ in range(3):
        state = edits.remove(state)
    assert (len(state.runs), state.active) == (1, 0)
    with pytest.raises(UsageError, match="only run"):
        edits.remove(state)


def test_switching_goes_round() -> None:
    assert edits.switch(STATE, 1).active == edits.switch(STATE, -1).active == 1


def test_another_objective_starts_at_its_own_start() -> None:
    moved = edits.move_start(STATE, (1.0, 1.0))
    state = edits.choose(moved, "objective", Choice("ravine"))
    assert state.ground.start is None
    assert edits.start_of(moved) == (1.0, 1.0)


def test_a_choice_that_makes_no_sense_is_refused() -> None:
    for table in ("objective", "optimizer", "schedule", "line search"):
        with pytest.raises(UsageError, match="nonsense"):
            edits.choose(STATE, table, Choice("nonsense"))


def test_a_choice_changes_the_active_run_alone() -> None:
    state = edits.choose(replace(STATE, active=1), "optimizer", Choice("momentum"))
    state = edits.choose(state, "schedule", Choice("cosine"))
    state = edits.choose(state, "line search", Choice("armijo"))
    assert state.runs[0] == STATE.runs[0]
    assert state.run == RunSetup(0.05, (), Choice("momentum"), Choice("cosine"), Choice("armijo"))
    assert edits.choose(state, "line search", None).run.search is None


def test_the_start_is_moved_and_must_have_the_right_length() -> None:
    moved = edits.nudge(STATE, 1, -1)
    x, y = edits.start_of(STATE)
    assert edits.start_of(moved)[0] > x
    assert edits.start_of(moved)[1] < y
    assert trajectory(moved.ground, moved.run).points[0].tolist() == list(edits.start_of(moved))
    with pytest.raises(UsageError, match="2 numbers"):
        edits.move_start(STATE, (1.0, 2.0, 3.0))


def test_the_cursor_stays_within_the_run_and_follows_its_end() -> None:
    assert edits.look(STATE, -5).step == 0
    assert edits.look(STATE, 7).step == 7
    assert edits.look(STATE, 40).cursor is None
    assert edits.look(STATE, 999).step == 40


def test_a_run_that_ends_early_ends_the_scrubbing() -> None:
    state = edits.turn(replace(STATE, runs=(RunSetup(0.1),)), 5.0)
    last = edits.longest(state)
    assert last < 40
    assert edits.look(state, 39).cursor is None
    assert edits.look(state, last - 1).cursor == last - 1


@pytest.mark.parametrize("steps", [0, -3, 10_001])
def test_a_number_of_steps_that_makes_no_sense_is_refused(steps: int) -> None:
    with pytest.raises(UsageError, match="1 to 10,000 steps"):
        edits.last(STATE, steps)


def test_a_prediction_hides_the_run_until_it_is_made() -> None:
    state = edits.predicting(STATE)
    assert state.seen == 0
    shown = edits.guess(state, Verdict.CONVERGING)
    truth = trajectory(BOWL, STATE.run).verdict
    assert (shown.hidden, shown.guesses) == (None, (int(truth is Verdict.CONVERGING), 1))
    hidden = edits.turn(shown, 0.25)
    assert hidden.hidden == 0
    assert hidden.remark == ""
    shown = edits.guess(hidden, Verdict.DIVERGING)
    assert shown.remark.startswith("✓ Right")
    assert shown.guesses[1] == 2
    assert edits.guess(hidden, None).guesses == hidden.guesses


def test_a_prediction_from_the_cursor_on_hides_only_what_comes() -> None:
    state = replace(edits.guess(edits.predicting(STATE), None), cursor=10, onward=True)
    assert edits.turn(state, 0.3).seen == 10


def test_moving_the_cursor_or_switching_hides_nothing() -> None:
    state = edits.guess(edits.predicting(STATE), None)
    assert edits.switch(edits.look(state, 3), 1).hidden is None
    assert edits.predicting(state).hidden is None


@settings(max_examples=25)
@given(st.floats(-8, 5), st.sampled_from([0, 5, 39]), st.booleans())
def test_whatever_the_rate_nothing_is_raised(power: float, cursor: int, onward: bool) -> None:
    state = edits.turn(replace(STATE, cursor=cursor, onward=onward), 10.0**power)
    assert edits.longest(state) <= 40


def test_an_optimizer_with_a_step_of_its_own_brings_its_eta_and_takes_it_away() -> None:
    newton = edits.choose(STATE, "optimizer", Choice("newton"))
    assert newton.run.rate == 1.0
    assert edits.choose(newton, "optimizer", Choice("lbfgs")).run.rate == 1.0
    assert edits.choose(newton, "optimizer", Choice("sgd")).run.rate == USUAL_RATE
    turned = edits.turn(newton, 0.3)
    assert edits.choose(turned, "optimizer", Choice("sgd")).run.rate == 0.3


def test_a_line_search_with_a_rule_that_it_cannot_scale_is_refused() -> None:
    searching = edits.choose(STATE, "line search", Choice("armijo"))
    with pytest.raises(UsageError, match="a line search needs an optimizer"):
        edits.choose(searching, "optimizer", Choice("rprop"))
