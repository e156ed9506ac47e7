"""What a figure shows, as plain data: a lab describes it, ``plots.draw`` draws it.

Imports neither numpy nor plotext, so that describing a figure costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Role = Literal[
    "text",
    "axis",
    "contour",
    "level",
    "path-a",
    "path-b",
    "path-c",
    "path-d",
    "start",
    "current",
    "minimum",
    "probe",
    "cursor",
]
"""What a cell of a drawing stands for: the front end chooses its colour. ``text`` is blank or plain."""

Dash = Literal["solid", "dashed", "dotted", "dash-dot"]
"""How a line is drawn, so that lines can be told apart without colours."""

Range = tuple[float, float]
"""The lower and the upper end of an axis."""


@dataclass(frozen=True, eq=False)
class Path:
    """A run across the plane, or a flow through it."""

    points: Array
    """Shape (n, 2), from the start to the end; any values, any n."""

    label: str = ""
    """One letter that stands at its end, such as "A"; empty for the only path."""

    smooth: bool = False
    """True for a sampled curve (a flow), whose points are no steps and are not marked."""

    dash: Dash = "solid"


@dataclass(frozen=True, eq=False)
class Contour:
    """A function of the plane by its contour lines, with the paths across it."""

    value: Callable[[Array], Array]
    """(…, 2) -> (…)."""

    key: Hashable
    """Identifies ``value``: equal keys share the contour lines once computed."""

    view: tuple[Range, Range]
    """The part of the plane to show: ((x0, x1), (y0, y1))."""

    paths: tuple[Path, ...] = ()
    """The first one lies on top."""

    minima: tuple[tuple[float, float], ...] = ()

    probes: tuple[tuple[float, float], ...] = ()
    """Points that a line search has tried, marked by ×."""


@dataclass(frozen=True, eq=False)
class Series:
    """One curve of a diagram."""

    x: Array
    """Shape (n,)."""

    y: Array
    """Shape (n,); any values: what cannot be shown ends or splits the curve."""

    label: str = ""
    """One letter that stands beside it, such as "A"; empty for the only curve."""

    dash: Dash = "solid"


@dataclass(frozen=True, eq=False)
class Points:
    """Measured values of a diagram with their spread, such as the losses of all rates that were tried."""

    x: Array
    """Shape (n,)."""

    y: Array
    """Shape (n,); what is not finite has diverged, which ✗ marks at the upper edge; ↑ is for what is above."""

    low: Array | None = None
    """Shape (n,): the lower ends of the spread; None if there is none."""

    high: Array | None = None
    """Shape (n,): its upper ends; infinite ones go up to the edge."""

    signs: str = ""
    """A character that stands for each point; ● for those without one."""

    joined: bool = True
    """Whether a dotted line leads from each to the next along the axis."""


@dataclass(frozen=True, eq=False)
class Curves:
    """A diagram of one or several curves, or points, over the same axis."""

    series: tuple[Series, ...]
    x_label: str = ""
    y_label: str = ""
    log_y: bool = False
    levels: tuple[float, ...] = ()
    """Values of y to mark by a dotted horizontal, such as a limit."""

    x_range: Range | None = None
    """What the horizontal axis shows; None for all there is."""

    cursor: float | None = None
    """A value of x to mark by a vertical line behind the curves."""

    x_labels: bool = True
    """Whether the horizontal axis has numbers; of diagrams above each other, the last one's are enough."""

    label_width: int = 0
    """The least room for the labels on the left: with equal ones, diagrams above each other are aligned."""

    points: tuple[Points, ...] = ()

    log_x: bool = False
    """Whether the horizontal axis is logarithmic; what is not positive is then not shown."""


@dataclass(frozen=True, eq=False)
class HeatMap:
    """A table of numbers, each with a shade that tells how large it is."""

    values: Array
    """Shape (rows, columns), from the top; NaN is what is not known yet."""

    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    x_label: str = ""
    """What the columns are."""

    y_label: str = ""
    """What the rows are."""

    value_label: str = ""
    """What the numbers are."""

    marks: tuple[tuple[int, int], ...] = ()
    """Cells (row, column) to set in brackets, such as the best one."""

    log: bool = True
    """Whether the shades go by the logarithm, if all numbers are positive."""

    infinite: str = "✗"
    """What is said of an infinite value."""


@dataclass(frozen=True, eq=False)
class Picture:
    """An image in shades of grey, such as a handwritten digit."""

    pixels: Array
    """Shape (height, width), from 0 for paper to 1 for ink."""

    caption: str = ""
    """A line below it."""


Figure = Contour | Curves | HeatMap | Picture
