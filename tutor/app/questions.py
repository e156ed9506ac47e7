"""The questions of one card, and how each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from tutor.app.fitting import fitted
from tutor.app.marked import MarkedList
from tutor.app.page import Heading, Page
from tutor.study import history
from tutor.study.standing import SIGNS, standing
from tutor.study.wording import counted

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tutor.decks.model import Card
    from tutor.memory.store import Store
    from tutor.study.standing import Standing


class QuestionsPage(Page):
    """Lists a card's questions; Enter opens the history of the marked one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space,i", "open", "history", key_display="Enter", tooltip="all that happened to the question"
        ),
        Binding("q,escape", "app.pop_screen", "back", key_display="q"),
    ]

    def __init__(self, store: Store, card: Card) -> None:
        super().__init__()
        self._store = store
        self._card = card

    def body(self) -> ComposeResult:
        """Yield the list."""
        yield MarkedList(id="events")

    def look_again(self) -> None:
        """List the questions as they stand now."""
        from tutor.decks.maths import typeset  # slow to import

        self.query_one(Heading).show(self._card.title, counted(len(self._card.questions), "question"))
        lines = []
        for question in self._card.questions:
            sign = SIGNS[self._standing(question.id)]
            text = fitted(typeset(question.text).split("\n")[0], self.size.width - 8).rstrip()
            stands = history.summary(self._store, question.id)
            lines.append(Content.assemble(f"{sign} {text}\n", (f"    {stands}", "dim")))
        shown = self.query_one(MarkedList)
        shown.fill(lines, shown.highlighted or 0)

    def _standing(self, question: str) -> Standing:
        return standing(self._store.state(question), self._store.hold(question), self._store.today())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a history only where there is a question."""
        return action != "open" or bool(self._card.questions)

    def action_open(self) -> None:
        """Show all that happened to the marked question."""
        marked = self.query_one(MarkedList).highlighted
        if marked is not None:
            self.app.open_history(self._card.questions[marked].id)
