"""The picture of curves over a common axis, such as losses over steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.plots import scale, ticks
from tutor.plots.canvas import Axes, paint
from tutor.plots.clip import fractions, sane
from tutor.plots.drawing import Cell, inscribe
from tutor.plots.marks import Board, shown
from tutor.plots.run import runs

if TYPE_CHECKING:
    from tutor.plots.figure import Array, Curves


def diagram(figure: Curves, width: int, height: int) -> list[list[Cell]]:
    """The cells of a diagram: ``height`` rows of ``width``."""
    scaled = (scale.logarithmic if figure.log_y else scale.linear)(figure, height // 3)
    x = sane(figure.x_range or scale.extent(series.x for series in figure.series))
    view = x, scaled.span
    levels = shown(fractions(np.stack(np.broadcast_arrays(x[0], scaled.levels), axis=1), view))
    y_ticks = tuple((place, label.rjust(figure.label_width)) for place, label in scaled.ticks)
    x_ticks = ticks.linear(x, width // 8) if figure.x_labels else ()
    axes = Axes(x_ticks, y_ticks, tuple(levels[:, 1].tolist()))
    left, below = axes.margin
    columns, rows = width - left, height - below
    curves = runs(figure.series, view, log_y=figure.log_y)
    board = Board(columns, rows)
    for end in (end for curve in curves for end in curve.ends(board)):
        board.put_near(end)
    cells = paint(columns, rows, [curve.stroke(columns, rows) for curve in reversed(curves)], board.marks, axes)
    if figure.cursor is not None:
        place = fractions(np.array([[figure.cursor, scaled.span[0]]]), view)
        _upright(cells[:rows], left, shown(place), columns)
    inscribe(cells[0], figure.y_label, near=left)
    if figure.x_labels:
        inscribe(cells[-1], figure.x_label, near=width)
    return cells


def _upright(cells: list[list[Cell]], left: int, places: Array, columns: int) -> None:
    """Draws a line down the blank cells of the column of each place (n, 2)."""
    for share in places[:, 0]:
        column = left + min(int(share * columns), columns - 1)
        for row in cells:
            if row[column].glyph in " ┈":
                row[column] = Cell("╎", "cursor")
