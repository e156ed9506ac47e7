"""Every key of the screen below, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.app.page import Heading, Page
from tutor.app.prose import blank, hanging

if TYPE_CHECKING:
    from textual.app import ComposeResult

SIGNS = [
    ("!", Text("due: asked today")),
    ("●", Text("learned: it comes back on its day")),
    ("◐", Text("begun: some of its questions are still to come")),
    ("○", Text("new")),
    ("·", Text("waits until the cards that it requires are known for a week")),
    ("–", Text("left out: suspended, or buried until a later day")),
]


class HelpPage(Page):
    """Lists the keys that were active when it was opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", "more", key_display="↑↓", tooltip="scroll the keys"),
        Binding("up", "scroll(-1)", show=False),
        Binding("enter,space,escape,q,question_mark", "app.pop_screen", "back", key_display="Enter"),
    ]

    def __init__(self, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys

    def body(self) -> ComposeResult:
        """Yield the keys, and the signs of the first screen."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(hanging((key, Text(words)) for key, words in self._keys))
            yield Static(blank())
            yield Static(hanging(SIGNS))

    def on_mount(self) -> None:
        self.query_one(Heading).show("Keys", "of the screen you came from")
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to scroll only where there is more than the screen shows."""
        return action != "scroll" or self.query_one("#body").max_scroll_y > 0

    def action_scroll(self, rows: int) -> None:
        """Scroll the keys."""
        self.query_one("#body").scroll_relative(y=rows, animate=False)
