from __future__ import annotations

import numpy as np

from tutor.plots.figure import Curves, Series
from tutor.plots.run import runs
from tutor.plots.scale import linear, logarithmic


def curves(*heights: list[float], levels: tuple[float, ...] = ()) -> Curves:
    steps = [np.arange(len(each), dtype=np.float64) for each in heights]
    arrays = [np.array(each, dtype=np.float64) for each in heights]
    return Curves(tuple(map(Series, steps, arrays)), levels=levels)


def test_a_linear_axis_holds_zero_and_the_levels() -> None:
    low, high = linear(curves([2.0, 3.0], levels=(4.0, np.inf)), 5).span
    assert low == 0
    assert 4 < high < 5


def test_zero_and_negative_numbers_run_along_the_end_of_a_logarithmic_axis() -> None:
    figure = curves([100.0, 1.0, 0.0, -5.0, np.nan, np.inf])
    scaled = logarithmic(figure, 5)
    assert scaled.span == (0.0, 2.0)
    (seen,) = runs(figure.series, ((0.0, 5.0), scaled.span), log_y=True)
    assert seen.places.tolist() == [[0.0, 1.0], [0.2, 0.0], [0.4, 0.0], [0.6, 0.0]]


def test_a_diverging_loss_leaves_the_picture_of_the_others() -> None:
    assert logarithmic(curves([10.0, 1e200], [10.0, 1e-2]), 5).span == (-2.0, 4.0)


def test_underflow_does_not_stretch_the_axis() -> None:
    assert logarithmic(curves([1.0, 1e-200]), 5).span == (-12.0, 0.0)


def test_equal_values_have_room_around_them() -> None:
    low, high = logarithmic(curves([1.0, 1.0]), 5).span
    assert low < 0 < high


def test_nothing_to_show_still_has_an_axis() -> None:
    for scale in (linear, logarithmic):
        low, high = scale(curves([np.nan], []), 5).span
        assert low < high
