from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.plots.drawing import Cell
from tutor.plots.raster import PATTERNS, Stroke, rasterise

if TYPE_CHECKING:
    from tutor.plots.figure import Dash

PLACES = st.tuples(st.integers(0, 39), st.integers(0, 39))


def drawn(*strokes: Stroke) -> list[list[Cell]]:
    cells = [[Cell(" ", "text")] * 20 for _ in range(10)]
    rasterise(strokes, cells, 0, 20, 10)
    return cells


def count(cells: list[list[Cell]]) -> int:
    """How many dots are lit."""
    return sum((ord(cell.glyph) - 0x2800).bit_count() for row in cells for cell in row if cell.glyph != " ")


@settings(max_examples=50)
@given(PLACES, PLACES)
def test_a_segment_has_a_dot_for_each_step_of_its_longer_side(
    start: tuple[int, int], end: tuple[int, int]
) -> None:
    line = Stroke(np.array([[start, end]]), "path-a")
    assert count(drawn(line)) == 1 + max(abs(start[0] - end[0]), abs(start[1] - end[1]))


@pytest.mark.parametrize("dash", PATTERNS)
def test_a_dash_goes_on_from_segment_to_segment(dash: Dash) -> None:
    whole = np.array([[[0, 5], [38, 5]]])
    parts = np.array([[[x, 5], [x + 2, 5]] for x in range(0, 38, 2)])
    cells = drawn(Stroke(whole, "path-a", dash))
    assert cells == drawn(Stroke(parts, "path-a", dash))
    pattern = PATTERNS[dash]
    assert count(cells) == sum(pattern[x % len(pattern)] == "#" for x in range(39))


def test_dashes_can_be_told_apart() -> None:
    line = np.array([[[0, 5], [39, 5]]])
    pictures = {str(drawn(Stroke(line, "path-a", dash))) for dash in PATTERNS}
    assert len(pictures) == len(PATTERNS)


def test_the_later_stroke_lies_on_top_and_shares_the_cell() -> None:
    below, above = np.array([[[0, 0], [0, 0]]]), np.array([[[1, 3], [1, 3]]])
    cells = drawn(Stroke(below, "path-a"), Stroke(above, "path-b"))
    assert cells[-1][0] == Cell(chr(0x2800 + 0x40 + 0x08), "path-b")
