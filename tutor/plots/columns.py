"""The picture of counts as upright bars, exact to an eighth of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.plots import ticks
from tutor.plots.bars import HEIGHTS
from tutor.plots.drawing import Cell, caption, filled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.plots.figure import Bars

    Whole = NDArray[np.int64]

EIGHTHS = len(HEIGHTS)
HIGHEST = 1e300
WIDEST = 9
"""Cells of a bar, its gap included."""


def columns(figure: Bars, width: int, height: int) -> list[list[Cell]] | None:
    """The cells of a bar chart, ``height`` rows of ``width``; None if not every bar has a cell."""
    values = np.clip(np.nan_to_num(np.asarray(figure.values, dtype=np.float64)), 0.0, HIGHEST)
    below = 2 + bool(figure.x_label)
    rows = height - below - bool(figure.y_label)
    top = float(values.max(initial=0.0)) or 1.0
    marks = ticks.linear((0.0, top), max(2, rows // 3))
    left = 1 + max(len(label) for _, label in marks)
    across = min(WIDEST, (width - left) // max(1, len(values)))
    if not len(values) or rows < 2 or across < 1:
        return None
    labels = {min(rows - 1, round(place * rows)): label for place, label in marks}
    painted = [caption(f"{figure.y_label:>{min(left, width)}}", width)] if figure.y_label else []
    eighths: Whole = np.ceil(values / top * rows * EIGHTHS - 1e-9).astype(np.int64)
    for row in reversed(range(rows)):
        label = labels.get(row, "")
        frame = [Cell(glyph, "axis") for glyph in f"{label:>{left - 1}}{'┤' if label else '│'}"]
        painted.append(filled(frame + _bars(eighths - EIGHTHS * row, across, figure.marked), width))
    painted.append(caption(" " * (left - 1) + "└" + "─" * (across * len(values)), width))
    painted.append(_names(figure, left, across, width))
    if figure.x_label:
        middle = left + max(0, across * len(values) - len(figure.x_label)) // 2
        painted.append(caption(" " * middle + figure.x_label, width))
    return painted


def _bars(eighths: Whole, across: int, marked: int | None) -> list[Cell]:
    """One row of all bars; ``eighths`` (n,) is how much of each is at this row or above."""
    wide = across - (across > 1)
    cells: list[Cell] = []
    for place, part in enumerate(np.clip(eighths, 0, EIGHTHS).astype(np.int64).tolist()):
        glyph = HEIGHTS[part - 1] if part else " "
        cells += [Cell(glyph, "path-b" if place == marked else "path-a")] * wide
        cells += [Cell(" ", "text")] * (across - wide)
    return cells


def _names(figure: Bars, left: int, across: int, width: int) -> list[Cell]:
    """The label of each bar that has room below it."""
    line = [" "] * width
    free = 0
    for place, label in enumerate(figure.labels[: len(figure.values)]):
        start = left + across * place + max(0, across - 1 - len(label)) // 2
        if label and start >= free and start + len(label) <= width:
            line[start : start + len(label)] = label
            free = start + len(label) + 1
    return [Cell(glyph, "axis") for glyph in line]
