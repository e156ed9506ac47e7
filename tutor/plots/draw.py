"""Draws any figure as text. Importing this loads numpy and plotext (0.2 s): leave it until it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.plots.diagram import diagram
from tutor.plots.drawing import drawing, notice
from tutor.plots.figure import Contour, HeatMap, Picture
from tutor.plots.heatmap import heat_map
from tutor.plots.picture import picture
from tutor.plots.plane import plane

if TYPE_CHECKING:
    from tutor.plots.drawing import Cell, Drawing
    from tutor.plots.figure import Figure

LEAST_WIDTH, LEAST_HEIGHT = 24, 6


def draw(figure: Figure, width: int, height: int) -> Drawing:
    """The figure as ``height`` rows of ``width`` cells, whatever its numbers are; from one thread at a time.

    In a room of less than ``LEAST_WIDTH`` by ``LEAST_HEIGHT``, or than a table needs, it is a line saying so.
    """
    cells = _cells(figure, width, height) if width >= LEAST_WIDTH and height >= LEAST_HEIGHT else None
    return notice("too small to draw", width, height) if cells is None else drawing(cells)


def _cells(figure: Figure, width: int, height: int) -> list[list[Cell]] | None:
    match figure:
        case Contour():
            return plane(figure, width, height)
        case HeatMap():
            return heat_map(figure, width, height)
        case Picture():
            return picture(figure, width, height)
        case _:
            return diagram(figure, width, height)
