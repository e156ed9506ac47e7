"""A drawn figure: rows of text whose pieces say what they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tutor.plots.figure import Role


class Cell(NamedTuple):
    """One character of a drawing."""

    glyph: str
    role: Role


class Span(NamedTuple):
    """Neighbouring cells of one role."""

    text: str
    role: Role


@dataclass(frozen=True)
class Drawing:
    """A figure as text: every row is as many cells wide as was asked for."""

    rows: tuple[tuple[Span, ...], ...]

    def __str__(self) -> str:
        return "\n".join("".join(span.text for span in row) for row in self.rows)


def caption(text: str, width: int) -> list[Cell]:
    """A text beside or below an axis as a row of ``width`` cells, cut or filled up."""
    return filled([Cell(glyph, "axis") for glyph in text], width)


def filled(cells: list[Cell], width: int) -> list[Cell]:
    """A row of ``width`` cells: those given, cut or filled up with blank ones."""
    return cells[:width] + [Cell(" ", "text")] * (width - len(cells))


def drawing(cells: Iterable[Iterable[Cell]]) -> Drawing:
    """The cells, row by row, joined to spans."""
    return Drawing(tuple(tuple(_spans(row)) for row in cells))


def _spans(row: Iterable[Cell]) -> Iterator[Span]:
    for role, same in groupby(row, key=itemgetter(1)):
        yield Span("".join([glyph for glyph, _ in same]), role)


def inscribe(row: list[Cell], text: str, near: int) -> bool:
    """Writes an axis's name where the row is blank, as near to a column as may be; whether there was room."""
    room = len(text) + 2
    blank = "".join(cell.glyph for cell in row)
    places = [start for start in range(len(row) - room + 1) if blank[start : start + room].isspace()]
    if text and places:
        start = min(places, key=lambda place: abs(place - near)) + 1
        row[start : start + len(text)] = [Cell(glyph, "axis") for glyph in text]
    return bool(places)


def notice(text: str, width: int, height: int) -> Drawing:
    """A line of text in place of a figure that has no room."""
    lines = [text[:width]] + [""] * (height - 1)
    return Drawing(tuple((Span(line.ljust(width), "text"),) for line in lines[:height]))
