"""Experiment "line-search": backtracking, with every step that it tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.outcome import Experiment, Outcome, rates_around
from tutor.lab.surface import Surface, read_surface
from tutor.lab.words import count, exact, number, place
from tutor.optim.descend import Trajectory, descend
from tutor.optim.linesearch import LineSearch, line_search
from tutor.optim.verdict import Verdict
from tutor.plots.figure import Path

if TYPE_CHECKING:
    from tutor.lab.settings import Settings
    from tutor.optim.objectives import Array


MOST_STEPS = 1_000
"""The most steps of a run, each of which may take hundreds of probes."""


@dataclass(frozen=True, eq=False)
class Probing:
    """Gradient descent whose every step starts from the same trial rate and is cut until it will do."""

    surface: Surface
    search: LineSearch
    steps: int

    def outcome(self, rate: float) -> Outcome:
        """Run with the trial rate ``rate``."""
        surface = self.surface
        run = descend(surface.objective, rate, steps=self.steps, start=surface.start, line_search=self.search)
        first, cuts = run.searches[0], sum(search.cuts for search in run.searches)
        cut, made = count(cuts, "cut"), count(run.steps, "step")
        loss = f"loss {number(run.values[0])} → {number(run.values[-1])}"
        return Outcome(
            figure=surface.contour(Path(run.points, "A"), Path(_probes(run), "B")),
            description=(
                f"Contour lines of the {surface.objective.summary}: from {place(surface.start)} the first "
                f"trial η = {exact(rate)} is cut {count(first.cuts, 'time')}, along the ray B, until "
                f"{number(first.rate)} lowers the loss enough; the run A of {made} ends at "
                f"{place(run.points[-1])}, {loss}."
            ),
            readouts=(
                f"trial η = {exact(rate)}",
                "A the run, B its first trials",
                f"taken {number(run.rates.min())} to {number(run.rates.max())}",
                f"{cut} in {made}",
                loss,
            ),
            verdict=_story(run, rate, cuts, self.search.grow),
            limit=surface.limit(),
        )


def _story(run: Trajectory, rate: float, cuts: int, grow: float | None) -> str:
    for step, search in enumerate(run.searches):
        if search.failed and len(search.probes):  # without any, it has arrived
            return f"At step {step + 1} {search.failed[0].lower()}{search.failed[1:]}"
    if run.verdict is Verdict.STALLED:
        return run.reason
    if cuts and grow:
        return (
            f"Safe: each trial is {number(grow)} × the last rate, and is cut until it lowers the loss enough."
        )
    if cuts:
        return f"Safe: a trial of {exact(rate)} is cut until it lowers the loss enough."
    word = run.verdict.capitalize()
    if grow:
        return f"{word}: each trial, {number(grow)} × the last rate, will do at once."
    return f"{word}: each trial of {exact(rate)} will do at once; the search only ever shortens a step."


def _probes(run: Trajectory) -> Array:
    """Give the points (k, 2) of the first search, from its start outward."""
    start, search = run.points[0], run.searches[0]
    shares = np.append(search.probes, 0.0)[::-1, None] / (search.rate or np.inf)
    return np.asarray(start + shares * (run.points[1] - start))


def read(settings: Settings) -> Experiment:
    """Take a surface, ``search`` with its ``set``, ``rate`` (the trial) and ``steps``."""
    rate = settings.rate()
    search = line_search(settings.word("search", "armijo"), **settings.parameters("set"))
    probing = Probing(read_surface(settings), search, settings.steps(MOST_STEPS))
    return Experiment("line-search", rate, rates_around(rate), probing.outcome)
