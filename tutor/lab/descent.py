"""Experiment "descent": one run across the contour lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.outcome import Experiment, Outcome, rates_around
from tutor.lab.surface import Surface, read_surface
from tutor.lab.words import count, exact, listing, number, place
from tutor.optim.descend import Trajectory, descend
from tutor.optim.optimizers import Optimizer, optimizer
from tutor.optim.verdict import Verdict
from tutor.plots.figure import Path

if TYPE_CHECKING:
    from tutor.lab.settings import Settings

COURSES = {
    Verdict.CRAWLING: "creeps along",
    Verdict.CONVERGING: "comes down and closes in on the minimum",
    Verdict.OSCILLATING: "hops from wall to wall",
    Verdict.DIVERGING: "jumps further and further away",
    Verdict.STALLED: "comes to a stop",
}


@dataclass(frozen=True, eq=False)
class Descent:
    """``steps`` steps of an optimizer."""

    surface: Surface
    optimizer: Optimizer
    steps: int

    def outcome(self, rate: float) -> Outcome:
        """Run at the rate η."""
        return self.shown(self.run(rate), rate)

    def run(self, rate: float) -> Trajectory:
        """Descend at the rate η."""
        ground, start = self.surface.objective, self.surface.start
        return descend(ground, rate, steps=self.steps, start=start, optimizer=self.optimizer)

    def shown(self, run: Trajectory, rate: float) -> Outcome:
        """Tell of a run at the rate η."""
        surface = self.surface
        made = count(run.steps, "step")
        loss = f"loss {number(run.values[0])} → {number(run.values[-1])}"
        end = "out of sight" if run.verdict is Verdict.DIVERGING else f"at {place(run.points[-1])}"
        stable = self.optimizer.stable  # without it, L has no say in what is
        share = surface.share(rate, stable) if stable else ()
        return Outcome(
            figure=surface.contour(Path(run.points)),
            description=(
                f"Contour lines of the {surface.objective.summary}{_minima(surface)}: from "
                f"{place(surface.start)}, a run of {made} "
                f"at η = {exact(rate)} {COURSES[run.verdict]} and ends {end}, {loss}."
            ),
            readouts=(f"η = {exact(rate)}", *share, made, loss),
            verdict=run.reason,
            limit=surface.limit(self.optimizer),
        )


def _minima(surface: Surface) -> str:
    places = [place(minimum) for minimum in surface.objective.minima]
    if not places:
        return ""
    return f", with its minimum at {places[0]}" if len(places) == 1 else f", with minima at {listing(places)}"


def read(settings: Settings) -> Experiment:
    """Take a surface, ``optimizer`` with its ``set``, ``rate`` and ``steps``."""
    rate = settings.rate()
    chosen = optimizer(settings.word("optimizer", "sgd"), **settings.parameters("set"))
    descent = Descent(read_surface(settings), chosen, settings.steps())
    return Experiment("descent", rate, rates_around(rate), descent.outcome)
