"""Contour dots against circles and lines, whose places are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tutor.plots.contour import contour_dots, levels

Array = NDArray[np.float64]
SQUARE = ((-1.0, 1.0), (-1.0, 1.0))


def bowl(points: Array) -> Array:
    return np.asarray(np.square(points).sum(axis=-1))


def test_rings_round_a_bowl_are_circles_evenly_apart() -> None:
    size = 100
    lit = (contour_dots(bowl, SQUARE, size, size) + 0.5) / size * 2 - 1
    radii = np.hypot(*lit.T)
    axis = np.linspace(-1, 1, 400)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1)
    expected = np.sqrt(levels(bowl(grid)))
    away = np.abs(radii[:, None] - expected)
    assert away.min(axis=1).max() < 2 / size * 1.5
    assert all((away.argmin(axis=1) == ring).sum() > 20 for ring in range(len(expected)))
    inside = expected[expected < 1]
    assert np.ptp(np.diff(inside)) < 0.05


@pytest.mark.parametrize("slope", [0.0, 0.3, 0.9, 1.1, 3.0, -2.0])
def test_lines_are_dotted_evenly_whatever_their_slope(slope: float) -> None:
    size = 60
    lit = contour_dots(lambda p: p[..., 1] - slope * p[..., 0], SQUARE, size, size)
    x, y = np.meshgrid(*[(np.arange(size) + 0.5) / size * 2 - 1] * 2)
    heights = y - slope * x
    of_level = np.abs(heights[lit[:, 1], lit[:, 0], None] - levels(heights)).argmin(axis=1)
    for level in set(of_level.tolist()):
        along = np.sort(lit[of_level == level, 0 if abs(slope) <= 1 else 1])
        assert set(np.diff(along).tolist()) == {2}


@pytest.mark.parametrize("height", [0.0, np.nan, np.inf, -np.inf, 1e308])
def test_a_flat_function_has_no_lines(height: float) -> None:
    assert len(contour_dots(lambda p: np.full(p.shape[:-1], height), SQUARE, 20, 20)) == 0


@pytest.mark.filterwarnings("error")
def test_overflow_stays_inside() -> None:
    lit = contour_dots(lambda p: np.exp(p[..., 0] * 1e4) - np.inf * (p[..., 1] > 0.9), SQUARE, 20, 20)
    assert lit.shape[1] == 2


def test_more_levels_on_a_larger_grid() -> None:
    rng = np.random.default_rng(0)
    assert [len(levels(rng.random((size, size)))) for size in (8, 48, 400)] == [3, 4, 7]
