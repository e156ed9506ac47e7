"""What a learner can change: each edit takes a state and gives a new one, or says why it makes no sense."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.lab.bench.runs import trajectories, trajectory
from tutor.lab.bench.state import MOST_RUNS, MOST_STEPS, USUAL_RATE, Choice, LabState
from tutor.lab.bench.tables import the_objective, the_optimizer
from tutor.lab.settings import HIGHEST_RATE, LOWEST_RATE

if TYPE_CHECKING:
    from tutor.lab.bench.state import Point, RunSetup
    from tutor.optim.verdict import Verdict

_E24 = "1 1.1 1.2 1.3 1.5 1.6 1.8 2 2.2 2.4 2.7 3 3.3 3.6 3.9 4.3 4.7 5.1 5.6 6.2 6.8 7.5 8.2 9.1"
FINE = tuple(map(float, _E24.split()))
"""Steps of a tenth, the series E24 of electronics: 24 to a decade, evenly on a log scale."""

COARSE = (1.0, 2.0, 5.0)


def next_rate(rate: float, step: int, *, coarse: bool = False) -> float:
    """The next round rate up (``step`` 1) or down (−1) from any rate, within what the lab can run."""
    decade = math.floor(math.log10(rate))
    digits = COARSE if coarse else FINE
    ladder = sorted(float(f"{digit:g}e{d}") for d in (decade - 1, decade, decade + 1) for digit in digits)
    above = [value for value in ladder if value > rate * (1 + 1e-9)]
    below = [value for value in ladder if value < rate * (1 - 1e-9)]
    return min(max(above[0] if step > 0 else below[-1], LOWEST_RATE), HIGHEST_RATE)


def turn(state: LabState, rate: float) -> LabState:
    """Set the active run's η: from the cursor on, or from the start."""
    return _checked(state, state.with_run(state.run.turned(rate, state.step if state.onward else 0)))


def choose(state: LabState, table: str, choice: Choice | None) -> LabState:
    """Take an entry of a table: the objective for all runs, anything else for the active one."""
    run, ground = state.run, state.ground
    if table == "objective":
        assert choice is not None
        changed = replace(state, ground=replace(ground, objective=choice, start=None, view=None))
    elif table == "optimizer":
        assert choice is not None
        changed = state.with_run(replace(run, optimizer=choice, rate=_suited(run, choice)))
    elif table == "schedule":
        assert choice is not None
        changed = state.with_run(replace(run, schedule=choice))
    else:
        changed = state.with_run(replace(run, search=choice))
    return _checked(replace(state, onward=False), replace(changed, onward=False))


def _suited(run: RunSetup, optimizer: Choice) -> float:
    """Find the η to go on with: an optimizer that finds its own step has its own, which suits no other."""
    own, before = the_optimizer(optimizer).own_rate, the_optimizer(run.optimizer).own_rate
    return own or (USUAL_RATE if run.rate == before else run.rate)


def add(state: LabState) -> LabState:
    """Add a run like the active one, which it becomes."""
    if len(state.runs) == MOST_RUNS:
        raise UsageError(f"there are {MOST_RUNS} runs already: remove one first")
    return replace(state, runs=(*state.runs, state.run), active=len(state.runs))


def remove(state: LabState) -> LabState:
    """Remove the active run; those after it move up a letter."""
    if len(state.runs) == 1:
        raise UsageError("this is the only run: add another one first")
    runs = state.runs[: state.active] + state.runs[state.active + 1 :]
    return replace(state, runs=runs, active=min(state.active, len(runs) - 1))


def switch(state: LabState, step: int) -> LabState:
    """Make the next run, or the one before, the active one."""
    return replace(state, active=(state.active + step) % len(state.runs))


def look(state: LabState, step: int) -> LabState:
    """Move the cursor to a step; the last step of the longest run is the end."""
    last = longest(state)
    return replace(state, cursor=None if step >= last and state.hidden is None else max(0, min(step, last)))


def longest(state: LabState) -> int:
    """The number of steps of the longest run, which may have ended before it was to."""
    return max(run.steps for run in trajectories(state)) if state.hidden is None else state.seen


def move_start(state: LabState, start: Point | None) -> LabState:
    """Start elsewhere; None is where the objective starts by itself."""
    return _checked(state, replace(state, ground=replace(state.ground, start=start), onward=False))


def start_of(state: LabState) -> Point:
    """Where the runs start."""
    return state.ground.start or the_objective(state.ground.objective).start


def nudge(state: LabState, across: int, up: int) -> LabState:
    """Move the start by fortieths of the view."""
    (x0, x1), (y0, y1) = state.ground.view or the_objective(state.ground.objective).view
    x, y, *others = start_of(state)
    moved = (x + across * (x1 - x0) / 40, y + up * (y1 - y0) / 40)
    return move_start(state, (*(float(f"{value:.6g}") for value in moved), *others))


def last(state: LabState, steps: int) -> LabState:
    """Let the runs take so many steps."""
    if not 1 <= steps <= MOST_STEPS:
        raise UsageError(f"a run in the lab has 1 to {MOST_STEPS:,} steps, not {steps:,}")
    return _checked(state, replace(state, ground=replace(state.ground, steps=steps), cursor=None))


def predicting(state: LabState) -> LabState:
    """Switch predictions on or off; when on, the runs as they are hide at once."""
    on = not state.predict
    return replace(state, predict=on, hidden=0 if on else None, cursor=None, remark="")


def guess(state: LabState, verdict: Verdict | None) -> LabState:
    """Show what was hidden, and say how the prediction (None: none) compares."""
    shown = replace(state, hidden=None, cursor=None)
    if verdict is None:
        return shown
    right = verdict is trajectory(state.ground, state.run).verdict
    guesses = (state.guesses[0] + right, state.guesses[1] + 1)
    remark = f"{'✓ Right' if right else f'✗ Not {verdict}'}, {guesses[0]} of {guesses[1]}"
    return replace(shown, guesses=guesses, remark=remark)


def _checked(before: LabState, after: LabState) -> LabState:
    """Run it, so that what makes no sense is told now, and hide it if the learner predicts."""
    trajectories(after)
    after = replace(after, remark="")
    if after.predict and (after.ground, after.runs) != (before.ground, before.runs):
        return replace(after, hidden=before.step if after.onward else 0, cursor=None)
    return after
