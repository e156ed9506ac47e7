"""Decimation must not change the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tutor.plots.decimate import MOST_DOTS, dots

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMNS, ROWS = 20, 16
POINTS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=40)


def chain(points: list[tuple[float, float]]) -> NDArray[np.float64]:
    line = np.array(points)
    return np.stack([line[:-1], line[1:]], axis=1)


def ink(segments: NDArray[np.int64]) -> set[tuple[int, int]]:
    """The dots that the segments cover, whichever way each one runs."""
    lit: set[tuple[int, int]] = set()
    for start, end in segments.tolist():
        (x0, y0), (x1, y1) = sorted([start, end])
        count = max(abs(x1 - x0), abs(y1 - y0), 1)
        lit |= {
            (int(x0 + 0.5 + (x1 - x0) * k / count), int(y0 + 0.5 + (y1 - y0) * k / count))
            for k in range(count + 1)
        }
    return lit


@given(POINTS)
def test_the_same_dots_are_lit(points: list[tuple[float, float]]) -> None:
    segments = chain(points)
    grid = np.array([COLUMNS, ROWS])
    snapped = np.minimum((segments * grid).astype(np.int64), grid - 1)
    assert ink(dots(segments, COLUMNS, ROWS)) == ink(snapped)


@given(POINTS)
def test_stays_on_the_grid(points: list[tuple[float, float]]) -> None:
    found = dots(chain(points), COLUMNS, ROWS)
    assert found.min() >= 0
    assert np.all(found < (COLUMNS, ROWS))


def test_a_run_that_bounces_for_ever_costs_two_segments() -> None:
    bounce = [(0.1, 0.1), (0.9, 0.9)] * 5000
    assert len(dots(chain(bounce), COLUMNS, ROWS)) == 1


def test_a_long_noisy_curve_costs_no_more_than_its_columns() -> None:
    rng = np.random.default_rng(1)
    curve = list(zip(np.linspace(0, 1, 10_000).tolist(), rng.random(10_000).tolist(), strict=True))
    assert len(dots(chain(curve), COLUMNS, ROWS)) <= 2 * COLUMNS


def test_ink_is_bounded() -> None:
    rng = np.random.default_rng(1)
    found = dots(rng.random((50_000, 2, 2)), 200, 120)
    assert np.abs(found[:, 1] - found[:, 0]).max(axis=1).sum() < 1.2 * MOST_DOTS


def test_nothing_stays_nothing() -> None:
    assert len(dots(np.zeros((0, 2, 2)), COLUMNS, ROWS)) == 0
