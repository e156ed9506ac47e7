"""Experiment "race": several rates, schedules, optimizers or line searches, from the same start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import unknown
from tutor.lab.curves import LETTERS, effective_rates, loss_curves, over_steps
from tutor.lab.entrants import read_entrants
from tutor.lab.outcome import WIDEST, Experiment, Outcome, rates_around
from tutor.lab.surface import Surface, read_surface
from tutor.lab.words import count, number, place, summary
from tutor.optim.descend import Trajectory, descend
from tutor.optim.verdict import Verdict
from tutor.plots.figure import Curves, Figure, Path

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.lab.entrants import Entrant, Entrants
    from tutor.lab.settings import Settings

Runs = tuple[Trajectory, ...]


@dataclass(frozen=True, eq=False)
class Race:
    """Runs side by side, each with a letter."""

    surface: Surface
    entrants: Entrants
    steps: int
    show: str

    def runs(self, rate: float) -> Runs:
        """Run all entrants, each as it would alone."""
        return tuple(
            descend(
                self.surface.objective,
                entrant.pace,
                steps=self.steps,
                start=self.surface.start,
                optimizer=entrant.optimizer,
                line_search=entrant.search,
            )
            for entrant in self.entrants(rate)
        )

    def outcome(self, rate: float) -> Outcome:
        """Run them all."""
        surface, entrants, runs = self.surface, self.entrants(rate), self.runs(rate)
        what, figure = FIGURES[self.show](self, runs)
        names = [f"{letter} {entrant.name}" for letter, entrant in zip(LETTERS, entrants, strict=False)]
        racers = [(name, entrant.note, run) for name, entrant, run in zip(names, entrants, runs, strict=True)]
        ends = [f"{name}{note}: {_end(run)}" for name, note, run in racers]
        return Outcome(
            figure=figure,
            description=(
                f"{what} on the {surface.objective.summary}, from {place(surface.start)} with a loss of "
                f"{number(runs[0].values[0])}; at the end {', '.join(ends)}."
            ),
            readouts=tuple(_short(*racer) for racer in racers),
            verdict=_verdict(runs),
            limit=self._limit(entrants),
        )

    def _limit(self, entrants: tuple[Entrant, ...]) -> float | None:
        """Find the rate up to which all are stable of whom that is known."""
        limits = [(self.surface.limit(entrant.optimizer), entrant.share) for entrant in entrants]
        return min((limit / share for limit, share in limits if limit), default=None)


def _end(run: Trajectory) -> str:
    if run.verdict is Verdict.DIVERGING:
        return f"gone after {count(run.steps, 'step')}" if run.steps > 1 else "gone at once"
    return f"loss {number(run.values[-1], 2)}"


def _short(name: str, note: str, run: Trajectory) -> str:
    """Tell an end in as few columns as a long name leaves."""
    end = "gone" if run.verdict is Verdict.DIVERGING else number(run.values[-1], 2)
    for told in (f"{name}{note}: {_end(run)}", f"{name}{note}: {end}", f"{name}: {_end(run)}"):
        if len(told) <= WIDEST:
            return told
    return f"{name}: {end}"


def _verdict(runs: Runs) -> str:
    fates = summary([run.verdict for run in runs])
    ends = [(run.values[-1], i) for i, run in enumerate(runs) if run.verdict is not Verdict.DIVERGING]
    if len(runs) == 1 or not ends:
        return f"{fates}."
    return f"{fates}; {LETTERS[min(ends)[1]]} ends lowest."


def _losses(race: Race, runs: Runs) -> tuple[str, Figure]:
    return f"Loss over {count(race.steps, 'step')}, on a log axis,", loss_curves(run.values for run in runs)


def _gradients(race: Race, runs: Runs) -> tuple[str, Figure]:
    figure = loss_curves((run.gradient_norms for run in runs), "‖∇f‖")
    return f"The length ‖∇f‖ of the gradient over {count(race.steps, 'step')}, on a log axis,", figure


def _paths(race: Race, runs: Runs) -> tuple[str, Figure]:
    paths = [Path(run.points, letter) for letter, run in zip(LETTERS, runs, strict=False)]
    return f"Contour lines with the paths of {count(race.steps, 'step')}", race.surface.contour(*paths)


def _rates(race: Race, runs: Runs) -> tuple[str, Figure]:
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


def _lengths(race: Race, runs: Runs) -> tuple[str, Figure]:
    """Show how far each step goes for the slope on which it stands: gradient descent's own is η."""
    curves = [over_steps(effective_rates(run), letter) for letter, run in zip(LETTERS, runs, strict=False)]
    figure = Curves(tuple(curves), x_label="step", y_label="‖Δx‖/‖∇f‖", log_y=True)
    what = f"The length of each of {count(race.steps, 'step')} over that of its gradient, on a log axis,"
    return what, figure


FIGURES: dict[str, Callable[[Race, Runs], tuple[str, Figure]]] = {
    "loss": _losses,
    "rates": _rates,
    "lengths": _lengths,
    "paths": _paths,
    "gradient": _gradients,
}
"""What a race shows: a figure, and what to call it."""


def read(settings: Settings) -> Experiment:
    """Take a surface, who races, and ``show``, one of FIGURES; of optimizers the rates are the lengths."""
    show = settings.word("show", "loss")
    if show not in FIGURES:
        raise unknown("figure", show, FIGURES)
    if show == "rates" and "optimizers" in settings:
        show = "lengths"
    rate, steps, entrants = read_entrants(settings)
    return Experiment(
        "race", rate, rates_around(rate), Race(read_surface(settings), entrants, steps, show).outcome
    )
