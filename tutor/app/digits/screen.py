"""The digits side of the lab: what there is to run, a line each."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tutor.app.digits.bench import DigitsBench
from tutor.app.digits.form import Form
from tutor.app.digits.look import Digit, LookPage
from tutor.app.page import Heading, Page
from tutor.optim.data import CLASSES, load
from tutor.plots.figure import Picture

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Resize

    from tutor.app.digits.form import Table
    from tutor.optim.data import Images

DATA = "digits"
"""The images that come with the program."""

TAKEN = 11
"""Rows of the heading, the keys, and the images, which stand below the list where there is room for all."""


class Experiments(OptionList, inherit_bindings=False):
    """The experiments, one of them marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "cursor_down", "mark another experiment", show=False, key_display="↑↓"),
        Binding("up", "cursor_up", show=False),
    ]


class DigitsPage(Page):
    """Lists the experiments on digits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "take", "open it", key_display="Enter", priority=True),
        Binding("v", "look", "look at digits", tooltip="look at the digits, one by one"),
        Binding("d", "surfaces", "surfaces", tooltip="back to the lab's surfaces"),
        Binding("q,escape", "app.leave", "leave", key_display="q", tooltip="back to where you came from"),
    ]

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def body(self) -> ComposeResult:
        """Yield the list, and one image of each digit below."""
        yield Experiments(id="choices", markup=False)
        yield Digit(id="digits")

    def on_mount(self) -> None:
        self.query_one(Heading).show("Lab · handwritten digits", f"{len(self._table)} experiments")
        self.query_one(Digit).show(row_of_digits(load(DATA)))

    def on_resize(self, event: Resize) -> None:
        choices = self.query_one(OptionList)
        marked = choices.highlighted or 0
        choices.clear_options()
        indent = max(map(len, self._table)) + 4
        rows = [_row(name, entry.about, indent, event.size.width) for name, entry in self._table.items()]
        choices.add_options(Option(Content("\n".join(row))) for row in rows)
        self.query_one(Digit).display = sum(map(len, rows)) + TAKEN <= event.size.height
        choices.highlighted = marked
        choices.focus()

    def action_take(self) -> None:
        """Open the marked experiment."""
        name = list(self._table)[self.query_one(OptionList).highlighted or 0]
        self.app.push_screen(DigitsBench(Form(self._table, name)))

    def action_surfaces(self) -> None:
        """Go back to where the lab was."""
        self.app.pop_screen()

    def action_look(self) -> None:
        """Look at the images."""
        self.app.push_screen(LookPage(DATA))


def _row(name: str, about: str, indent: int, width: int) -> list[str]:
    first, *more = wrap(about, max(20, width - indent - 3)) or [""]
    return [f"  {name:<{indent - 2}}{first}", *(" " * indent + line for line in more)]


def row_of_digits(images: Images) -> Picture:
    """The first image of each digit, side by side."""
    places = [int(np.argmax(images.labels == digit)) for digit in range(CLASSES)]
    return Picture(np.concatenate([images.picture(place)[:, 1:] for place in places], axis=1))
