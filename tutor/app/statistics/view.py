"""An exhibit drawn to fit: its figures above its numbers, and what it means last."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from rich.style import Style
from textual.strip import Strip

from tutor.app.sheet import Sheet, drawn, plain
from tutor.plots.draw import LEAST_HEIGHT, draw
from tutor.plots.figure import Bars, Calendar

if TYPE_CHECKING:
    from tutor.app.statistics.exhibit import Exhibit
    from tutor.plots.figure import Figure

BOLD, DIM = Style(bold=True), Style(color="bright_black")
CALENDAR = 9
"""Rows of a calendar, which has no use for more."""

SIDE_BY_SIDE, FIRST_SHARE = 70, 0.58
READING_WIDTH = 76


class ExhibitView(Sheet):
    """Shows one exhibit."""

    exhibit: Exhibit | None = None
    scrolled = 0
    """How many of the facts are scrolled away."""

    def show(self, exhibit: Exhibit) -> None:
        """Show an exhibit from its beginning."""
        self.exhibit, self.scrolled = exhibit, 0
        self.on_resize()

    def scroll_facts(self, rows: int) -> None:
        """Scroll the facts that have no room."""
        if self.exhibit:
            hidden = max(0, len(self.exhibit.facts) - self._room(self.exhibit))
            self.scrolled = min(max(0, self.scrolled + rows), hidden)
            self.on_resize()

    def on_resize(self) -> None:
        width, height = self.content_size
        if self.exhibit and width and height:
            self.paint(self._rows_of(self.exhibit, width, height))

    @property
    def scrollable(self) -> bool:
        """Whether some of the facts have no room."""
        return self.exhibit is not None and len(self.exhibit.facts) > self._room(self.exhibit)

    def _room(self, exhibit: Exhibit) -> int:
        width, height = self.content_size
        words = (
            len(wrap(exhibit.meaning, min(width, READING_WIDTH)))
            + 1
            + bool(exhibit.caption)
            + bool(exhibit.head)
        )
        return max(1, height - words - (LEAST_HEIGHT if exhibit.figures else 0))

    def _rows_of(self, exhibit: Exhibit, width: int, height: int) -> list[Strip]:
        meaning = wrap(exhibit.meaning, min(width, READING_WIDTH))
        facts = [fact[:width] for fact in exhibit.facts[self.scrolled :][: self._room(exhibit)]]
        above = [text[:width] for text in (exhibit.caption, exhibit.head) if text]
        rows = height - len(above) - len(facts) - len(meaning) - 1
        figures = _drawn(exhibit.figures, width, rows)
        return [*plain(*above, style=DIM), *figures, *plain(*facts), *plain("", *meaning, style=BOLD)]


def _drawn(figures: tuple[Figure, ...], width: int, rows: int) -> list[Strip]:
    """Draw figures from top to bottom, or two bar charts side by side where there is room."""
    if len(figures) == 2 and width >= SIDE_BY_SIDE and all(isinstance(figure, Bars) for figure in figures):
        first = int(width * FIRST_SHARE)
        left, right = drawn(draw(figures[0], first, rows)), drawn(draw(figures[1], width - first, rows))
        return [Strip.join(pair) for pair in zip(left, right, strict=True)]
    strips: list[Strip] = []
    for figure, share in zip(figures, heights(figures, rows), strict=True):
        strips += drawn(draw(figure, width, share)) if share else []
    return strips


def heights(figures: tuple[Figure, ...], rows: int) -> list[int]:
    """Share the rows out to figures, from the top: a calendar takes what it needs; 0 for what has no room."""
    shares: list[int] = []
    for place, figure in enumerate(figures):
        left = max(0, rows - sum(shares))
        share = min(left, CALENDAR) if isinstance(figure, Calendar) else left // (len(figures) - place)
        if share < LEAST_HEIGHT and place:
            share = 0
        shares.append(share)
    if shares and shares[-1] == 0:  # what the others leave is theirs
        shares[0] = rows if not isinstance(figures[0], Calendar) else min(rows, CALENDAR)
    return shares
