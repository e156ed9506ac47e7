"""The parts of the lab's screen; each draws a state, as far as it has room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tutor.app.sheet import PLAIN, STYLES, Sheet, drawn, plain
from tutor.lab.bench.figures import DIAGRAMS, diagrams, plane
from tutor.lab.bench.wording import scale, table, values, verdict
from tutor.plots.draw import draw

if TYPE_CHECKING:
    from tutor.lab.bench.state import LabState
    from tutor.plots.figure import Role

BOLD, DIM = Style(bold=True), Style(color="bright_black")
ROLES: tuple[Role, ...] = ("path-a", "path-b", "path-c", "path-d")

LEAST_DIAGRAM = 6
"""Rows below which a diagram is too flat to be read."""


class Pane(Sheet):
    """Shows one part of a state."""

    state: LabState | None = None

    def show(self, state: LabState) -> None:
        """Show a state."""
        self.state = state
        width, height = self.content_size
        if width and height:
            self.paint(self.strips(state, width, height))

    def on_resize(self) -> None:
        if self.state:
            self.show(self.state)

    def strips(self, state: LabState, width: int, height: int) -> list[Strip]:
        """Draw the state in rows of ``width`` cells, at most ``height`` of them."""
        raise NotImplementedError


class Plane(Pane):
    """The contour lines and the paths across them."""

    def strips(self, state: LabState, width: int, height: int) -> list[Strip]:
        return drawn(draw(plane(state), width, height))


class Diagrams(Pane):
    """What happens over the steps: as many diagrams as there is room for, from ``first`` on."""

    first = 0

    def strips(self, state: LabState, width: int, height: int) -> list[Strip]:
        figures = list(diagrams(state).values())
        shown = min(len(figures), max(1, height // LEAST_DIAGRAM))
        share, rest = divmod(height, shown)
        strips: list[Strip] = []
        for place in range(shown):
            figure = figures[(self.first + place) % len(figures)]
            lowest = place == shown - 1
            rows = share + (place >= shown - rest)
            strips += drawn(draw(replace(figure, x_labels=lowest), width, rows))
        return strips

    def cycle(self) -> None:
        """Begin with the next diagram."""
        self.first = (self.first + 1) % len(DIAGRAMS)
        self.on_resize()


class Words(Pane):
    """The table of runs, the exact values of the active one at the cursor, and its verdict."""

    def strips(self, state: LabState, width: int, height: int) -> list[Strip]:
        heading, *rows = table(state, width)
        runs = []
        for index, row in enumerate(rows):
            weight = BOLD if index == state.active else PLAIN
            runs.append(Strip([Segment(row[:6], STYLES[ROLES[index]]), Segment(row[6:], weight)]))
        words = [*plain(*values(state, width)), *plain(verdict(state, width), style=BOLD)]
        if height < len(runs) + len(words):  # what matters most, in a terminal of few rows
            return [runs[state.active], words[-1], *words[:-1]]
        return [*plain(heading, style=DIM), *runs, *words][-height:]

    @staticmethod
    def rows(state: LabState) -> int:
        """How many rows it takes."""
        return 1 + len(state.runs) + 3 + 1


class Scale(Pane):
    """The scale of rates, over the whole width."""

    def strips(self, state: LabState, width: int, height: int) -> list[Strip]:
        return plain(scale(state, width), style=BOLD)
