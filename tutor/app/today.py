"""The first screen: what is due, what is new, how long it takes, and how the cards stand."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.app import standing
from tutor.app.page import Heading, Page
from tutor.errors import TutorError
from tutor.study.wording import weekday

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.events import Resize

    from tutor.decks.model import Card
    from tutor.study.overview import CardStanding, Overview


LEADS: dict[str, Callable[[Overview], bool]] = {
    "ahead": lambda found: not found.to_do and found.next_day is not None,
    "practise": lambda found: not found.to_do and found.seen,
    "spread": lambda found: found.due + found.held_back > 0,
    "undo": lambda found: found.can_undo,
    "redo": lambda found: found.can_redo,
}
"""The actions that lead somewhere only on some days, and on which."""


class CardList(OptionList, inherit_bindings=False):
    """The cards by deck, one of them marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "cursor_down", "mark another card", show=False, key_display="↑↓"),
        Binding("up", "cursor_up", show=False),
    ]


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
        self._cards: dict[str, CardStanding] = {}
        self._cards_are_quick = False
        self._found: Overview | None = None

    def body(self) -> ComposeResult:
        """Yield the summary, the cards, what is known of the marked one, and the days to come."""
        yield Static(id="summary", markup=False)
        yield CardList(id="cards", markup=False)
        with VerticalScroll(id="detail", can_focus=False):
            yield Static(id="card")
        yield Static(id="coming", markup=False)

    def on_screen_resume(self) -> None:
        self.show()

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self.show()

    def show(self) -> None:
        """Read the store again, and show how the learner stands now."""
        try:
            found = self.app.overview()
        except TutorError as error:
            self.app.report(error)
            return
        self._found = found
        self._cards = {row.card.id: row for row in chain.from_iterable(rows for _, rows in found.decks)}
        self.query_one(Heading).show("Tutor", weekday(found.today))
        self.query_one("#summary", Static).update(standing.summary(found))
        self.query_one("#coming", Static).update(standing.coming(found))
        cards = self.query_one(OptionList)
        marked = cards.highlighted
        cards.clear_options()
        for title, rows in found.decks:
            cards.add_option(Option(title, disabled=True))
            cards.add_options(Option(standing.row(row, self.size.width - 4), id=row.card.id) for row in rows)
        cards.highlighted = marked if marked is not None else self._where_to_begin()

    def _where_to_begin(self) -> int | None:
        """The line of the card to mark at first: one that is due, or else the first that is open."""
        rows = self._cards.values()
        open_ = (row.card.id for sign in ("due", "reading", "new") for row in rows if row.standing == sign)
        card = next(open_, next(iter(self._cards), None))
        return self.query_one(OptionList).get_option_index(card) if card else None

    def cards_are_quick(self) -> None:
        """Learn that a card can now be read at once; before, the first frame would have had to wait for it."""
        if self.query(OptionList):  # else the learner has left meanwhile
            self._cards_are_quick = True
            self.on_option_list_option_highlighted()

    def on_option_list_option_highlighted(self) -> None:
        """Show what is known of the marked card, and how its questions stand."""
        card = self._marked() if self._cards_are_quick else None
        if card is not None:
            self.query_one("#card", Static).update(standing.detail(card, self._cards[card.id]))
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
        option = self.query_one(OptionList).highlighted_option
        self.app.open_map(self.app.overview, option.id if option else None)

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
        option = self.query_one(OptionList).highlighted_option
        if option is None or option.id is None:
            return None
        try:
            return self.app.library.card(option.id)
        except TutorError as error:
            self.app.report(error)
            return None
