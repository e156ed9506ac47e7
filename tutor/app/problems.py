"""What is wrong with the card that is previewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.app.page import Heading, Page
from tutor.app.prose import hanging
from tutor.decks.clean import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from tutor.decks.lint import Finding

SIGNS = {"error": "✗", "warning": "!"}


class ProblemsPage(Page):
    """Lists findings, with the line of each; the owner shows others when the file is saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", "more", key_display="↑↓", tooltip="scroll the list"),
        Binding("up", "scroll(-1)", show=False),
        Binding("enter,space,escape,q", "app.leave", "back", key_display="Enter"),
    ]

    def __init__(self, file: str, findings: Sequence[Finding], note: str) -> None:
        """``note`` says what comes of them."""
        super().__init__()
        self._file = file
        self._findings = findings
        self._note = note

    def body(self) -> ComposeResult:
        """Yield the list."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="prose")

    def on_mount(self) -> None:
        self.show(self._findings, self._note)

    def show(self, findings: Sequence[Finding], note: str) -> None:
        """Show these findings."""
        self.query_one(Heading).show(one_line(self._file), note)
        rows = [
            (
                f"{SIGNS[finding.level]} {finding.line}:{finding.column}",
                Text(one_line(f"{finding.message} [{finding.rule}]")),
            )
            for finding in findings
        ]
        self.query_one("#prose", Static).update(hanging(rows))
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to scroll only where there is more than the screen shows."""
        return action != "scroll" or self.query_one("#body").max_scroll_y > 0

    def action_scroll(self, rows: int) -> None:
        """Scroll the list."""
        self.query_one("#body").scroll_relative(y=rows, animate=False)
