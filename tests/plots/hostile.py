"""Draws figures of the worst numbers. A program of its own, since plotext answers some numbers by aborting.

python tests/plots/hostile.py            the same 200 figures each time, as test_hostile.py runs it
python tests/plots/hostile.py 20000      so many new ones
"""

from __future__ import annotations

import faulthandler
import sys
import warnings
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tutor.plots.draw import draw
from tutor.plots.figure import (
    Bars,
    Calendar,
    Contour,
    Curves,
    Figure,
    HeatMap,
    Path,
    Picture,
    Points,
    Range,
    Series,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Array = NDArray[np.float64]

SURFACES: dict[str, Callable[[Array], Array]] = {
    "bowl": lambda p: np.square(p).sum(axis=-1),
    "flat": lambda p: np.zeros(p.shape[:-1]),
    "nan": lambda p: np.full(p.shape[:-1], np.nan),
    "overflow": lambda p: np.exp(1e3 * p[..., 0]) - np.exp(1e3 * p[..., 1]),
    "cliff": lambda p: np.where(p[..., 0] > 0, np.inf, -np.inf),
    "pole": lambda p: 1 / p[..., 0],
    "huge": lambda p: 1e308 * p[..., 1],
}

NUMBERS = st.floats(-3, 3) | st.sampled_from(
    [
        0.0,
        -0.0,
        1.0,
        5e-324,
        -5e-324,
        1e-308,
        1e16,
        1e16 + 2,
        1e308,
        -1e308,
        sys.float_info.max,
        np.inf,
        -np.inf,
        np.nan,
    ]
)
POINTS = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=9)
LABELS = st.sampled_from(["", "A", "B"])
NAMES = st.sampled_from(["", "step", "the loss, averaged over everything"])


def array(values: list[tuple[float, float]]) -> Array:
    return np.array(values, dtype=np.float64).reshape(-1, 2)


def contour(
    name: str, view: tuple[Range, Range], runs: list[tuple[Array, str, bool]], minima: list[Range]
) -> Contour:
    return Contour(SURFACES[name], name, view, tuple(Path(*run) for run in runs), tuple(minima))


def measured(rows: Array) -> Points:
    x, y, low, high = rows.T
    return Points(x, y, low, high, signs="12")


PAIRS = st.tuples(NUMBERS, NUMBERS)
RANGES = PAIRS | st.just((-3.0, 3.0))
CONTOURS = st.builds(
    contour,
    st.sampled_from(sorted(SURFACES)),
    st.tuples(RANGES, RANGES),
    st.lists(st.tuples(POINTS.map(array), LABELS, st.booleans()), max_size=5),
    st.lists(PAIRS, max_size=2),
)
SERIES = st.builds(lambda points, label: Series(points[:, 0], points[:, 1], label), POINTS.map(array), LABELS)
STEPS = st.builds(
    lambda y, label: Series(np.arange(len(y), dtype=np.float64), np.array(y, dtype=np.float64), label),
    st.lists(NUMBERS, max_size=12),
    LABELS,
)
MEASURED = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), max_size=9).map(
    lambda rows: measured(np.array(rows, dtype=np.float64).reshape(-1, 4))
)
CURVES = st.builds(
    Curves,
    st.lists(SERIES | STEPS, max_size=5).map(tuple),
    NAMES,
    NAMES,
    st.booleans(),
    st.lists(NUMBERS, max_size=3).map(tuple),
    st.none() | PAIRS,
    st.none() | NUMBERS,
    points=st.lists(MEASURED, max_size=2).map(tuple),
    log_x=st.booleans(),
    y_range=st.none() | PAIRS,
)


def grid(rows: int, columns: int, numbers: list[float]) -> Array:
    return np.resize(np.array(numbers, dtype=np.float64), (rows, columns))


GRIDS = st.builds(grid, st.integers(0, 9), st.integers(0, 9), st.lists(NUMBERS, min_size=1, max_size=20))
HEAT_MAPS = st.builds(
    HeatMap,
    GRIDS,
    st.lists(NAMES, max_size=9).map(tuple),
    st.lists(NAMES, max_size=9).map(tuple),
    NAMES,
    NAMES,
    NAMES,
    st.just(((0, 0), (7, 7))),
    st.booleans(),
)
PICTURES = st.builds(Picture, GRIDS, NAMES)
COUNTS = st.lists(NUMBERS, max_size=400).map(lambda numbers: np.array(numbers, dtype=np.float64))
CALENDARS = st.builds(Calendar, COUNTS, st.dates(), NAMES)
BARS = st.builds(
    Bars, COUNTS, st.lists(NAMES, max_size=9).map(tuple), NAMES, NAMES, st.none() | st.integers(-3, 9)
)
SIZES = st.sampled_from([(24, 6), (40, 14), (70, 30)]) | st.tuples(st.integers(1, 120), st.integers(1, 40))


@given(CONTOURS | CURVES | HEAT_MAPS | PICTURES | CALENDARS | BARS, SIZES)
def draws_anything(figure: Figure, size: tuple[int, int]) -> None:
    width, height = size
    drawing = draw(figure, width, height)
    assert len(drawing.rows) == height
    assert {sum(len(span.text) for span in row) for row in drawing.rows} == {width}
    assert str(drawing).replace("\n", "").isprintable()


if __name__ == "__main__":
    faulthandler.enable()
    warnings.simplefilter("error")
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chosen = settings(
        max_examples=examples,
        derandomize=len(sys.argv) == 1,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    chosen(draws_anything)()
    print(f"drew {examples} figures")
