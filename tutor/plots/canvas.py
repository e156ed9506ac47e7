"""The one door to plotext: axes, lines and marks in, cells with roles out.

plotext draws the frame, which is kept, since most key presses change only what is inside: lines, as dots of the
braille grid, and marks. It never sees the numbers themselves, which may be NaN or 1e308; everything comes as
cells or fractions of the axes. It has a single global figure: draw from one thread.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import plotext

from tutor.plots.drawing import Cell
from tutor.plots.figure import Role
from tutor.plots.raster import Stroke, rasterise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.plots.marks import Mark
    from tutor.plots.ticks import Ticks

ROLES: tuple[Role, ...] = get_args(Role)
COLOURS = {role: number for number, role in enumerate(ROLES)}
"""What plotext is told as the colour of each role, and gives back with each cell."""

_PIECE = re.compile(r"(?P<reset>\x1b\[0m)|\x1b\[38;5;(?P<colour>\d+)m|\x1b\[[\d;]*m|(?P<text>[^\x1b]+)")


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
    left, _ = axes.margin if axes else (0, 0)
    cells = [list(row) for row in _frame(columns, rows, axes)]
    rasterise(strokes, cells, left, columns, rows)
    for column, row, glyph, role in marks:
        cells[rows - 1 - row][left + column] = Cell(glyph, role)
    return cells


@lru_cache(maxsize=64)
def _frame(columns: int, rows: int, axes: Axes | None) -> list[list[Cell]]:
    """The axes and rules alone."""
    left, below = axes.margin if axes else (0, 0)
    plotext.terminal.limit(False, False)
    figure = plotext.figure.clear()
    figure.plot_size(columns + left, rows + below)
    figure.canvas("default")
    figure.axes(False)
    for axis in "xy":
        figure.ruler(axis).lim(0, 1).alignment("edge").frequency(0)
    if axes:
        _rule(figure, axes)
    return [_cells(row) for row in figure.build().string().splitlines()]


def _rule(figure: Any, axes: Axes) -> None:
    for axis, side, ticks in (("x", "lower", axes.x), ("y", "left", axes.y)):
        figure.axes(True, pixel=COLOURS["axis"], axis=axis, side=side)
        if ticks:
            figure.ruler(axis).pixel(COLOURS["axis"]).ticks(*map(list, zip(*ticks, strict=True)))
    for position in axes.rules:
        figure.line(position, pixel=COLOURS["level"], style="dotted")


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
