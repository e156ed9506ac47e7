"""Figures on the command line: coloured in a terminal, plain text in a pipe."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from tutor.errors import TutorError

if TYPE_CHECKING:
    from tutor.optim.objectives import Array, Objective
    from tutor.plots.figure import Figure, Role

COLOURS: dict[Role, str] = {
    "axis": "2",
    "contour": "2",
    "level": "33",
    "path-a": "1;36",
    "path-b": "1;33",
    "path-c": "1;35",
    "path-d": "1;34",
    "start": "1",
    "current": "1",
    "minimum": "1;32",
    "probe": "35",
    "cursor": "1",
}
"""What stands for what, in the codes of ECMA-48."""

WIDEST, HIGHEST, LOWEST = 100, 30, 8
MARGIN = 4
"""How many lines of the terminal to leave to the words below."""


def path(objective: Objective, points: Array, *, smooth: bool = False) -> Figure:
    """Make a figure of points (n, d): in the plane across the contour lines, or else of their loss."""
    import numpy as np

    from tutor.plots.figure import Contour, Curves, Path, Series

    if len(objective.start) == 2:
        minima = tuple((x, y) for x, y in objective.minima)
        paths = (Path(points, smooth=smooth),)
        return Contour(objective.value, key=id(objective), view=objective.view, paths=paths, minima=minima)
    with np.errstate(all="ignore"):
        losses = Series(np.arange(len(points), dtype=float), objective.value(points))
    return Curves((losses,), x_label="step", y_label="loss", log_y=True)


def show(figure: Figure, highest: int = HIGHEST) -> None:
    """Print a figure as large as fits, and at most so high; TutorError if the output can't carry it."""
    if (sys.stdout.encoding or "ascii").lower().replace("-", "") != "utf8":
        raise TutorError("--plot draws in braille: use a terminal with UTF-8, such as LANG=C.UTF-8 gives")
    columns, lines = shutil.get_terminal_size((80, 24))
    height = min(max(min(lines - MARGIN, highest), LOWEST), HIGHEST)
    print(*drawn(figure, min(columns, WIDEST), height, coloured=sys.stdout.isatty()), sep="\n")


def drawn(figure: Figure, width: int, height: int, *, coloured: bool = True) -> list[str]:
    """Draw a figure as lines for a terminal, in colours unless the learner wants none."""
    from tutor.plots.draw import draw

    rows = draw(figure, width, height).rows
    if coloured and not os.environ.get("NO_COLOR"):
        return ["".join(f"\x1b[{COLOURS.get(role, '0')}m{text}\x1b[0m" for text, role in row) for row in rows]
    return ["".join(text for text, _ in row).rstrip() for row in rows]
