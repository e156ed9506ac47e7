"""The one door to plotext: axes, lines and marks in, cells with roles out.

Lines come as dots of the braille grid and everything else as cells or fractions of the axes: plotext never
sees the numbers themselves, which may be NaN or 1e308. It has a single global figure: draw from one thread.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import numpy as np
import plotext

from tutor.plots.drawing import Cell
from tutor.plots.figure import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.plots.decimate import Dots
    from tutor.plots.marks import Mark
    from tutor.plots.ticks import Ticks

ACROSS, UP = 2, 4
"""Braille dots in a cell."""

ROLES: tuple[Role, ...] = get_args(Role)
COLOURS = {role: number for number, role in enumerate(ROLES)}
"""What plotext is told as the colour of each role, and gives back with each cell."""

_PIECE = re.compile(r"(?P<reset>\x1b\[0m)|\x1b\[38;5;(?P<colour>\d+)m|\x1b\[[\d;]*m|(?P<text>[^\x1b]+)")


class Stroke(NamedTuple):
    """A line: segments between dots, counted from the lower left, (m, 2 ends, 2)."""

    segments: Dots
    role: Role


class Axes(NamedTuple):
    """The ticks of both axes, and the positions of horizontal rules, from 0 to 1."""

    x: Ticks
    y: Ticks
    rules: tuple[float, ...] = ()

    @property
    def margin(self) -> tuple[int, int]:
        """The cells taken on the left and below."""
        return 1 + max((len(label) for _, label in self.y), default=0), 1 + bool(self.x)


def paint(
    columns: int, rows: int, strokes: Sequence[Stroke], marks: Sequence[Mark] = (), axes: Axes | None = None
) -> list[list[Cell]]:
    """A picture of ``columns`` by ``rows`` cells, besides the axes' margin; later strokes lie on top."""
    left, below = axes.margin if axes else (0, 0)
    plotext.terminal.limit(False, False)
    figure = plotext.figure.clear()
    figure.plot_size(columns + left, rows + below)
    figure.canvas("default")
    figure.axes(False)
    for axis in "xy":
        figure.ruler(axis).lim(0, 1).alignment("edge").frequency(0)
    if axes:
        _frame(figure, axes)
    for stroke in strokes:
        figure.draw(_line(figure, stroke, columns * ACROSS, rows * UP))
    for column, row, glyph, role in marks:
        marker = plotext.marker(glyph, pixel=COLOURS[role])
        figure.draw(figure.signal([(column + 0.5) / columns], [(row + 0.5) / rows], marker=marker))
    return [_cells(row) for row in figure.build().string().splitlines()]


def _frame(figure: Any, axes: Axes) -> None:
    for axis, side, ticks in (("x", "lower", axes.x), ("y", "left", axes.y)):
        figure.axes(True, pixel=COLOURS["axis"], axis=axis, side=side)
        if ticks:
            figure.ruler(axis).pixel(COLOURS["axis"]).ticks(*map(list, zip(*ticks, strict=True)))
    for position in axes.rules:
        figure.line(position, pixel=COLOURS["level"], style="dotted")


def _line(figure: Any, stroke: Stroke, columns: int, rows: int) -> Any:
    """A signal with each vertex of the stroke once, in the middle of its dot."""
    start, end = stroke.segments[:, 0], stroke.segments[:, 1]
    begins = np.append(True, (start[1:] != end[:-1]).any(axis=1))[: len(start)]
    moves = (start != end).any(axis=1)
    needed = np.stack([begins, moves], axis=1)
    x, y = ((stroke.segments[needed] + 0.5) / (columns, rows)).T.tolist()
    signal = figure.signal(x, y, marker=plotext.marker("braille", pixel=COLOURS[stroke.role]))
    for index in np.flatnonzero(np.nonzero(needed)[1]).tolist():
        signal.line(index)
    return signal


def _cells(row: str) -> list[Cell]:
    """A row of plotext's output, whose roles are its colours."""
    cells: list[Cell] = []
    role: Role = "text"
    for piece in _PIECE.finditer(row):
        if piece["text"]:
            cells += [Cell(glyph, role) for glyph in piece["text"]]
        elif piece["colour"]:
            role = ROLES[int(piece["colour"])]
        elif piece["reset"]:
            role = "text"
    return cells
