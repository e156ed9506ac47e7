"""A page of text, to read and to copy: numbers, a table, the commands that print the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tutor.app.page import Heading
from tutor.app.scrolled import ScrolledPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Resize


class TextPage(ScrolledPage):
    """Shows what ``make`` writes in a number of columns."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape,q,i,y", "app.pop_screen", "back", key_display="Enter"),
    ]

    def __init__(self, title: str, make: Callable[[int], str]) -> None:
        super().__init__()
        self._title = title
        self._make = make

    def on_mount(self) -> None:
        self.query_one(Heading).show(self._title)

    def on_resize(self, event: Resize) -> None:
        self.write(Text(self._make(event.size.width - 4), no_wrap=True))
