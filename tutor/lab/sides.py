"""The steps of one method beside the gradient flow: how far they stray from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.words import number
from tutor.optim.flow import Flow, flow

if TYPE_CHECKING:
    from tutor.lab.surface import Surface
    from tutor.optim.objectives import Objective

DESCENT = "euler"

CLOSE = 0.05
"""The gap up to which the steps follow the flow, as a share of the way from the start to the minimum, or to
the end of the flow if no minimum is known."""

LOST = 10.0
"""The gap, in the same measure, from which the steps have nothing to do with the flow any more."""

DEEDS = {
    "Close": ("hugs the flow", "hug the flow"),
    "Off": ("strays from the flow", "stray from the flow"),
    "Diverging": ("is thrown off the map", "are thrown off the map"),
    "Stuck": ("finds no next point", "find no next point"),
}
"""What the steps of one method do, and of several."""


@dataclass(frozen=True)
class Side:
    """The steps of one method."""

    method: str
    letter: str
    steps: Flow
    gap: float
    """The largest distance from the flow at the same times."""

    word: str
    """One of DEEDS."""

    @property
    def name(self) -> str:
        """The letter, and what the method is called."""
        return f"{self.letter} {'descent' if self.method == DESCENT else self.method}"

    @property
    def course(self) -> str:
        """What they do, to follow the name."""
        return {
            "Close": f"follows it within {number(self.gap, 2)}",
            "Off": f"strays from it by up to {number(self.gap, 2)}",
            "Diverging": "is thrown out of sight",
        }.get(self.word, "finds no next point")

    @property
    def readout(self) -> str:
        """The name and the gap."""
        lost = {"Diverging": "lost", "Stuck": "stuck"}
        return f"{self.name}: {lost.get(self.word, f'gap ≤ {number(self.gap, 2)}')}"

    @property
    def story(self) -> str:
        """What descent does, in a sentence of its own."""
        return {
            "Close": f"Close: the steps hug the flow, never more than {number(self.gap, 2)} away from it.",
            "Off": f"Off: the steps stray from the flow, by up to {number(self.gap, 2)}.",
        }.get(self.word, "Diverging: the steps are thrown off the map, where the flow runs on calmly.")


def side(surface: Surface, reference: Flow, method: str, letter: str, *, step: float, time: float) -> Side:
    """Step by one of the METHODS up to a time, beside the flow up to then."""
    ground = surface.objective
    steps = flow(ground, surface.start, step=step, time=time, method=method)
    gap = _gap(ground, steps, reference)
    end = [*ground.minima, reference.points[-1]][0]
    way = float(np.linalg.norm(surface.start - np.asarray(end)))
    if gap > LOST * way:
        word = "Diverging"
    elif steps.failed:
        word = "Stuck"
    else:
        word = "Close" if gap <= CLOSE * way else "Off"
    return Side(method, letter, steps, gap, word)


def _gap(ground: Objective, steps: Flow, reference: Flow) -> float:
    """Find the largest distance between the two at the same times, by cubic Hermite interpolation."""
    times, points = reference.times, reference.points
    before = np.clip(np.searchsorted(times, steps.times) - 1, 0, len(times) - 2)
    h = times[1]
    s = ((steps.times - times[before]) / h)[:, None]
    from_here = (1 + 2 * s) * points[before] - s * h * ground.gradient(points[before])
    from_there = (3 - 2 * s) * points[before + 1] + (1 - s) * h * ground.gradient(points[before + 1])
    there = (1 - s) ** 2 * from_here + s**2 * from_there
    return float(np.linalg.norm(steps.points - there, axis=-1).max())
