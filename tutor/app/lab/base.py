"""What all keys of the lab share: the state, how it is changed and undone, and one line to type into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal

from tutor.app.lab.panes import Diagrams, Pane, Plane, Scale, Words
from tutor.app.lab.prompt import Prompt
from tutor.app.page import Heading, Page
from tutor.errors import TutorError, UsageError
from tutor.lab.bench import edits
from tutor.lab.bench.wording import title
from tutor.lab.words import count, place

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tutor.lab.bench.state import LabState

MOST_UNDONE = 200


class BenchPage(Page):
    """Shows a bench of runs; its subclasses say what changes it."""

    def __init__(self, state: LabState) -> None:
        super().__init__()
        self.state = state
        self.before: list[LabState] = []
        """The states to go back to."""

    def body(self) -> ComposeResult:
        """Yield the plane beside the diagrams, the words, and the scale or what is typed in its place."""
        with Horizontal(id="figures"):
            yield Plane(id="plane")
            yield Diagrams(id="diagrams")
        yield Words(id="words")
        yield Scale(id="scale")
        yield Prompt()

    def on_mount(self) -> None:
        self.show(self.state, anew=True)

    def change(self, state: LabState) -> None:
        """Show a new state; the one before can be had back."""
        first = not self.before
        self.before = [*self.before[-MOST_UNDONE:], self.state]
        self.show(state)
        if first:
            self.refresh_bindings()

    def attempt(self, edit: Callable[[LabState], LabState]) -> None:
        """Change the state by an edit, or say why that makes no sense."""
        try:
            self.change(edit(self.state))
        except TutorError as error:
            self.app.report(error)

    def action_undo(self) -> None:
        """Take the last change back."""
        if self.before:
            self.show(self.before.pop())
            self.refresh_bindings()

    def show(self, state: LabState, *, anew: bool = False) -> None:
        """Show a state in all parts of the screen that it changes."""
        before, self.state = self.state, state
        if anew or before.ground != state.ground:
            steps = count(state.ground.steps, "step")
            self.query_one(Heading).show(title(state), f"from {place(edits.start_of(state)[:2])} · {steps}")
        if anew or len(before.runs) != len(state.runs):
            self.query_one(Words).styles.height = Words.rows(state)
        for pane in self.query(Pane):
            pane.show(state)
        if anew or _offers(before) != _offers(state):
            self.refresh_bindings()

    # Typing

    @property
    def typing(self) -> bool:
        """Whether the learner types."""
        return self.query_one(Prompt).display

    def ask(self, question: str, text: str, take: Callable[[str], None]) -> None:
        """Let the learner type, in the place of the scale."""

        def answered(given: str) -> None:
            self._typed()
            take(given)

        self.query_one(Scale).display = False
        self.query_one(Prompt).ask(question, text, answered)
        self.refresh_bindings()

    def action_put_away(self) -> None:
        """Stop typing."""
        self.query_one(Prompt).put_away()
        self._typed()

    def _typed(self) -> None:
        self.query_one(Scale).display = True
        self.refresh_bindings()


def _offers(state: LabState) -> tuple[object, ...]:
    """What of a state decides which keys do something."""
    return state.hidden is None, len(state.runs)


def number(text: str) -> float:
    """Read a number; UsageError if it is none."""
    try:
        return float(text.replace("−", "-"))
    except ValueError:
        raise UsageError(f"'{text}' is not a number, such as 0.05 or 2e-3") from None


def whole(text: str) -> int:
    """Read a whole number; UsageError if it is none."""
    value = number(text)
    if value % 1:  # nan and inf too
        raise UsageError(f"'{text}' is not a whole number")
    return int(value)


def point(text: str) -> tuple[float, ...]:
    """Read a point; UsageError if it is none."""
    return tuple(number(part) for part in text.strip("()").replace(",", " ").split())
