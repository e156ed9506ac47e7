"""The picture of a year of days: a column for each week, a row for each weekday, a shade for each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from tutor.plots.drawing import Cell, caption, filled

if TYPE_CHECKING:
    from tutor.plots.figure import Array, Calendar

NONE, SHADES = "·", "░▒▓█"
WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
LEFT = 4
"""Cells of the weekdays' names."""

ROWS = 9
"""The months, seven days, and what the shades mean."""

WIDE = 2
"""Cells of a day where there is room for so many."""


def calendar(figure: Calendar, width: int, height: int) -> list[list[Cell]] | None:
    """The cells of a calendar, ``height`` rows of ``width``, up to the last day; None if it does not fit."""
    values = np.nan_to_num(np.asarray(figure.values, dtype=np.float64), posinf=0.0, neginf=0.0)
    if height < ROWS or not len(values):
        return None
    start = figure.first - timedelta(days=figure.first.weekday())
    weeks = -(-(len(values) + figure.first.weekday()) // 7)
    across = WIDE if WIDE * weeks <= width - LEFT else 1
    shown = min(weeks, (width - LEFT) // across)
    begin = start + timedelta(days=7 * (weeks - shown))
    edges = _edges(values)
    painted = [_months(begin, shown, across, width)]
    for weekday, label in enumerate(WEEKDAYS):
        row = [Cell(glyph, "axis") for glyph in f"{label:<{LEFT}}"]
        for week in range(shown):
            place = (begin - figure.first).days + 7 * week + weekday
            row += _day(values, place, edges, across)
        painted.append(filled(row, width))
    legend = caption(_legend(edges, figure.unit), width)
    blank = filled([], width)
    return [*painted, *[blank] * (height - ROWS), legend] if height > ROWS else [*painted, legend]


def _edges(values: Array) -> list[float]:
    """The least value of each shade: what is above none is split in four about equally many days."""
    some = values[values > 0]
    if not len(some):
        return []
    edges = np.quantile(some, [0.0, 0.25, 0.5, 0.75])
    return [float(some.min()), *(float(edge) for edge in np.unique(np.ceil(edges[1:])) if edge > some.min())]


def _day(values: Array, place: int, edges: list[float], across: int) -> list[Cell]:
    if not 0 <= place < len(values):
        return [Cell(" ", "text")] * across
    level = int(np.searchsorted(edges, values[place], side="right")) if values[place] > 0 else 0
    glyph = SHADES[min(len(SHADES), level + len(SHADES) - len(edges)) - 1] if level else NONE
    cell = Cell(glyph, "minimum" if level else "axis")
    return [cell] * across if level else [cell] + [Cell(" ", "text")] * (across - 1)


def _months(begin: date, weeks: int, across: int, width: int) -> list[Cell]:
    """The name of each month above its first whole week, where there is room for it."""
    line = [" "] * width
    free = LEFT
    for week in range(weeks):
        monday = begin + timedelta(days=7 * week)
        column = LEFT + across * week
        if monday.day <= 7 and column >= free and column + 3 <= width:
            line[column : column + 3] = f"{monday:%b}"
            free = column + 4
    return [Cell(glyph, "axis") for glyph in line]


def _legend(edges: list[float], unit: str) -> str:
    shades = SHADES[len(SHADES) - len(edges) :]
    spans = []
    for n, (shade, low) in enumerate(zip(shades, edges, strict=True)):
        high = edges[n + 1] - 1 if n + 1 < len(edges) else None
        to = "+" if high is None else f"–{high:,.0f}" if high > low else ""
        spans.append(f"{shade} {low:,.0f}{to}")
    return "    " + "   ".join([f"{NONE} none", *spans]) + (f"   {unit}" if unit else "")
