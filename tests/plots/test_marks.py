from __future__ import annotations

import numpy as np
import pytest

from tutor.plots.marks import Board, Mark


def board() -> Board:
    return Board(20, 10)


def test_a_place_falls_into_its_cell() -> None:
    places = [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0)]
    marks = [board().mark(np.array(place), "x", "current") for place in places]
    assert [(mark.column, mark.row) for mark in marks] == [(0, 0), (10, 5), (19, 9)]


def test_the_first_mark_keeps_its_cell() -> None:
    marks = board()
    assert marks.put(Mark(3, 3, "A", "path-a"))
    assert not marks.put(Mark(3, 3, "*", "minimum"))
    assert marks.marks == [Mark(3, 3, "A", "path-a")]


def test_crowded_ends_stand_side_by_side() -> None:
    marks = board()
    assert all(marks.put_near(Mark(19, 3, letter, "path-a")) for letter in "ABC")
    assert [(mark.column, mark.glyph) for mark in marks.marks] == [(19, "A"), (18, "B"), (17, "C")]


def test_a_full_row_has_no_room() -> None:
    marks = Board(2, 1)
    assert [marks.put_near(Mark(0, 0, letter, "path-a")) for letter in "ABC"] == [True, True, False]


def test_steps_that_touch_another_mark_are_left_out() -> None:
    marks = board()
    marks.put_apart([Mark(column, 5, "•", "path-a") for column in (2, 4, 5, 9)])
    assert [mark.column for mark in marks.marks] == [2, 5, 9]


def test_only_long_steps_count() -> None:
    places = np.array([[0.0, 0.0], [0.3, 0.3], [0.6, 0.6], [0.9, 0.9], [0.91, 0.9], [0.92, 0.9], [0.1, 0.1]])
    assert board().long_steps(places).tolist() == [[0.3, 0.3], [0.6, 0.6]]


def test_a_step_beside_an_unseen_one_counts() -> None:
    places = np.array([[0.5, 0.5], [np.nan, np.nan], [0.5, 0.4], [np.nan, np.nan]])
    assert board().long_steps(places).tolist() == [[0.5, 0.4]]


@pytest.mark.parametrize(
    ("direction", "glyph"),
    [
        ((1, 0), "→"),
        ((0, 1), "↑"),
        ((-1, 0), "←"),
        ((0, -1), "↓"),
        ((1, 1), "↗"),
        ((-1, -1), "↙"),
        ((0, 0), "→"),
    ],
)
def test_arrows(direction: tuple[float, float], glyph: str) -> None:
    assert board().arrow(np.array(direction)) == glyph
