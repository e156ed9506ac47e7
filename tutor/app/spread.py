"""A backlog, and over how many days to spread it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from rich.console import Group
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tutor.app.page import Heading, Page
from tutor.study.vacation import move_all, move_back, moves
from tutor.study.wording import counted, weekday

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

    from tutor.memory.store import Store
    from tutor.study.library import Library
    from tutor.study.spread import First

SPANS = (2, 3, 5, 7, 10, 14, 21, 30, 60)
"""The numbers of days to choose from."""

CLOSED = 8
"""Days that are named one by one."""


class SpreadPage(Page):
    """Shows what each day would bring; Enter moves the questions there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space", "spread", "spread", key_display="Enter", tooltip="move the questions to these days"
        ),
        Binding("right,up", "span(1)", "more days", key_display="→", tooltip="over more days"),
        Binding("left,down", "span(-1)", "fewer", key_display="←", tooltip="over fewer days"),
        Binding("f", "turn", "which first", tooltip="those least, or those most likely to be remembered first"),
        Binding("u", "undo", "undo", tooltip="move back what was spread last"),
        Binding("q,escape", "app.pop_screen", "back", key_display="q"),
    ]

    def __init__(self, library: Library, store: Store) -> None:
        super().__init__()
        self._library = library
        self._store = store
        self._span = SPANS.index(7)
        self._first: First = "forgotten"
        self._moves: dict[str, date] = {}

    def body(self) -> ComposeResult:
        """Yield the days."""
        yield Static(id="body")

    def on_mount(self) -> None:
        self.app.attempt(self.show)

    def show(self) -> None:
        """Reckon anew, and show the days."""
        today = self._store.today()
        days = SPANS[self._span]
        due = sum(question in self._library for question in self._store.due(today))
        self._moves = moves(self._library, self._store, days, self._first)
        loads = Counter(self._moves.values())
        loads[today] = due - len(self._moves)
        which = "least" if self._first == "forgotten" else "most"
        lines = [Text(f"{weekday(day):<16} {count:>5}") for day, count in sorted(loads.items())]
        if len(lines) > CLOSED:
            lines[CLOSED - 1 : -1] = [Text("…")]
        self.query_one(Heading).show("Spread what is due", f"over {counted(days, 'day')}")
        self.query_one("#body", Static).update(
            Group(
                Text(f"{counted(due, 'question')} due now.", "bold"),
                Text(f"Those {which} likely to be remembered come first. Each day gets, of these:"),
                Text(),
                *lines,
            )
        )
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what would change something."""
        match action:
            case "spread":
                return bool(self._moves)
            case "span":
                return 0 <= self._span + int(str(parameters[0])) < len(SPANS)
        return super().check_action(action, parameters)

    def action_spread(self) -> None:
        """Move the questions, and go back."""
        move_all(self._store, self._moves)
        self.app.pop_screen()
        self.app.notify(f"{counted(len(self._moves), 'question')} moved; v, then u, moves them back.")

    def action_span(self, step: int) -> None:
        """Spread over more days, or fewer."""
        self._span += step
        self.show()

    def action_turn(self) -> None:
        """Turn round which questions come first."""
        self._first = "retained" if self._first == "forgotten" else "forgotten"
        self.show()

    def action_undo(self) -> None:
        """Move back what was spread last."""
        count = move_back(self._store)
        self.app.notify(f"{counted(count, 'question')} moved back." if count else "Nothing was spread.")
        self.show()
