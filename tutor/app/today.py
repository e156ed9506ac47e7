"""The first screen: what is due, what is new, how long it takes, and how the cards stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.app import standing
from tutor.app.card_list import CardList
from tutor.app.page import Heading, Page
from tutor.errors import TutorError
from tutor.study.wording import weekday

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tutor.decks.model import Card
    from tutor.study.overview import Overview


LEADS: dict[str, Callable[[Overview], bool]] = {
    "ahead": lambda found: not found.to_do and found.next_day is not None,
    "practise": lambda found: not found.to_do and found.seen,
    "spread": lambda found: found.due + found.held_back > 0,
    "undo": lambda found: found.can_undo,
    "redo": lambda found: found.can_redo,
}
"""The actions that lead somewhere only on some days, and on which."""


class Today(Page):
    """Shows the overview; Enter starts the routine."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space",
            "app.study",
            "start",
            key_display="Enter",
            tooltip="start today's routine",
        ),
        Binding("r", "read", "read", tooltip="read the card that is marked"),
        Binding("m", "map", "map", tooltip="the map of the course: what is open, and what waits for what"),
        Binding(
            "i",
            "questions",
            "questions",
            show=False,
            tooltip="the questions of the card that is marked, and their history",
        ),
        Binding("a", "ahead", "ahead", tooltip="ask what comes due next already; FSRS counts it as early"),
        Binding("p", "practise", "practice", tooltip="practise what you have seen; no schedule is changed"),
        Binding("v", "spread", "spread", show=False, tooltip="spread what is due over several days"),
        Binding("u", "undo", "undo", show=False, tooltip="take back the last answer of all"),
        Binding("U", "redo", "redo", show=False, tooltip="give the answer again that was taken back"),
        Binding("l", "app.lab", "lab", tooltip="open the lab, to run and turn descents yourself"),
        Binding("slash", "app.find", "search", key_display="/", tooltip="search the cards, or browse them"),
        Binding("s", "app.statistics", "statistics", tooltip="see how it goes: what you did, keep and forget"),
        Binding("pagedown", "scroll(1)", "more", key_display="PgDn", tooltip="scroll the card; PgUp goes back"),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("q", "app.quit", "quit", tooltip="quit; everything is kept"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._cards_are_quick = False
        self._found: Overview | None = None

    def body(self) -> ComposeResult:
        """Yield the summary, the cards, what is known of the marked one, and the days to come."""
        yield Static(id="summary", markup=False)
        yield CardList(id="cards")
        with VerticalScroll(id="detail", can_focus=False):
            yield Static(id="card")
        yield Static(id="coming", markup=False)

    def look_again(self) -> None:
        """Read the store again, and show how the learner stands now."""
        self._found = found = self.app.overview()
        self.query_one(Heading).show("Tutor", weekday(found.today))
        self.query_one("#summary", Static).update(standing.summary(found))
        self.query_one("#coming", Static).update(standing.coming(found))
        cards = self.query_one(CardList)
        cards.fill(found.decks, cards.marked.card.id if cards.marked else found.begin)

    def cards_are_quick(self) -> None:
        """Learn that a card can now be read at once; before, the first frame would have had to wait for it."""
        if self.query(CardList):  # else the learner has left meanwhile
            self._cards_are_quick = True
            self.on_card_list_marked()

    def on_card_list_marked(self) -> None:
        """Show what is known of the marked card, and how its questions stand."""
        row = self.query_one(CardList).marked
        card = self._marked() if self._cards_are_quick else None
        if row is not None and card is not None:
            self.query_one("#card", Static).update(standing.detail(card, row))
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what leads somewhere."""
        if action == "scroll":
            return self.query_one("#detail").max_scroll_y > 0
        return action not in LEADS or (self._found is not None and LEADS[action](self._found))

    def action_scroll(self, pages: int) -> None:
        """Scroll what is known of the card."""
        detail = self.query_one("#detail")
        detail.scroll_relative(y=pages * (detail.size.height - 1), animate=False)

    def action_questions(self) -> None:
        """List the marked card's questions."""
        card = self._marked()
        if card is not None:
            self.app.open_questions(card)

    def action_map(self) -> None:
        """Open the map of the course, at the card that is marked."""
        row = self.query_one(CardList).marked
        self.app.open_map(row.card.id if row else None)

    def action_ahead(self) -> None:
        """Ask what comes due on the next day that has anything."""
        if self._found and self._found.next_day:
            self.app.action_ahead((self._found.next_day - self._found.today).days)

    def action_practise(self) -> None:
        """Ask all questions seen."""
        self.app.action_practise()

    def action_undo(self) -> None:
        """Take back the last answer of all, and ask its question again."""
        self.app.action_study()
        self.app.action_undo()

    def action_redo(self) -> None:
        """Give the answer again that was taken back."""
        self.app.action_study()
        self.app.action_redo()

    def action_spread(self) -> None:
        """Offer to spread what is due."""
        self.app.open_spread()

    def action_read(self) -> None:
        """Open the marked card."""
        card = self._marked()
        if card is not None:
            self.app.browse(card)

    def _marked(self) -> Card | None:
        """The marked card; None if there is none that can be read."""
        row = self.query_one(CardList).marked
        if row is None:
            return None
        try:
            return self.app.library.card(row.card.id)
        except TutorError as error:
            self.app.report(error)
            return None
