from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.plots.canvas import Axes, paint
from tutor.plots.drawing import Cell
from tutor.plots.marks import Mark
from tutor.plots.raster import Stroke

BRAILLE = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
"""The bits of Unicode's braille patterns, from the upper left dot."""


def text(cells: list[list[Cell]]) -> list[str]:
    return ["".join(cell.glyph for cell in row) for row in cells]


@settings(max_examples=30)
@given(st.sets(st.tuples(st.integers(0, 13), st.integers(0, 19)), max_size=30))
def test_each_dot_is_lit_where_it_belongs(lit: set[tuple[int, int]]) -> None:
    columns, rows = 7, 5
    expected = [[" "] * columns for _ in range(rows)]
    for x, y in lit:
        down = rows * 4 - 1 - y
        code = ord(expected[down // 4][x // 2])
        bits = max(code - 0x2800, 0) | int(BRAILLE[down % 4, x % 2])
        expected[down // 4][x // 2] = chr(0x2800 + bits)
    dots = np.array(sorted(lit), dtype=np.int64).reshape(-1, 2)
    cells = paint(columns, rows, [Stroke(np.stack([dots, dots], axis=1), "path-b")])
    assert text(cells) == ["".join(row) for row in expected]
    assert {cell.role for row in cells for cell in row if cell.glyph != " "} <= {"path-b"}


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), min_size=2, max_size=6))
def test_lines_are_drawn_through_their_vertices_without_gaps(vertices: list[tuple[int, int]]) -> None:
    line = np.array(vertices)
    cells = paint(20, 10, [Stroke(np.stack([line[:-1], line[1:]], axis=1), "path-a")])
    rows, columns = np.indices((40, 40))
    codes = np.array([[max(ord(cell.glyph) - 0x2800, 0) for cell in row] for row in cells])
    lit = (codes[rows // 4, columns // 2] & BRAILLE[rows % 4, columns % 2]) > 0
    for x, y in vertices:
        assert lit[39 - y, x]
    for (x0, y0), (x1, y1) in pairwise(vertices):
        for k in np.linspace(0, 1, max(abs(x1 - x0), abs(y1 - y0)) + 1):
            x, y = round(x0 + k * (x1 - x0)), round(y0 + k * (y1 - y0))
            assert lit[max(39 - y - 1, 0) : 39 - y + 2, max(x - 1, 0) : x + 2].any()


def test_axes_ticks_rules_and_marks() -> None:
    axes = Axes(((0.0, "0"), (1.0, "10")), ((0.0, "−1"), (1.0, "1")), (0.5,))
    cells = paint(10, 3, [], [Mark(4, 2, "●", "current")], axes)
    assert text(cells) == [
        " 1┤    ●     ",
        "  ├┈┈┈┈┈┈┈┈┈┈",
        "−1┤          ",
        "  └┬────────┬",
        "   0       10",
    ]
    assert cells[0][7] == Cell("●", "current")
    assert cells[1][5] == Cell("┈", "level")
    assert {cell.role for cell in cells[3][2:]} == {"axis"}


@pytest.mark.parametrize("size", [(1, 1), (200, 60)])
def test_the_terminal_does_not_limit_the_size(size: tuple[int, int]) -> None:
    columns, rows = size
    cells = paint(columns, rows, [])
    assert (len(cells), {len(row) for row in cells}) == (rows, {columns})
