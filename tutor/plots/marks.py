"""Characters on top of the lines, at most one in a cell: where runs start and end, and their single steps."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.plots.figure import Array, Role

ARROWS = "→↗↑↖←↙↓↘"
MOST_STEPS = 24
"""Steps marked of one run: where there are more, the line itself says enough."""


class Mark(NamedTuple):
    """A character in a cell, counted from the lower left."""

    column: int
    row: int
    glyph: str
    role: Role


class Board:
    """The marks of one picture, and which cell each has."""

    def __init__(self, columns: int, rows: int) -> None:
        self._size = np.array([columns, rows])
        self._taken: dict[tuple[int, int], Mark] = {}

    @property
    def marks(self) -> list[Mark]:
        """All that were put, in that order."""
        return list(self._taken.values())

    def mark(self, place: Array, glyph: str, role: Role) -> Mark:
        """A mark, not yet put, at a place (2,) in fractions of the axes."""
        column, row = np.minimum((place * self._size).astype(np.int64), self._size - 1).tolist()
        return Mark(column, row, glyph, role)

    def arrow(self, direction: Array) -> str:
        """The arrow nearest to a direction (2,) in fractions of the axes; cells are twice as high as wide."""
        across, up = direction * self._size
        return ARROWS[round(math.atan2(2 * up, across) / (math.pi / 4)) % 8]

    def put(self, mark: Mark) -> bool:
        """Puts the mark in its cell if that is free; whether it was."""
        return self._taken.setdefault((mark.column, mark.row), mark) is mark

    def put_near(self, mark: Mark) -> bool:
        """Puts the mark in the free cell of its row that is nearest; whether there was one."""
        columns = sorted(range(self._size[0]), key=lambda column: abs(column - mark.column))
        return any(self.put(mark._replace(column=column)) for column in columns)

    def put_apart(self, marks: Iterable[Mark]) -> None:
        """Puts those of the marks that touch no other."""
        for mark in marks:
            around = ((mark.column + dx, mark.row + dy) for dx in (-2, -1, 0, 1, 2) for dy in (-1, 0, 1))
            if self._taken.keys().isdisjoint(around):
                self.put(mark)

    def long_steps(self, places: Array) -> Array:
        """Of a run's places (n, 2), those well apart from the ones before and after: (k ≤ MOST_STEPS, 2)."""
        near = (np.abs(np.diff(places * self._size, axis=0)) < (3, 2)).all(axis=1)
        return shown(places[1:-1][~near[:-1] & ~near[1:]])[:MOST_STEPS]


def shown(places: Array) -> Array:
    """The places (n, 2) without those outside of the view, which are NaN."""
    return places[np.isfinite(places).all(axis=1)]
