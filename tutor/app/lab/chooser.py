"""A list to choose from, each entry with what it is, and the parameters of the marked one."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.app.lab.prompt import Prompt
from tutor.app.page import Heading, Page
from tutor.errors import TutorError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.events import Resize


@dataclass(frozen=True)
class Row:
    """One entry."""

    name: str
    about: str
    settings: str = ""
    """Its parameters as they are typed: those in force, or their defaults."""

    parameters: tuple[str, ...] = field(default=())
    """What each of them is, a line each."""


class Chooser(Page):
    """Gives the chosen name, and its parameters as they were typed, to ``take``; and leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "take", "take it", key_display="Enter", priority=True),
        Binding(
            "equals_sign", "type", "parameters", key_display="=", tooltip="set its parameters, then take it"
        ),
        Binding("q,escape", "app.pop_screen", "leave it", key_display="q", tooltip="leave all as it is"),
    ]

    def __init__(self, title: str, rows: Sequence[Row], current: str, take: Callable[[str, str], None]) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._current = current
        self._take = take

    def body(self) -> ComposeResult:
        """Yield the list, and what is known of the marked entry."""
        yield OptionList(id="choices", markup=False)
        yield Static(id="about", markup=False)
        yield Prompt()

    def on_mount(self) -> None:
        self.query_one(Heading).show(self._title, f"{len(self._rows)} to choose from")

    def on_resize(self, event: Resize) -> None:
        choices = self.query_one(OptionList)
        marked = choices.highlighted
        if marked is None:
            names = [row.name for row in self._rows]
            marked = names.index(self._current) if self._current in names else 0
        choices.clear_options()
        name_width = max(len(row.name) for row in self._rows) + 4
        choices.add_options(Option(self._option(row, name_width), id=row.name) for row in self._rows)
        choices.highlighted = marked
        choices.focus()

    def _option(self, row: Row, indent: int) -> Content:
        first, *more = wrap(row.about, max(20, self.size.width - indent - 3)) or [""]
        sign = "● " if row.name == self._current else "  "
        return Content("\n").join(
            [
                Content(f"{sign}{row.name:<{indent - 2}}{first}"),
                *(Content(" " * indent + line) for line in more),
            ]
        )

    @property
    def _marked(self) -> Row:
        return self._rows[self.query_one(OptionList).highlighted or 0]

    def on_option_list_option_highlighted(self) -> None:
        """Show the parameters of the marked entry."""
        row = self._marked
        lines = [f"= {row.settings}", *row.parameters] if row.parameters else [row.about]
        width = max(20, self.size.width - 4)
        text = "\n".join("\n".join(wrap(line, width, subsequent_indent="    ")) for line in lines)
        self.query_one("#about", Static).update(text)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer parameters where there are any, and nothing beside them while they are typed."""
        if self.query_one(Prompt).display:
            return action == "put_away"
        return action != "type" or bool(self._marked.parameters)

    def action_take(self) -> None:
        """Choose the marked entry."""
        row = self._marked
        self._chosen(row.settings if row.name == self._current else "")

    def action_type(self) -> None:
        """Type the parameters of the marked entry."""
        self.query_one(Prompt).ask(f"{self._marked.name}:", self._marked.settings, self._chosen)

    def action_put_away(self) -> None:
        """Stop typing."""
        self.query_one(Prompt).put_away()
        self.query_one(OptionList).focus()

    def _chosen(self, settings: str) -> None:
        try:
            self._take(self._marked.name, settings)
        except TutorError as error:
            self.query_one(OptionList).focus()
            self.app.report(error)
        else:
            self.app.pop_screen()
