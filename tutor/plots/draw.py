"""Draws any figure as text. Importing this loads numpy and plotext (0.2 s): leave it until it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.plots.diagram import diagram
from tutor.plots.drawing import drawing, notice
from tutor.plots.figure import Contour
from tutor.plots.plane import plane

if TYPE_CHECKING:
    from tutor.plots.drawing import Drawing
    from tutor.plots.figure import Figure

LEAST_WIDTH, LEAST_HEIGHT = 24, 6


def draw(figure: Figure, width: int, height: int) -> Drawing:
    """The figure as ``height`` rows of ``width`` cells, whatever its numbers are; from one thread at a time.

    In a room of less than ``LEAST_WIDTH`` by ``LEAST_HEIGHT`` it is a line saying so.
    """
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return notice("too small to draw", width, height)
    if isinstance(figure, Contour):
        return drawing(plane(figure, width, height))
    return drawing(diagram(figure, width, height))
