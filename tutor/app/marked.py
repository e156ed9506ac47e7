"""A list of lines, one of which is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

MARK = "▸ "


class MarkedList(OptionList, inherit_bindings=False):
    """Shows lines, the marked one by a sign, since not every terminal shows it otherwise."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "cursor_down", "mark another line", show=False, key_display="↑↓"),
        Binding("up", "cursor_up", show=False),
    ]

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._rows: Sequence[Content] = ()
        self._shown: int | None = None

    def fill(self, lines: Sequence[Content], marked: int | None) -> None:
        """Show these lines, with one of them marked."""
        self.clear_options()
        self._rows, self._shown = lines, None
        self.add_options(Option(_line(line, marked=False)) for line in lines)
        self.highlighted = min(marked, len(lines) - 1) if marked is not None and lines else None

    def on_option_list_option_highlighted(self) -> None:
        """Move the sign."""
        for place, marked in ((self._shown, False), (self.highlighted, True)):
            if place is not None and place < len(self._rows):
                self.replace_option_prompt_at_index(place, _line(self._rows[place], marked=marked))
        self._shown = self.highlighted


def _line(line: Content, *, marked: bool) -> Content:
    return Content.assemble(MARK if marked else " " * len(MARK), line)
