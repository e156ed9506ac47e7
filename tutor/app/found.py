"""What was found, a line each; moving about in it repaints no more than what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tutor.app.fitting import fitted
from tutor.app.marked import MARK
from tutor.app.sheet import BOLD, DIM, PLAIN, Sheet
from tutor.study.finding import excerpt, where
from tutor.study.standing import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.events import Resize

    from tutor.decks.search_rows import Match
    from tutor.study.finding import Found

FOUND = Style(bold=True, underline=True)
WHERE = 12
"""Cells for where in a card something is, such as "q12 option 4"."""
NARROW = 60
"""Cells below which a line has no room for that."""


class FoundList(Sheet, can_focus=True):
    """Shows what was found, one line of it marked; cards that were not searched for stand below their deck."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "cursor_down", "mark another line", show=False, key_display="↑↓"),
        Binding("up", "cursor_up", show=False),
        Binding("pagedown", "page_down", "a page on; PgUp goes back", show=False, key_display="PgDn"),
        Binding("pageup", "page_up", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[Found] = ()
        self._lines: list[Found | str] = []
        self._place = 0
        self._top = 0

    @property
    def marked(self) -> Found | None:
        """What is marked."""
        return self._found[self._place] if self._found else None

    def show(self, found: Sequence[Found], marked: int = 0) -> None:
        """Show what was found, one of it marked."""
        self._found = found
        self._lines = list(_with_decks(found))
        self._mark(marked)

    @property
    def place(self) -> int:
        """Which of what was found is marked."""
        return self._place

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def action_cursor_down(self) -> None:
        """Mark the next line."""
        self._mark(self._place + 1)

    def action_cursor_up(self) -> None:
        """Mark the line before; before the first is the line to type in."""
        if self._place:
            self._mark(self._place - 1)
        else:
            self.screen.query_one("SearchLine").focus()

    def action_page_down(self) -> None:
        """Mark a line a page on."""
        self._mark(self._place + self.content_size.height - 1)

    def action_page_up(self) -> None:
        """Mark a line a page before."""
        self._mark(self._place - self.content_size.height + 1)

    def action_first(self) -> None:
        """Mark the first line."""
        self._mark(0)

    def action_last(self) -> None:
        """Mark the last line."""
        self._mark(len(self._found))

    def _mark(self, place: int) -> None:
        self._place = max(0, min(place, len(self._found) - 1))
        self._draw()
        self.screen.refresh_bindings()  # a question has a key of its own

    def _draw(self) -> None:
        width, height = self.content_size
        if height < 1:
            return
        marked = self.marked
        line = next((n for n, entry in enumerate(self._lines) if entry is marked), 0)
        above = int(line > 0 and isinstance(self._lines[line - 1], str))  # its deck's title
        self._top = max(min(self._top, line - above), line - height + 1)
        self._top = max(0, min(self._top, len(self._lines) - height))
        shown = self._lines[self._top : self._top + height]
        self.paint([_line(entry, width, marked=entry is marked) for entry in shown])


def _with_decks(found: Sequence[Found]) -> Iterator[Found | str]:
    deck = None
    for entry in found:
        if entry.match is None and entry.deck != deck:
            deck = entry.deck
            yield deck
        yield entry


def _line(entry: Found | str, width: int, *, marked: bool) -> Strip:
    if isinstance(entry, str):
        return Strip([Segment(entry, DIM)])
    style = BOLD if marked else PLAIN
    sign = f"{MARK if marked else ' ' * len(MARK)}{SIGNS[entry.standing]} "
    room = width - len(sign)
    card, match = entry.row.card, entry.match
    if match is None:
        details = (
            f"  {card.difficulty:<13} {entry.row.detail:>8}" if width >= NARROW else f"  {entry.row.detail:>8}"
        )
        return Strip([Segment(f"{sign}{fitted(card.title, room - len(details))}{details}", style)])
    if match.piece.what == "card":
        return Strip.join([Strip([Segment(sign, style)]), _snippet(match, room, style)])
    place = f"  {where(match):<{WHERE}}  " if width >= NARROW else "  "
    title = max(12, room * 3 // 10)
    before = Strip([Segment(f"{sign}{fitted(card.title, title)}{place}", style)])
    return Strip.join([before, _snippet(match, room - title - len(place), style)])


def _snippet(match: Match, width: int, style: Style) -> Strip:
    """Show what was found with what stands around it."""
    text, marks = excerpt(match, width)
    parts, start = [], 0
    for begin, end in marks:
        parts += [Segment(text[start:begin], style), Segment(text[begin:end], FOUND)]
        start = end
    strip = Strip([*parts, Segment(text[start:], style)])
    if strip.cell_length <= width:
        return strip
    return Strip.join([strip.crop(0, width - 1), Strip([Segment("…", style)])])  # some letters take two cells
