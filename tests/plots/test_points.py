"""Measured points: their signs, their spread, and what diverged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tutor.plots.draw import draw
from tutor.plots.figure import Curves, Points, Role, Series

Array = NDArray[np.float64]
WIDTH, HEIGHT = 60, 16


def curves(points: Points, *, log_x: bool = True, log_y: bool = True) -> Curves:
    return Curves((), "η", "loss", log_x=log_x, log_y=log_y, points=(points,))


def points(y: tuple[float, ...], signs: str = "", x: tuple[float, ...] = (0.01, 0.1, 1.0)) -> Points:
    return Points(np.array(x), np.array(y), signs=signs, joined=False)


def glyphs(figure: Curves, role: Role) -> str:
    return "".join(span.text for row in draw(figure, WIDTH, HEIGHT).rows for span in row if span.role == role)


def rows(figure: Curves) -> list[str]:
    return str(draw(figure, WIDTH, HEIGHT)).splitlines()


@pytest.mark.parametrize("lost", [np.inf, np.nan])
def test_what_diverged_is_marked_at_the_upper_edge(lost: float) -> None:
    figure = curves(points((1.0, 0.1, lost), "abc"))
    assert rows(figure)[0].rstrip()[-1] == "✗"
    assert glyphs(figure, "current") == "✗"
    assert "c" not in glyphs(figure, "path-a")


def test_what_lies_far_above_points_upwards() -> None:
    figure = curves(points((1.0, 0.1, 1e9)))
    assert rows(figure)[0].rstrip()[-1] == "↑"


def test_all_diverged_all_are_marked() -> None:
    assert glyphs(curves(points((np.inf,) * 3)), "current") == "✗✗✗"


def test_a_loss_of_zero_lies_at_the_lower_end_of_a_logarithmic_axis() -> None:
    figure = curves(points((1.0, 0.1, 0.0), "abc"))
    assert "c" in rows(figure)[-3]


def test_each_point_has_its_sign_and_those_without_a_dot() -> None:
    assert sorted(glyphs(curves(points((1.0, 0.1, 1.0), "12")), "path-a")) == ["1", "2", "●"]


def test_on_a_logarithmic_axis_decades_are_equally_far() -> None:
    figure = curves(points((1.0, 1.0, 1.0), "abc"))
    (row,) = (row for row in rows(figure) if "a" in row)
    assert row.index("b") - row.index("a") == pytest.approx(row.index("c") - row.index("b"), abs=1)


def test_rates_that_are_not_positive_have_no_place_on_a_logarithmic_axis() -> None:
    figure = curves(points((1.0, 1.0, 1.0), "abc", x=(0.0, 0.1, 1.0)))
    text = str(draw(figure, WIDTH, HEIGHT))
    assert "b" in text
    assert "a" not in text


def test_the_spread_reaches_from_its_low_to_its_high() -> None:
    bare = points((1.0, 1.0, 1.0), "abc")
    spread = replace(bare, low=np.array([0.1, 1.0, 1.0]), high=np.array([1.0, 10.0, np.inf]))
    lit = [
        [index for index, row in enumerate(rows(curves(spread))) if row[column] > "⠀"]
        for column in (row.index(sign) for sign in "abc" for row in rows(curves(spread)) if sign in row)
    ]
    (middle,) = (index for index, row in enumerate(rows(curves(spread))) if "a" in row)
    assert max(lit[0]) > middle + 2
    assert min(lit[0]) >= middle - 1
    assert min(lit[1]) < middle - 2
    assert min(lit[2]) == 0


def test_the_line_goes_from_rate_to_rate_whatever_their_order() -> None:
    shuffled = Points(np.array([1.0, 0.01, 0.1]), np.array([1.0, 1.0, 0.1]))
    ordered = Points(np.array([0.01, 0.1, 1.0]), np.array([1.0, 0.1, 1.0]))
    assert rows(curves(shuffled)) == rows(curves(ordered))
    assert rows(curves(ordered)) != rows(curves(replace(ordered, joined=False)))


def test_a_curve_on_a_logarithmic_axis_is_straight_where_it_is_a_power() -> None:
    x = np.logspace(-3, 0, 50)
    figure = Curves((Series(x, x**2, "A"),), log_x=True, log_y=True)
    even = Curves((Series(np.log10(x), x**2, "A"),), log_y=True)
    inside = slice(1, HEIGHT - 2)
    assert [row[6:] for row in rows(figure)[inside]] == [row[6:] for row in rows(even)[inside]]


def test_the_cursor_stands_at_the_rate_on_either_axis() -> None:
    figure = replace(curves(points((1.0, 0.1, 1.0), "abc")), cursor=0.1)
    at = {row.index("╎") for row in rows(figure) if "╎" in row}
    (row,) = (row for row in rows(figure) if "b" in row)
    assert at == {row.index("b")}


def test_points_beside_a_curve_have_a_colour_of_their_own() -> None:
    line = Series(np.array([0.01, 1.0]), np.array([1.0, 0.5]), "A")
    figure = replace(curves(points((1.0, 0.1, 1.0), "123")), series=(line,))
    assert sorted(glyphs(figure, "path-b")) == ["1", "2", "3"]
