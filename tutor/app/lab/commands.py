"""The commands that reproduce the runs, to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.app.page import Heading, Page
from tutor.lab.bench.state import LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


def folded(command: str, width: int) -> str:
    """Break a command between its words, with the backslashes that let a shell read it as one."""
    lines = [""]
    for word in command.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if len(joined) <= width - 2 or not lines[-1].strip():
            lines[-1] = joined
        else:
            lines.append(f"  {word}")
    return " \\\n".join(lines)


class CommandsPage(Page):
    """Shows a command for each run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape,q,y", "app.pop_screen", "back", key_display="Enter"),
    ]

    def __init__(self, commands: Sequence[str]) -> None:
        super().__init__()
        self._commands = commands

    def body(self) -> ComposeResult:
        """Yield the commands."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="prose")

    def on_mount(self) -> None:
        self.query_one(Heading).show("Lab · the commands that reproduce these runs")
        width = self.size.width - 4
        blocks = [
            f"# {letter}\n{folded(command, width)}"
            for letter, command in zip(LETTERS, self._commands, strict=False)
        ]
        self.query_one("#prose", Static).update(Text("\n\n".join(blocks)))
