"""Rows of text that are repainted only where they came out different."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tutor.plots.drawing import Drawing
    from tutor.plots.figure import Role

PLAIN = Style()
BOLD, DIM = Style(bold=True), Style(color="bright_black")
STYLES: Mapping[Role, Style] = {
    "text": PLAIN,
    "axis": Style(color="bright_black"),
    "contour": Style(color="bright_black"),
    "level": Style(color="yellow"),
    "path-a": Style(color="cyan", bold=True),
    "path-b": Style(color="magenta", bold=True),
    "path-c": Style(color="yellow", bold=True),
    "path-d": Style(color="green", bold=True),
    "start": Style(bold=True),
    "current": Style(color="red", bold=True),
    "minimum": Style(color="green", bold=True),
    "probe": Style(color="red", bold=True),
    "cursor": Style(color="bright_black"),
}
"""Colours help; signs and letters tell without them."""

NEAR = 6
"""Cells between two changes that are sent again rather than jumped over."""


class Sheet(Widget):
    """Shows rows; over a slow link, a change costs what it changes."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._strips: list[Strip] = []

    def render_line(self, y: int) -> Strip:
        """Return one row; Textual calls this for the rows that are to be painted."""
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.content_size.width, PLAIN)

    def paint(self, strips: list[Strip]) -> None:
        """Show these rows, and repaint the cells that differ."""
        width, height = self.content_size
        before = self._strips
        self._strips = [strip.adjust_cell_length(width, PLAIN) for strip in strips[:height]]
        blank = Strip.blank(width, PLAIN)
        for y in range(height):
            old = before[y] if y < len(before) else blank
            new = self._strips[y] if y < len(self._strips) else blank
            if old != new:
                for start, end in _changes(old, new):
                    self.refresh(Region(start, y, end - start, 1))


def _changes(old: Strip, new: Strip) -> Iterator[tuple[int, int]]:
    """Find the stretches of cells that differ; those that are near to each other are one."""
    if old.cell_length != new.cell_length:
        yield 0, new.cell_length
        return
    pairs = zip(_cells(old), _cells(new), strict=False)
    changed = [x for x, (a, b) in enumerate(pairs) if a != b]
    start = end = -1
    for x in changed:
        if start < 0:
            start = x
        elif x - end > NEAR:
            yield start, end
            start = x
        end = x + 1
    if start >= 0:
        yield start, end


def _cells(strip: Strip) -> list[tuple[str, Style | None]]:
    return [(glyph, segment.style) for segment in strip for glyph in segment.text]


def drawn(drawing: Drawing) -> list[Strip]:
    """Turn a drawing into rows."""
    return [Strip([Segment(span.text, STYLES[span.role]) for span in row]) for row in drawing.rows]


def plain(*lines: str, style: Style = PLAIN) -> list[Strip]:
    """Turn lines of text into rows."""
    return [Strip([Segment(line, style)]) for line in lines]
