"""The picture of a table of numbers: each in its cell, framed by a shade that tells how large it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.plots.drawing import Cell, caption, filled

if TYPE_CHECKING:
    from tutor.plots.figure import Array, HeatMap

SHADES = "░▒▓█"
UNKNOWN = "·"

LEAST_CELL, WIDEST_CELL, HIGHEST_CELL = 3, 15, 3


def heat_map(figure: HeatMap, width: int, height: int) -> list[list[Cell]] | None:
    """The cells of a heat map, ``height`` rows of ``width``; None if the table does not fit."""
    values = np.atleast_2d(figure.values)
    rows, columns = values.shape
    left = 2 + max((len(label) for label in figure.row_labels), default=0)
    head, foot = bool(figure.y_label or figure.value_label), 1 + bool(figure.x_label)
    lines = height - head - foot
    if not rows * columns or lines < rows or (width - left) // columns < LEAST_CELL:
        return None
    across, down = min((width - left) // columns, WIDEST_CELL), min(lines // rows, HIGHEST_CELL)
    shares = _shares(values, log=figure.log)
    room = left + columns * across - len(figure.y_label) - 2
    painted = [caption(f"{figure.y_label}  {figure.value_label.rjust(room)}", width)] if head else []
    for row in range(rows):
        label = figure.row_labels[row] if row < len(figure.row_labels) else ""
        for line in range(down):
            told = line == (down - 1) // 2
            cells = [Cell(glyph, "axis") for glyph in f"{label if told else '':>{left - 2}} │"]
            for column in range(columns):
                marked = (row, column) in figure.marks
                text = written(values[row, column], across - 2, figure.infinite) if told else ""
                cells += _cell(text, shares[row, column], across, marked=marked)
            painted.append(filled(cells, width))
    names = [figure.column_labels[n] if n < len(figure.column_labels) else "" for n in range(columns)]
    painted.append(caption(" " * left + "".join(f"{name[: across - 1]:^{across}}" for name in names), width))
    if figure.x_label:
        middle = left + (columns * across - len(figure.x_label)) // 2
        painted.append(caption(" " * max(0, min(middle, width - len(figure.x_label))) + figure.x_label, width))
    return painted + [caption("", width)] * (height - len(painted))


def written(value: float, room: int, infinite: str) -> str:
    """A number in at most ``room`` characters: 0.0512, 0.05, 5e-2; … where no digit fits."""
    if not np.isfinite(value):
        return UNKNOWN if np.isnan(value) else infinite if value > 0 else f"−{infinite}"
    whole = [f"{value:.0f}"] if 1000 <= abs(value) < 1e6 else []
    forms = [*whole, *(f"{value:.{digits}g}" for digits in (3, 2, 1)), f"{value:.0e}"]
    plain = (form.replace("e+", "e").replace("e0", "e").replace("e-0", "e-") for form in forms)
    return next((form.replace("-", "−") for form in plain if len(form) <= room), "…")


def _shares(values: Array, *, log: bool) -> Array:
    """Where each value lies between the least and the largest, from 0 to 1; NaN for what is not finite."""
    finite = np.isfinite(values)
    known = values[finite]
    if not len(known):
        return np.full(values.shape, np.nan)
    with np.errstate(all="ignore"):
        counted = np.log10(values) if log and known.min() > 0 else values / max(np.abs(known).max(), 1e-300)
        low, high = counted[finite].min(), counted[finite].max()
        shares: Array = np.where(finite, (counted - low) / (high - low) if high > low else 0.5, np.nan)
    return shares


def _cell(text: str, share: float, width: int, *, marked: bool) -> list[Cell]:
    """One row of one cell: its shade, with the text in the middle."""
    shade = " " if np.isnan(share) else SHADES[min(int(share * len(SHADES)), len(SHADES) - 1)]
    cells = [Cell(shade, "path-a")] * width
    if text:
        shown = f"[{text}]" if marked else f" {text} " if len(text) + 4 <= width else text
        start = (width - len(shown)) // 2
        cells[start : start + len(shown)] = [Cell(glyph, "minimum" if marked else "text") for glyph in shown]
    return cells[:width]
