"""A page that is nothing but a text, which scrolls where it is longer than the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.app.page import Page

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.app import ComposeResult


class ScrolledPage(Page):
    """Shows what it is told to ``write``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", "more", key_display="↑↓", tooltip="scroll the text"),
        Binding("up", "scroll(-1)", show=False),
    ]

    def body(self) -> ComposeResult:
        """Yield the text."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="prose")

    def write(self, text: RenderableType) -> None:
        """Show this text."""
        self.query_one("#prose", Static).update(text)
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to scroll only where there is more than the screen shows."""
        return action != "scroll" or self.query_one("#body").max_scroll_y > 0

    def action_scroll(self, rows: int) -> None:
        """Scroll the text."""
        self.query_one("#body").scroll_relative(y=rows, animate=False)
