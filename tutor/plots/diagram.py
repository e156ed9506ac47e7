"""The picture of curves over a common axis, such as losses over steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.plots import scale, ticks
from tutor.plots.canvas import Axes, paint
from tutor.plots.clip import fractions, sane
from tutor.plots.drawing import inscribe
from tutor.plots.marks import Board, shown
from tutor.plots.run import runs

if TYPE_CHECKING:
    from tutor.plots.drawing import Cell
    from tutor.plots.figure import Curves


def diagram(figure: Curves, width: int, height: int) -> list[list[Cell]]:
    """The cells of a diagram: ``height`` rows of ``width``."""
    scaled = (scale.logarithmic if figure.log_y else scale.linear)(figure, height // 3)
    x = sane(scale.extent(series.x for series in figure.series))
    view = x, scaled.span
    levels = shown(fractions(np.stack(np.broadcast_arrays(x[0], scaled.levels), axis=1), view))
    axes = Axes(ticks.linear(x, width // 8), scaled.ticks, tuple(levels[:, 1].tolist()))
    left, below = axes.margin
    columns, rows = width - left, height - below
    curves = runs(
        (
            (np.stack([series.x, heights], axis=1), series.label)
            for series, heights in zip(figure.series, scaled.heights, strict=True)
        ),
        view,
    )
    board = Board(columns, rows)
    for end in (end for curve in curves for end in curve.ends(board)):
        board.put_near(end)
    cells = paint(columns, rows, [curve.stroke(columns, rows) for curve in reversed(curves)], board.marks, axes)
    inscribe(cells[0], figure.y_label, near=left)
    inscribe(cells[-1], figure.x_label, near=width)
    return cells
