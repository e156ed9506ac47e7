"""What is on the bench: frozen values that say everything about its runs, so that equal ones run alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_RUNS = 4
USUAL_RATE = 0.05
"""The η to begin with."""

MOST_STEPS = 10_000
LETTERS = "ABCD"

Point = tuple[float, ...]
Value = float | str | bool | tuple[float, ...]
"""What a parameter may be."""

View = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Choice:
    """An entry of a table, with those of its parameters that are not left at their defaults."""

    name: str
    settings: tuple[tuple[str, Value], ...] = ()

    @property
    def given(self) -> dict[str, object]:
        """The parameters by name, as the tables' builders take them."""
        return dict(self.settings)

    def __str__(self) -> str:
        return " ".join([self.name, *self.words])

    @property
    def words(self) -> list[str]:
        """The parameters as they are typed: kappa=25, milestones=30,60."""
        return [f"{key}={written(value)}" for key, value in self.settings]


def choice(name: str, settings: Mapping[str, Any] | None = None) -> Choice:
    """Make a choice from parameters by name."""
    fixed = {key: tuple(value) if isinstance(value, list) else value for key, value in (settings or {}).items()}
    return Choice(name, tuple(fixed.items()))


def written(value: Value) -> str:
    """Write a parameter so that it can be read back."""
    if isinstance(value, bool | str):
        return str(value).lower() if isinstance(value, bool) else value
    if isinstance(value, tuple):
        return ",".join(map(written, value))
    return repr(float(value)).removesuffix(".0")


@dataclass(frozen=True)
class RunSetup:
    """One run: what takes its steps, and how far."""

    rate: float
    """The base rate η, or with a line search its first trial."""

    turns: tuple[tuple[int, float], ...] = ()
    """Where η was turned without a restart: from this step on, this base rate; ascending."""

    optimizer: Choice = Choice("sgd")
    schedule: Choice = Choice("constant")
    search: Choice | None = None

    def rate_at(self, step: int) -> float:
        """Find the base rate in force at a step."""
        return next((rate for turn, rate in reversed(self.turns) if turn <= step), self.rate)

    def turned(self, rate: float, step: int) -> RunSetup:
        """Turn η from ``step`` on; from step 0 is a restart, which forgets all turns."""
        if step <= 0:
            return replace(self, rate=rate, turns=())
        kept = tuple(turn for turn in self.turns if turn[0] < step)
        return replace(self, turns=(*kept, (step, rate)) if rate != self.rate_at(step - 1) else kept)


@dataclass(frozen=True)
class Ground:
    """What all runs share: the objective, where they start (its own start if None), and for how long."""

    objective: Choice = Choice("ravine", (("kappa", 25.0), ("bend", 0.1)))
    start: Point | None = None
    steps: int = 100
    view: View | None = None
    """The part of the plane to show; None for the objective's own."""


@dataclass(frozen=True)
class LabState:
    """Everything that a learner has set; a change makes a new one, so that any can be undone."""

    ground: Ground = Ground()
    runs: tuple[RunSetup, ...] = (RunSetup(USUAL_RATE),)
    active: int = 0
    """The index of the run that the keys turn."""

    cursor: int | None = None
    """The step that is looked at; None for the last, however many there are."""

    onward: bool = False
    """Whether η is turned from the cursor on, without a restart."""

    flow: bool = False
    """Whether the gradient flow from the same start is drawn beside the runs."""

    predict: bool = False
    """Whether the learner predicts before a run is shown."""

    hidden: int | None = None
    """The step after which the runs are hidden until the learner has predicted; None if all is shown."""

    guesses: tuple[int, int] = (0, 0)
    """How many of the predictions were right, and how many there were."""

    remark: str = ""
    """What is said of the prediction just made."""

    @property
    def run(self) -> RunSetup:
        """The active run."""
        return self.runs[self.active]

    @property
    def step(self) -> int:
        """The step at the cursor, at most the last one asked for."""
        return self.ground.steps if self.cursor is None else min(self.cursor, self.ground.steps)

    @property
    def seen(self) -> int:
        """The last step that is shown."""
        return self.ground.steps if self.hidden is None else self.hidden

    def with_run(self, run: RunSetup) -> LabState:
        """Put ``run`` in the place of the active one."""
        return replace(self, runs=(*self.runs[: self.active], run, *self.runs[self.active + 1 :]))
