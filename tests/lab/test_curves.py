"""Diagrams of losses: what leaves through the top."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.lab.curves import TOP, loss_curves


@pytest.mark.parametrize(
    ("losses", "drawn"),
    [
        ([1.0, 2.0, 0.5], [1.0, 2.0, 0.5]),
        ([1.0, 1e4, 1e5, 0.5, 0.1], [1.0, TOP, TOP, 0.5, 0.1]),  # it comes back
        ([1.0, 1e4, 0.5, 1e5, 1e6, np.inf], [1.0, TOP, 0.5, TOP]),  # it leaves for good
        ([1.0, 1e4, np.nan], [1.0, TOP]),
    ],
)
def test_a_curve_ends_where_it_leaves_for_good(losses: list[float], drawn: list[float]) -> None:
    (series,) = loss_curves([np.array(losses)]).series
    np.testing.assert_array_equal(series.y, drawn)
    np.testing.assert_array_equal(series.x, range(len(drawn)))
