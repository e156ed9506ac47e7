"""The picture of curves over a common axis, such as losses over steps."""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING

import numpy as np

from tutor.plots import scale
from tutor.plots.canvas import Axes, paint
from tutor.plots.clip import fractions
from tutor.plots.drawing import Cell, inscribe
from tutor.plots.marks import Board, shown
from tutor.plots.points import Spots
from tutor.plots.run import ROLES, runs

if TYPE_CHECKING:
    from tutor.plots.figure import Array, Curves
    from tutor.plots.scale import Scale


MOST_TRIED = 3
"""Rows from the top of which the first with room takes the name of the vertical axis."""


def diagram(figure: Curves, width: int, height: int) -> list[list[Cell]]:
    """The cells of a diagram: ``height`` rows of ``width``."""
    scaled = (scale.logarithmic if figure.log_y else scale.linear)(figure, height // 3)
    x, x_ticks = scale.across(figure, width // 8)
    view = x, scaled.span
    levels = shown(fractions(np.stack(np.broadcast_arrays(x[0], scaled.levels), axis=1), view))
    y_ticks = tuple((place, label.rjust(figure.label_width)) for place, label in scaled.ticks)
    axes = Axes(x_ticks if figure.x_labels else (), y_ticks, tuple(levels[:, 1].tolist()))
    left, below = axes.margin
    columns, rows = width - left, height - below
    curves = runs(figure.series, view, log_x=figure.log_x, log_y=figure.log_y)
    counted = _counted(log=figure.log_x), _counted(log=figure.log_y)
    spots = [
        Spots(each, role, view, *counted)
        for each, role in zip(figure.points, islice(cycle(ROLES), len(curves), None), strict=False)
    ]
    board = Board(columns, rows)
    for mark in (mark for each in spots for mark in each.marks(board)):
        board.put(mark)
    for end in (end for curve in curves for end in curve.ends(board)):
        board.put_near(end)
    strokes = [stroke for each in spots for stroke in each.strokes(columns, rows)]
    strokes += [curve.stroke(columns, rows) for curve in reversed(curves)]
    cells = paint(columns, rows, strokes, board.marks, axes)
    if figure.cursor is not None:
        cursor = counted[0](np.array([figure.cursor]))
        place = fractions(np.array([[cursor[0], scaled.span[0]]]), view)
        _upright(cells[:rows], left, shown(place), columns)
    any(inscribe(row, figure.y_label, near=left) for row in cells[:MOST_TRIED])
    if figure.x_labels:
        inscribe(cells[-1], figure.x_label, near=width)
    return cells


def _counted(*, log: bool) -> Scale:
    return scale.log10 if log else np.asarray


def _upright(cells: list[list[Cell]], left: int, places: Array, columns: int) -> None:
    """Draws a line down the blank cells of the column of each place (n, 2)."""
    for share in places[:, 0]:
        column = left + min(int(share * columns), columns - 1)
        for row in cells:
            if row[column].glyph in " ┈":
                row[column] = Cell("╎", "cursor")
