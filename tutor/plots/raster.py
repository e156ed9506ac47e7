"""Lines as lit dots of the braille grid: all dots of a line at once, so that a key press can redraw many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tutor.plots.drawing import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.plots.decimate import Dots
    from tutor.plots.figure import Dash, Role

ACROSS, UP = 2, 4
"""Braille dots in a cell."""

BITS = np.array([[0x40, 0x80], [0x04, 0x20], [0x02, 0x10], [0x01, 0x08]], dtype=np.uint8)
"""The bit of each dot in Unicode's braille patterns, from the lower left."""

BLANK = 0x2800

PATTERNS: dict[Dash, str] = {
    "solid": "#",
    "dashed": "#####···",
    "dotted": "#··",
    "dash-dot": "######··#··",
}
"""Which dots along a line are lit, over and over."""

MASKS = {dash: np.array([dot == "#" for dot in pattern]) for dash, pattern in PATTERNS.items()}


class Stroke(NamedTuple):
    """A line: segments between dots, counted from the lower left, (m, 2 ends, 2)."""

    segments: Dots
    role: Role
    dash: Dash = "solid"


def rasterise(strokes: Sequence[Stroke], cells: list[list[Cell]], left: int, columns: int, rows: int) -> None:
    """Draw the strokes onto ``columns`` by ``rows`` cells from column ``left``; later ones lie on top."""
    bits = np.zeros((rows, columns), dtype=np.uint8)
    owner = np.full((rows, columns), -1)
    for number, stroke in enumerate(strokes):
        x, y = _dots(stroke).T
        column, row = x // ACROSS, rows - 1 - y // UP
        np.bitwise_or.at(bits, (row, column), BITS[y % UP, x % ACROSS])
        owner[row, column] = number
    lit = np.nonzero(bits)
    for row, column, code, number in zip(
        *(each.tolist() for each in lit), bits[lit].tolist(), owner[lit].tolist(), strict=True
    ):
        cells[row][left + column] = Cell(chr(BLANK + code), strokes[number].role)


def _dots(stroke: Stroke) -> Dots:
    """Every lit dot on the way from each segment's start to its end, (k, 2), in order."""
    start, end = stroke.segments[:, 0], stroke.segments[:, 1]
    moves = end - start
    lengths = np.abs(moves).max(axis=1, initial=0)
    counts = lengths + 1
    segment = np.repeat(np.arange(len(counts)), counts)
    along = np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)
    if stroke.dash != "solid":
        mask = MASKS[stroke.dash]
        travelled = along + np.repeat(np.cumsum(lengths) - lengths, counts)
        lit = mask[travelled % len(mask)]
        segment, along = segment[lit], along[lit]
    share = along / np.maximum(lengths[segment], 1)
    dots: Dots = np.floor(start[segment] + share[:, None] * moves[segment] + 0.5).astype(np.int64)
    return dots
