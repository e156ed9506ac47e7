"""Clipping against exact rational arithmetic."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.plots.clip import fractions, sane, segments

UNIT = ((0.0, 1.0), (0.0, 1.0))
EDGES = (0.0, -0.0, 1.0, 0.5, 2.0, -1.0, 5e-324, 1e16, 8e307, -8e307)
NUMBERS = st.sampled_from(EDGES) | st.floats(-3, 3)
ANY = st.sampled_from((*EDGES, 1.7e308, -1.7e308, np.inf, -np.inf, np.nan)) | st.floats(-3, 3)


def exact(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[Fraction, Fraction]] | None:
    """The segment inside the unit square by Liang–Barsky in rational numbers, or None."""
    enter, leave = Fraction(0), Fraction(1)
    for a, b in zip(start, end, strict=True):
        origin, step = Fraction(a), Fraction(b) - Fraction(a)
        if step == 0:
            if not 0 <= origin <= 1:
                return None
            continue
        first, second = sorted(((0 - origin) / step, (1 - origin) / step))
        enter, leave = max(enter, first), min(leave, second)
    if enter >= leave:
        return None
    return [
        tuple(Fraction(a) + t * (Fraction(b) - Fraction(a)) for a, b in zip(start, end, strict=True))  # type: ignore[misc]
        for t in (enter, leave)
    ]


@given(st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS))
def test_agrees_with_rational_arithmetic(start: tuple[float, float], end: tuple[float, float]) -> None:
    assume(min(max(map(abs, start)), max(map(abs, end))) < 1e6)
    found = segments(np.array([start, end]), UNIT)
    expected = exact(start, end)
    if len(found) and expected is not None:
        assert np.allclose(found, [[[float(x) for x in point] for point in expected]], atol=1e-9)
    else:  # at most a corner, within rounding errors
        assert np.all(np.ptp(np.array(expected or found, dtype=np.float64).reshape(-1, 2, 2), axis=1) < 1e-9)


@given(st.lists(st.tuples(ANY, ANY), max_size=8))
def test_never_leaves_the_view(points: list[tuple[float, float]]) -> None:
    found = segments(np.array(points, dtype=np.float64).reshape(-1, 2), UNIT)
    assert found.shape[1:] == (2, 2)
    assert np.all((found >= 0) & (found <= 1))


def test_a_diverging_run_leaves_in_its_own_direction() -> None:
    found = segments(np.array([[0.5, 0.5], [1e300, 2e299]]), UNIT)
    assert found.tolist() == [[[0.5, 0.5], [1.0, 0.6]]]


def test_nan_and_infinity_split_the_line() -> None:
    points = np.array([[0.1, 0.1], [0.2, 0.2], [np.nan, 0.3], [0.4, 0.4], [0.5, 0.5], [np.inf, 0.5]])
    assert segments(points, UNIT).tolist() == [[[0.1, 0.1], [0.2, 0.2]], [[0.4, 0.4], [0.5, 0.5]]]


def test_a_point_alone_is_kept() -> None:
    points = np.array([[np.nan, 0.0], [0.25, 0.75], [np.nan, 0.0]])
    assert segments(points, UNIT).tolist() == [[[0.25, 0.75], [0.25, 0.75]]]
    assert segments(points[1:2], UNIT).tolist() == [[[0.25, 0.75], [0.25, 0.75]]]
    assert len(segments(points[:0], UNIT)) == 0


def test_fractions_are_nan_outside() -> None:
    places = fractions(
        np.array([[0.0, 4.0], [10.0, 2.0], [11.0, 2.0], [np.nan, 2.0]]), ((0.0, 10.0), (2.0, 4.0))
    )
    assert np.array_equal(places, np.array([[0, 1], [1, 0], [np.nan] * 2, [np.nan] * 2]), equal_nan=True)


@given(st.tuples(st.floats(), st.floats()))
def test_a_sane_range_has_room(span: tuple[float, float]) -> None:
    low, high = sane(span)
    assert low < high
    assert np.isfinite(high - low)
    assert low + (high - low) / 1000 > low


@pytest.mark.parametrize("span", [(-5.0, 5.0), (0.0, 1e-200), (1e300, 2e300)])
def test_a_good_range_is_left_alone(span: tuple[float, float]) -> None:
    assert sane(span) == span


def test_a_touch_from_outside_is_not_shown() -> None:
    assert len(segments(np.array([[0.5, 0.5], [1.0, 0.5], [2.0, 0.5]]), UNIT)) == 1
