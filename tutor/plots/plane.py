"""The picture of a function of the plane: dotted contour lines below, paths and their marks above."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tutor.plots import ticks
from tutor.plots.canvas import Axes, paint
from tutor.plots.clip import fractions, sane
from tutor.plots.contour import contour_dots
from tutor.plots.marks import Board, shown
from tutor.plots.raster import ACROSS, UP, Stroke
from tutor.plots.run import runs

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from tutor.plots.clip import View
    from tutor.plots.drawing import Cell
    from tutor.plots.figure import Array, Contour
    from tutor.plots.run import Run


def plane(figure: Contour, width: int, height: int) -> list[list[Cell]]:
    """The cells of a contour figure: ``height`` rows of ``width``."""
    x, y = view = sane(figure.view[0]), sane(figure.view[1])
    axes = Axes(ticks.linear(x, width // 8), ticks.linear(y, height // 3))
    left, below = axes.margin
    columns, rows = width - left, height - below
    paths = runs(figure.paths, view)
    board = _marked(Board(columns, rows), figure, paths, view)
    strokes = [path.stroke(columns, rows) for path in reversed(paths)]
    cells = paint(columns, rows, strokes, board.marks, axes)
    behind = _backdrop(_Surface(figure.key, figure.value), view, columns, rows)
    for row, back in zip(cells, behind, strict=False):  # the rows of the lower axis have nothing behind them
        row[left:] = [near if near.glyph != " " else far for near, far in zip(row[left:], back, strict=True)]
    return cells


@dataclass(frozen=True)
class _Surface:
    """A function with what identifies it, so that equal ones share their contour lines."""

    key: Hashable
    value: Callable[[Array], Array] = field(compare=False)


@lru_cache(maxsize=8)
def _backdrop(surface: _Surface, view: View, columns: int, rows: int) -> list[list[Cell]]:
    """The contour lines alone, without axes."""
    lit = contour_dots(surface.value, view, columns * ACROSS, rows * UP)
    return paint(columns, rows, [Stroke(np.stack([lit, lit], axis=1), "contour")])


def _marked(board: Board, figure: Contour, paths: list[Run], view: View) -> Board:
    """Puts what must be seen first: ends, minima, starts, probes, and then single steps where there is room."""
    crowded = [end for path in paths for end in path.ends(board) if not board.put(end)]
    for place in shown(fractions(np.reshape(figure.minima, (-1, 2)), view)):
        board.put(board.mark(place, "*", "minimum"))
    for path in paths:
        for place in shown(path.places[:1]):
            board.put(board.mark(place, "s", "start"))
    for place in shown(fractions(np.reshape(figure.probes, (-1, 2)), view)):
        board.put(board.mark(place, "×", "probe"))
    for end in crowded:
        board.put_near(end)
    for path, given in zip(paths, figure.paths, strict=True):
        if not given.smooth:
            steps = board.long_steps(path.places)
            board.put_apart(board.mark(place, path.label.lower() or "•", path.role) for place in steps)
    return board
