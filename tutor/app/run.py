"""An experiment on a screen of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from tutor.app.experiment import ExperimentView
from tutor.app.long import LongView, show_figure
from tutor.app.page import Heading, Page
from tutor.app.prose import prose

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tutor.decks.model import Block, Question


class RunPage(Page):
    """Shows the experiment that settles a question, as large as the terminal allows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "lab", "lab", tooltip="open the figure in the lab"),
        Binding("enter,space,r,q,escape", "app.pop_screen", "back to the question", key_display="Enter"),
    ]

    def __init__(self, question: Question, block: Block) -> None:
        super().__init__()
        self._question = question
        self._block = block

    def body(self) -> ComposeResult:
        """Yield the question and the figure."""
        yield Static(prose(self._question.text, "bold"), id="asked")
        yield ExperimentView()
        yield LongView()

    def on_mount(self) -> None:
        show_figure(self, self._block)
        turned = "← → turn η" if self.query_one(ExperimentView).display else ""
        self.query_one(Heading).show("The experiment that settles it", turned)

    def action_lab(self) -> None:
        """Open the figure in the lab, at the rate that it is turned to."""
        self.app.take_to_lab(self._block, self.query_one(ExperimentView).rate)
