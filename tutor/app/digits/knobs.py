"""The list of knobs beside a figure, as many as there is room for, and what the marked one is."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from tutor.app.fitting import fitted
from tutor.app.sheet import BOLD, DIM, PLAIN, Sheet, plain

if TYPE_CHECKING:
    from tutor.app.digits.form import Form


class Knobs(Sheet):
    """Shows a form."""

    form: Form | None = None

    def show(self, form: Form) -> None:
        """Show a form."""
        self.form = form
        width, height = self.content_size
        if width and height:
            self.paint(_strips(form, width, height))

    def on_resize(self) -> None:
        if self.form:
            self.show(self.form)


def _strips(form: Form, width: int, height: int) -> list[Strip]:
    names = list(form.knobs)
    if not names:
        return plain("There is nothing to set.", style=DIM)
    about = wrap(form.knobs[form.marked_name].about, width)[: max(1, height // 3)]
    room = max(1, height - len(about) - 1)
    first = min(max(0, form.marked - room // 2), max(0, len(names) - room))
    column = max(map(len, names)) + 3
    rows = []
    for place, name in list(enumerate(names))[first : first + room]:
        sign = "▸" if place == form.marked else " "
        style = BOLD if place == form.marked else PLAIN
        changed = "*" if name in form.given else ""
        label = f"{sign} {name}".ljust(column)
        rows.append(Strip([Segment(fitted(f"{label}{form.text(name)}{changed}", width), style)]))
    hidden = len(names) - len(rows)
    more = f"{hidden} more: ↑↓" if hidden else ""
    return [*rows, *plain(more, style=DIM), *plain(*about)]
