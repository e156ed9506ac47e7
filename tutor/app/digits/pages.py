"""Lines of text on a screen of their own, to read and to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.app.page import Heading, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class TextPage(Page):
    """Shows lines as they are, and scrolls where there are more than fit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", "more", key_display="↑↓", tooltip="scroll"),
        Binding("up", "scroll(-1)", show=False),
        Binding("enter,space,escape,q", "app.pop_screen", "back", key_display="Enter"),
    ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def body(self) -> ComposeResult:
        """Yield the lines."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(Text("\n".join(self._lines), no_wrap=True))

    def on_mount(self) -> None:
        self.query_one(Heading).show(self._title)
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to scroll only where there is more than the screen shows."""
        return action != "scroll" or self.query_one("#body").max_scroll_y > 0

    def action_scroll(self, rows: int) -> None:
        """Scroll the lines."""
        self.query_one("#body").scroll_relative(y=rows, animate=False)
