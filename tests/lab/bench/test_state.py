from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tutor.lab.bench.state import Choice, LabState, RunSetup, choice

RATES = st.floats(1e-6, 10)


def test_a_rate_turned_from_a_step_on_leaves_the_steps_before() -> None:
    run = RunSetup(0.1).turned(0.2, 10).turned(0.05, 20)
    assert [run.rate_at(step) for step in (0, 9, 10, 19, 20, 99)] == [0.1, 0.1, 0.2, 0.2, 0.05, 0.05]


def test_a_turn_forgets_what_came_after_it_and_a_restart_forgets_all() -> None:
    run = RunSetup(0.1).turned(0.2, 10).turned(0.05, 20)
    assert run.turned(0.3, 15).turns == ((10, 0.2), (15, 0.3))
    assert run.turned(0.3, 0) == RunSetup(0.3)


@given(st.lists(st.tuples(st.integers(0, 50), RATES), max_size=8))
def test_after_any_turns_the_last_one_holds_and_steps_ascend(turns: list[tuple[int, float]]) -> None:
    run = RunSetup(0.1)
    for step, rate in turns:
        run = run.turned(rate, step)
        assert run.rate_at(step) == run.rate_at(1000) == rate
    steps = [step for step, _ in run.turns]
    assert steps == sorted(set(steps))


def test_a_choice_reads_as_it_is_typed() -> None:
    made = choice("x", {"kappa": 25.0, "milestones": [30, 60.5], "nesterov": True, "mode": "abs"})
    assert str(made) == "x kappa=25 milestones=30,60.5 nesterov=true mode=abs"
    assert hash(made)
    assert made.given["milestones"] == (30, 60.5)


def test_a_run_takes_the_place_of_the_active_one() -> None:
    state = LabState(runs=(RunSetup(0.1), RunSetup(0.2), RunSetup(0.3)), active=1)
    changed = state.with_run(RunSetup(0.5, optimizer=Choice("momentum")))
    assert [run.rate for run in changed.runs] == [0.1, 0.5, 0.3]
