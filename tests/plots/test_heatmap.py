"""Tables of numbers with shades."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tutor.plots.draw import draw
from tutor.plots.figure import HeatMap
from tutor.plots.heatmap import SHADES, written

GRID = HeatMap(np.array([[0.001, 0.01], [0.1, 1.0]]), ("8", "32"), ("1", "2"), "scale", "width", "the limit")


def lines(figure: HeatMap, width: int = 60, height: int = 12) -> list[str]:
    return [line.rstrip() for line in str(draw(figure, width, height)).splitlines()]


def cells(figure: HeatMap) -> list[str]:
    return [piece for line in lines(figure, height=6) if "│" in line for piece in line.split("│")[1].split()]


def test_every_number_stands_in_its_row_and_column() -> None:
    text = lines(GRID, height=6)
    assert text[0].split(maxsplit=1) == ["width", "the limit"]
    assert text[1].split("│")[0].strip() == "8"
    assert [word for word in text[2].split() if word in {"0.1", "1"}] == ["0.1", "1"]
    assert text[3].split() == ["1", "2"]
    assert text[1].index("0.001") < text[3].index("1") + 3
    assert text[-2].strip() == "scale"


def test_shades_go_by_the_logarithm_of_positive_numbers() -> None:
    assert {line[5] for line in lines(GRID) if "│" in line} == {SHADES[0], SHADES[2]}
    assert {line[-1] for line in lines(GRID) if "│" in line} == {SHADES[1], SHADES[3]}


@pytest.mark.parametrize("figure", [replace(GRID, log=False), replace(GRID, values=GRID.values - 0.005)])
def test_other_shades_go_by_the_numbers(figure: HeatMap) -> None:
    assert {line[5] for line in lines(figure) if "│" in line} == {SHADES[0]}


def test_the_marked_cell_is_in_brackets() -> None:
    text = "\n".join(lines(replace(GRID, marks=((1, 0),))))
    assert "[0.1]" in text
    assert text.count("[") == 1


def test_what_is_not_known_and_what_is_infinite_is_said() -> None:
    odd = replace(GRID, values=np.array([[np.nan, np.inf], [-np.inf, 1.0]]))
    assert cells(odd)[:3] == ["·", "✗", "−✗"]
    assert "∞" in cells(replace(odd, infinite="∞"))


@pytest.mark.parametrize(
    ("value", "room", "text"),
    [
        (0.31234, 9, "0.312"),
        (0.31234, 4, "0.31"),
        (0.0017, 5, "0.002"),
        (0.0017, 4, "2e−3"),
        (2048.0, 5, "2048"),
        (1.5e300, 6, "2e300"),
        (-0.5, 4, "−0.5"),
        (0.0, 3, "0"),
        (123456.0, 2, "…"),
    ],
)
def test_a_number_has_as_many_digits_as_fit(value: float, room: int, text: str) -> None:
    assert written(value, room, "✗") == text


def test_a_table_that_does_not_fit_says_so() -> None:
    wide = HeatMap(np.ones((2, 30)), ("a", "b"), ("x",) * 30)
    assert lines(wide)[0] == "too small to draw"
    assert lines(HeatMap(np.ones((30, 2)), ("a",) * 30, ("x", "y")))[0] == "too small to draw"
    assert lines(HeatMap(np.ones((0, 0)), (), ()))[0] == "too small to draw"
