"""The cards of all decks, one of them marked; only those in sight are looked up, for there may be thousands."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tutor.app import standing
from tutor.app.fitting import fitted
from tutor.app.marked import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.study.overview import Rows
    from tutor.study.standing import CardStanding

BOLD = Style(bold=True)


class CardList(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a line for each deck's title, and below it one for each of its cards."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "mark(1)", "mark another card", show=False, key_display="↑↓"),
        Binding("up", "mark(-1)", show=False),
        Binding("home", "mark_end(1)", show=False),
        Binding("end", "mark_end(-1)", show=False),
    ]

    class Marked(Message):
        """Another card is marked."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._decks: Sequence[tuple[str, Rows]] = ()
        self._titles: list[int] = []
        self._lines = 0
        self._line: int | None = None

    def fill(self, decks: Sequence[tuple[str, Rows]], card: str | None) -> None:
        """Show these decks' titles and cards, with the ``card`` of this id marked, or else the first."""
        self._decks = decks
        starts = [0, *accumulate(1 + len(rows) for _, rows in decks)]
        self._titles, self._lines = starts[:-1], starts[-1]
        self._line = self._line_of(card)
        self.virtual_size = Size(0, self._lines)
        self.refresh(layout=True)
        self.call_after_refresh(self._show_marked)
        self.post_message(self.Marked())

    @property
    def marked(self) -> CardStanding | None:
        """The marked card; None if there is none."""
        return None if self._line is None else self._at(self._line)

    def render_line(self, y: int) -> Strip:
        """Draw the line at this place of the screen."""
        line, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if line >= self._lines:
            return Strip.blank(width, self.rich_style)
        row, marked = self._at(line), line == self._line
        if row is None:
            text = self._decks[self._deck_of(line)][0]
        else:
            text = (MARK if marked else " " * len(MARK)) + standing.row(row, width - len(MARK)).plain
        return Strip([Segment(fitted(text, width), self.rich_style + BOLD if marked else self.rich_style)])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer another card only where there is one."""
        return action not in {"mark", "mark_end"} or self._lines - len(self._titles) > 1

    def action_mark(self, step: int) -> None:
        """Mark the next card, or the one before; the ends meet."""
        if self._line is not None:
            self._mark((self._line + step) % self._lines, step)

    def action_mark_end(self, step: int) -> None:
        """Mark the first card, or the last."""
        if self._line is not None:
            self._mark(0 if step > 0 else self._lines - 1, step)

    def _mark(self, line: int, step: int) -> None:
        while line in self._titles:
            line = (line + step) % self._lines
        self._line = line
        self._show_marked()
        self.refresh()
        self.post_message(self.Marked())

    def _show_marked(self) -> None:
        """Scroll to the marked card, and if it is the first of a deck, to its title."""
        if self._line is not None:
            above = self._line - 1 in self._titles
            region = Region(0, self._line - above, 1, 1 + above)
            self.scroll_to_region(region, animate=False, force=True)

    def _deck_of(self, line: int) -> int:
        return bisect_right(self._titles, line) - 1

    def _at(self, line: int) -> CardStanding | None:
        """The card on a line; None for a title."""
        deck = self._deck_of(line)
        place = line - self._titles[deck] - 1
        return None if place < 0 else self._decks[deck][1][place]

    def _line_of(self, card: str | None) -> int | None:
        """The line of the card with this id; of the first if it isn't there, and None if there are none."""
        first = None
        for title, (_, rows) in zip(self._titles, self._decks, strict=True):
            for place, summary in enumerate(rows.cards, start=title + 1):
                first = place if first is None else first
                if summary.id == card:
                    return place
        return first
