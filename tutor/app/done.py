"""The end of the routine: what was learned, and when each question comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tutor.app.page import Heading, StepPage
from tutor.app.prose import blank, hanging, prose
from tutor.memory.model import Rating
from tutor.study.session import Session
from tutor.study.steps import Finished
from tutor.study.wording import RATINGS, comes_back, counted, left

if TYPE_CHECKING:
    from rich.console import RenderableType


class DonePage(StepPage[Finished]):
    """Sums up the session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("enter,space", "finish", "today", key_display="Enter", tooltip="back to the first screen"),
        Binding("c", "go_on", "go on", tooltip="go on although the time is up"),
        Binding("u", "app.undo", "undo", tooltip="take back the last answer, also one of an earlier day"),
        Binding("U", "app.redo", "redo", show=False, tooltip="give the answer again that was taken back"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go on only where something is left."""
        return self.step.left > 0 if action == "go_on" else super().check_action(action, parameters)

    def head(self, heading: Heading) -> None:
        """Say that nothing is left."""
        heading.show("Done for now", counted(len(self.step.results), "question"))

    def lines(self) -> list[RenderableType]:
        """Return each question with its rating and the day it comes back."""
        step = self.step
        if not step.results:
            return [Text("Nothing is left to ask. The next days are on the first screen.")]
        rows = []
        for result in step.results:
            rating = result.state.rating
            back = f"\n{RATINGS[rating]} → back {comes_back(result.state.due, step.today)}"
            sign = "●" if rating is not Rating.AGAIN else "!"
            rows.append((sign, Text.assemble(prose(result.question.text), (back, "bold"))))
        passed = sum(result.state.rating is not Rating.AGAIN for result in step.results)
        known = Text(f"You know {passed} of {counted(len(step.results), 'question')}.")
        return [known, *([Text(left(step))] if step.left else []), blank(), hanging(rows)]

    def action_go_on(self) -> None:
        """Go on with what is left."""
        self.app.act(Session.go_on)

    def action_finish(self) -> None:
        """Go back to the first screen."""
        self.app.action_leave()
