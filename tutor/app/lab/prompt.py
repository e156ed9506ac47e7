"""One line to type into, where the scale of rates stands otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tutor.errors import TutorError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tutor.app.app import TutorApp


class Line(Input, inherit_bindings=True):
    """The text itself, with a cursor that stands still."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "take it", key_display="Enter"),
        Binding("escape", "screen.put_away", "leave it", key_display="esc"),
        Binding("up,down,tab", "ignore", show=False),
    ]

    def action_ignore(self) -> None:
        """Keep the keys of the screen below from acting while the learner types."""


class Prompt(Horizontal):
    """Asks for one line of text; what makes no sense is said, and can be mended."""

    app: TutorApp

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._take: Callable[[str], None] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the question and the line."""
        yield Static(id="asking", markup=False)
        line = Line(compact=True, select_on_focus=False)
        line.cursor_blink = False
        line.disabled = True
        yield line

    def ask(self, question: str, text: str, take: Callable[[str], None]) -> None:
        """Let the learner edit ``text``, and give what comes of it to ``take``."""
        self._take = take
        self.display = True
        self.query_one("#asking", Static).update(f"{question} ")
        line = self.query_one(Line)
        line.disabled = False
        line.value = text
        line.cursor_position = len(text)
        line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        assert self._take is not None
        take = self._take
        self.put_away()
        try:
            take(event.value.strip())
        except TutorError as error:
            self.app.report(error)

    def put_away(self) -> None:
        """Ask no more."""
        self.display = False
        line = self.query_one(Line)
        line.disabled = True
        self.screen.set_focus(None)
