"""A page of text, to read and to copy: numbers, a table, the commands that print the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.app.page import Heading, Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.events import Resize


class TextPage(Page):
    """Shows what ``write`` makes of a number of columns."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape,q,i,y", "app.pop_screen", "back", key_display="Enter"),
        Binding("down", "scroll(1)", "scroll", key_display="↑↓", tooltip="scroll the text"),
        Binding("up", "scroll(-1)", show=False),
    ]

    def __init__(self, title: str, write: Callable[[int], str]) -> None:
        super().__init__()
        self._title = title
        self._write = write

    def body(self) -> ComposeResult:
        """Yield the text."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="prose")

    def on_mount(self) -> None:
        self.query_one(Heading).show(self._title)

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        text = Text(self._write(event.size.width - 4), no_wrap=True)
        self.query_one("#prose", Static).update(text)
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to scroll only what is longer than the screen."""
        return action != "scroll" or self.query_one("#body").max_scroll_y > 0

    def action_scroll(self, rows: int) -> None:
        """Scroll the text."""
        self.query_one("#body").scroll_relative(y=rows, animate=False)
