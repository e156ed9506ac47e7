"""What is wrong with the card that is previewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tutor.app.page import Heading
from tutor.app.prose import hanging
from tutor.app.scrolled import ScrolledPage
from tutor.decks.clean import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.decks.lint import Finding

SIGNS = {"error": "✗", "warning": "!"}


class ProblemsPage(ScrolledPage):
    """Lists findings, with the line of each; the owner shows others when the file is saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape,q", "app.leave", "back", key_display="Enter"),
    ]

    def __init__(self, file: str, findings: Sequence[Finding], note: str) -> None:
        """``note`` says what comes of them."""
        super().__init__()
        self._file = file
        self._findings = findings
        self._note = note

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
        self.write(hanging(rows))
