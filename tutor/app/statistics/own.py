"""Your own forgetting: a curve of two parameters fitted to the learner's log by the lab's optimizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from tutor.app.experiment import ExperimentView
from tutor.app.page import Heading, Page
from tutor.app.statistics.exhibit import counted

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tutor.memory.statistics.summary import Statistics


class OwnForgetting(Page):
    """Lets the learner descend the log loss of the own log, at any rate."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "method(1)", "method", tooltip="fit by the next optimizer"),
        Binding("q,escape,enter", "app.pop_screen", "back", key_display="q", tooltip="back to the statistics"),
    ]

    def __init__(self, found: Statistics) -> None:
        super().__init__()
        self._found = found
        self._method = 0

    def body(self) -> ComposeResult:
        """Yield what it is, and the experiment."""
        yield Static(id="asked", markup=False)
        yield ExperimentView()

    def on_mount(self) -> None:
        self._show()
        self.query_one(ExperimentView).focus()

    def action_method(self, step: int) -> None:
        """Take another optimizer."""
        self._method += step
        self._show()

    def _show(self) -> None:
        from tutor.app.statistics.descent import own_forgetting
        from tutor.lab.forgetting import METHODS

        method = list(METHODS)[self._method % len(METHODS)]
        experiment, answers = own_forgetting(self._found, method)
        self.query_one(Heading).show("Your own forgetting", f"{method} · {counted(answers, 'answer')}")
        self.query_one("#asked", Static).update(
            "How badly a forgetting curve fits your own answers. Across: ln of the time, in "
            "stabilities, until nine in ten are left; up: ln of the decay."
        )
        self.query_one(ExperimentView).show(experiment)
