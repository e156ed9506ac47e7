"""Experiment "race": several rates, or several schedules, from the same start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import unknown
from tutor.lab.curves import LETTERS, loss_curves, over_steps
from tutor.lab.outcome import Experiment, Outcome, rates_around
from tutor.lab.surface import Surface, read_surface
from tutor.lab.words import count, exact, number, place, summary
from tutor.optim.descend import Trajectory, descend_many
from tutor.optim.schedules import Schedule, schedule
from tutor.optim.verdict import Verdict
from tutor.plots.figure import Curves

if TYPE_CHECKING:
    from tutor.lab.settings import Settings

Entrants = Callable[[float], dict[str, Schedule]]
"""Makes the schedules of a race, by name, from the rate that is turned."""


@dataclass(frozen=True, eq=False)
class Race:
    """Gradient descent under several schedules side by side, each with a letter."""

    surface: Surface
    entrants: Entrants
    steps: int
    show: str

    def outcome(self, rate: float) -> Outcome:
        """Run them all."""
        surface, entrants = self.surface, self.entrants(rate)
        schedules = tuple(entrants.values())
        runs = descend_many(
            surface.objective,
            schedules,
            steps=self.steps,
            start=surface.start,
        )
        what, figure = FIGURES[self.show](self, runs)
        names = [f"{letter} {name}" for letter, name in zip(LETTERS, entrants, strict=False)]
        ends = [f"{name}: {_end(run)}" for name, run in zip(names, runs, strict=True)]
        return Outcome(
            figure=figure,
            description=(
                f"{what} on the {surface.objective.summary}, from {place(surface.start)} with a loss of "
                f"{number(runs[0].values[0])}; at the end {', '.join(ends)}."
            ),
            readouts=tuple(ends),
            verdict=_verdict(runs),
            limit=surface.limit(),
        )


def _end(run: Trajectory) -> str:
    if run.verdict is Verdict.DIVERGING:
        return f"gone after {count(run.steps, 'step')}" if run.steps > 1 else "gone at once"
    return f"loss {number(run.values[-1], 2)}"


def _verdict(runs: tuple[Trajectory, ...]) -> str:
    fates = summary([run.verdict for run in runs])
    ends = [(run.values[-1], i) for i, run in enumerate(runs) if run.verdict is not Verdict.DIVERGING]
    if len(runs) == 1 or not ends:
        return f"{fates}."
    return f"{fates}; {LETTERS[min(ends)[1]]} ends lowest."


def _losses(race: Race, runs: tuple[Trajectory, ...]) -> tuple[str, Curves]:
    return f"Loss over {count(race.steps, 'step')}, on a log axis,", loss_curves(run.values for run in runs)


def _rates(race: Race, runs: tuple[Trajectory, ...]) -> tuple[str, Curves]:
    """Show the rates, and the limit 2/L at the place where the last of the runs stands."""
    sharpness = race.surface.objective.curvatures(runs[-1].points)[:, -1]
    limits = np.divide(2.0, sharpness, out=np.full_like(sharpness, np.nan), where=sharpness > 0)
    series = [over_steps(run.rates, letter) for letter, run in zip(LETTERS, runs, strict=False)]
    figure = Curves((*series, over_steps(limits, "L")), x_label="step", y_label="η")
    last = LETTERS[len(runs) - 1]
    what = (
        f"The rate η at each of {count(race.steps, 'step')}, with a line L for the limit 2/L at the place "
        f"where {last} stands, from {number(limits[0])} to {number(limits[-1])},"
    )
    return what, figure


FIGURES: dict[str, Callable[[Race, tuple[Trajectory, ...]], tuple[str, Curves]]] = {
    "loss": _losses,
    "rates": _rates,
}
"""What a race shows: a figure, and what to call it."""


def read(settings: Settings) -> Experiment:
    """Take a surface, ``steps``, ``show`` ("loss" or "rates"), and what races.

    That is ``rates``, of which the middle one is turned while they keep their ratios; or ``schedules``, with
    their parameters in ``set``, whose base ``rate`` is turned.
    """
    steps = settings.steps()
    show = settings.word("show", "loss")
    if show not in FIGURES:
        raise unknown("figure", show, FIGURES)
    if ("rates" in settings) == ("schedules" in settings):
        raise settings.wrong('give either rates = [0.01, 0.1, 1.0] or schedules = ["constant", "cosine"]')
    if "rates" in settings:
        grid = settings.rates("rates")
        rate = grid[len(grid) // 2]
        entrants = _grid(grid, rate)
    else:
        rate = settings.rate()
        names = settings.words("schedules")
        entrants = _timetables(settings.parameters_of("set", names), steps)
        entrants(rate)  # a wrong name or parameter is told now, not at the first run
    return Experiment(
        "race", rate, rates_around(rate), Race(read_surface(settings), entrants, steps, show).outcome
    )


def _grid(rates: tuple[float, ...], middle: float) -> Entrants:
    def entrants(rate: float) -> dict[str, Schedule]:
        scaled = [float(f"{other * (rate / middle):.12g}") for other in rates]
        return {f"η = {exact(other)}": schedule("constant", rate=other, steps=1) for other in scaled}

    return entrants


def _timetables(settings_of: dict[str, dict[str, object]], steps: int) -> Entrants:
    return lambda rate: {
        name: schedule(name, rate=rate, steps=steps, **settings) for name, settings in settings_of.items()
    }
