"""A live figure: the drawing, its exact values, the scale of rates, and the verdict."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tutor.app.sheet import Sheet, drawn, plain

if TYPE_CHECKING:
    from tutor.lab.outcome import Experiment, Outcome

LEAST_FIGURE = 6
"""Rows a figure needs; the words below it make room for it."""


def scale(rates: tuple[float, ...], rate: float, limit: float | None, width: int) -> str:
    """Draw the rates as a logarithmic line with the current one (●) and the stability limit (┊) marked.

    >>> scale((0.01, 0.1, 1.0), 0.1, 0.5, 19)
    '0.01 ├────●───┊─┤ 1'
    """
    low, high = rates[0], rates[-1]
    left, right = f"{low:g} ├", f"┤ {high:g}"
    room = max(1, width - len(left) - len(right))
    line = ["─"] * room

    def place(value: float) -> int:
        share = math.log(value / low) / math.log(high / low)
        return round(min(1.0, max(0.0, share)) * (room - 1))

    if limit is not None and low <= limit <= high:
        line[place(limit)] = "┊"
    line[place(rate)] = "●"
    return left + "".join(line) + right


class ExperimentView(Sheet, can_focus=True):
    """Shows one experiment and lets its rate be turned."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", "η", key_display="←→", tooltip="raise η; ← lowers it"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._experiment: Experiment | None = None
        self._outcome: Outcome | None = None
        self._rate = 0.0

    @property
    def rate(self) -> float:
        """The rate that is turned to."""
        return self._rate

    def show(self, experiment: Experiment) -> None:
        """Show an experiment at its default rate."""
        self._experiment = experiment
        self._run(experiment.rate)

    def action_turn(self, step: int) -> None:
        """Go one rate up or down the sequence."""
        if self._experiment:
            rates = self._experiment.rates
            place = rates.index(self._rate) + step
            if 0 <= place < len(rates):
                self._run(rates[place])

    def on_resize(self) -> None:
        self._draw()

    def _run(self, rate: float) -> None:
        assert self._experiment
        self._outcome = self._experiment.outcome(rate)
        self._rate = rate
        self._draw()

    def _draw(self) -> None:
        """Draw the outcome, and repaint what that came out different."""
        width, height = self.content_size
        if not (self._experiment and self._outcome and width):
            return
        self.paint(_strips(self._experiment, self._rate, self._outcome, width, height))


def _strips(experiment: Experiment, rate: float, outcome: Outcome, width: int, height: int) -> list[Strip]:
    """Lay out the figure with its words below; the figure takes what room the words leave."""
    words = [
        *plain(*packed(outcome.readouts, width)),
        Strip([Segment(scale(experiment.rates, rate, outcome.limit, width), Style(bold=True))]),
        *plain(*wrap(outcome.verdict, width)),
    ]
    words = words[: max(1, height - LEAST_FIGURE)]
    from tutor.plots.draw import draw  # slow to import, and not needed for the first frame

    return [*drawn(draw(outcome.figure, width, max(1, height - len(words)))), *words]


def packed(readouts: tuple[str, ...], width: int) -> list[str]:
    """Set readouts side by side, as many on a line as fit, none of them broken."""
    lines: list[str] = []
    for readout in readouts:
        if lines and len(lines[-1]) + len(readout) + 3 <= width:
            lines[-1] += f"   {readout}"
        else:
            lines.append(readout)
    return lines
