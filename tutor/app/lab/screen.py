"""The screen of the lab: its keys, what they choose from lists, and which of them do something now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tutor.app.lab import lists
from tutor.app.lab.chooser import Chooser
from tutor.app.lab.keys import KEYS
from tutor.app.lab.leaving import Leaving, lab_folder
from tutor.app.lab.turning import Turning
from tutor.lab.bench import edits
from tutor.lab.bench.state import MOST_RUNS

if TYPE_CHECKING:
    from textual.binding import BindingType


class LabPage(Turning, Leaving):
    """Shows a bench of runs, and lets the learner turn everything about them."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what does something now: while typing nothing else, while the start is moved only that."""
        if self.typing:
            return action == "put_away"
        if self.moving:
            return action in {"nudge", "settle", "type_start", "app.help", "help"}
        hidden, several = self.state.hidden is not None, len(self.state.runs) > 1
        offered = {
            "nudge": False,
            "settle": False,
            "type_start": False,
            "put_away": False,
            "guess": hidden,
            "reveal": hidden,
            "type": not hidden or parameters == (),
            "play": not hidden,
            "undo": bool(self.before),
            "switch": several,
            "remove": several,
            "add": len(self.state.runs) < MOST_RUNS,
        }
        return offered.get(action, True)

    # The runs

    def action_add(self) -> None:
        """Add a run."""
        self.attempt(edits.add)

    def action_remove(self) -> None:
        """Remove the active run."""
        self.attempt(edits.remove)

    def action_switch(self, step: int) -> None:
        """Make another run the active one."""
        self.show(edits.switch(self.state, step))

    def action_digits(self) -> None:
        """Go from surfaces to digits."""
        self.app.open_digits()

    # What is chosen from lists

    def action_choose(self, table: str) -> None:
        """Choose from a table."""

        def take(name: str, settings: str) -> None:
            self.change(edits.choose(self.state, table, lists.read(name, settings)))

        rows = lists.entries(self.state, table)
        self.app.push_screen(Chooser(f"Lab · choose the {table}", rows, lists.marked(self.state, table), take))

    def action_places(self) -> None:
        """Go to a preset, or to what was kept."""

        def take(name: str, _: str) -> None:
            self.change(lists.open_place(name, lab_folder()))

        self.app.push_screen(Chooser("Lab · go to", lists.places(lab_folder()), "", take))
