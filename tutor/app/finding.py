"""The search: a line to type in, and below it what is found, as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from tutor.app.fitting import fitted
from tutor.app.found import FoundList
from tutor.app.lab.prompt import Line
from tutor.app.page import Heading, Page
from tutor.app.searching import AllRead, Answered, CardsRead, Searching
from tutor.errors import TutorError
from tutor.study.finding import MOST, line_of
from tutor.study.query import FILTERS, choices, parse
from tutor.study.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tutor.memory.store import Store
    from tutor.study.library import Library
    from tutor.study.overview import Overview
    from tutor.study.query import Choice

HELP = f'{" ".join(f"{name}:" for name in FILTERS)}   "a phrase"'

NOTHING = "Nothing is found. The last word may be only begun; each has to be there."


class SearchLine(Line):
    """The line to type in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.open", "open", key_display="Enter"),
        Binding("down", "screen.results", "results", key_display="↓"),
        Binding("tab", "screen.complete", "complete", key_display="Tab"),
        Binding("escape", "app.pop_screen", "back", key_display="esc"),
        Binding("up", "ignore", show=False),
    ]


class FindPage(Page):
    """Searches the decks; without words it lists their cards."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "open", "open", key_display="Enter", tooltip="open the card it comes from"),
        Binding("i", "history", "history", tooltip="all that happened to the question that is marked"),
        Binding("E", "edit", "edit", tooltip="edit the card's file at this line, in your $EDITOR"),
        Binding("slash", "type", "type", key_display="/", tooltip="go back to the line, to type on"),
        Binding("q,escape", "app.pop_screen", "back", key_display="q"),
    ]
    AUTO_FOCUS = "SearchLine"

    def __init__(self, library: Library, store: Store, look: Callable[[], Overview]) -> None:
        """``look`` sums up how the learner stands now."""
        super().__init__()
        self._library = library
        self._store = store
        self._look = look
        self._searching = Searching(self)
        self._answered = Answered("", ())
        self._reading = ""
        self._open_first = False

    def body(self) -> ComposeResult:
        """Yield the line, what can be typed, and what is found."""
        with Horizontal(id="searched"):
            yield Static("/ ", id="asking")
            line = SearchLine(compact=True, select_on_focus=False)
            line.cursor_blink = False
            yield line
        yield Static(id="typed", markup=False)
        yield FoundList()

    def look_again(self) -> None:
        """See how things stand now, and which cards have changed."""
        self._searching.begin(self._library.summaries(), self._look(), self._store)
        self._searching.ask(self._line.value)

    def on_unmount(self) -> None:
        self._searching.leave()

    def on_cards_read(self, message: CardsRead) -> None:
        self._reading = f"Reading the cards: {message.done:,} of {message.total:,}"
        self._searching.ask(self._line.value)
        self._tell()

    def on_all_read(self, message: AllRead) -> None:
        self._reading = ""
        if message.trouble:
            self.app.report(TutorError(message.trouble))
        self._searching.ask(self._line.value)
        self._tell()

    async def on_answered(self, message: Answered) -> None:
        if message.line == self._line.value:  # else the next answer is on its way
            again = message.line == self._answered.line
            self._answered = message
            found = self.query_one(FoundList)
            found.show(message.found, found.place if again else 0)
            self._tell()
            if self._open_first:
                self._open_first = False
                await self.app.run_action("open", self)

    def on_input_changed(self) -> None:
        self._searching.ask(self._line.value)
        self._tell()

    def _tell(self) -> None:
        """Say how much was found, and what can be typed."""
        answered = self._answered
        number, words = len(answered.found), parse(answered.line).terms
        most = "the best " if number == MOST and words else ""
        self.query_one(Heading).show("Search", most + counted(number, "place" if words else "card"))
        values = " · ".join(choice.value for choice in self._choices())
        typed = self._reading or answered.problem or values or (HELP if number or not words else NOTHING)
        self.query_one("#typed", Static).update(Content.styled(fitted(typed, self.size.width - 6), "dim"))
        self.refresh_bindings()

    @property
    def _line(self) -> SearchLine:
        return self.query_one(SearchLine)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what leads somewhere."""
        match action:
            case "complete":
                return bool(self._choices())
            case "open" if self._is_ahead:
                return True
            case "open" | "edit" | "results":
                return bool(self._answered.found)
            case "history":
                return self._question is not None
            case "type":
                return not self._line.has_focus
        return True

    def _choices(self) -> list[Choice]:
        finder = self._searching.finder
        return choices(self._line.value, finder.values) if finder else []

    def action_complete(self) -> None:
        """Write the filter out that is begun."""
        self._line.value = self._choices()[0].line
        self._line.cursor_position = len(self._line.value)

    def action_results(self) -> None:
        """Go down to what was found."""
        self.query_one(FoundList).focus()

    def action_type(self) -> None:
        """Go back up to the line."""
        self._line.focus()

    @property
    def _is_ahead(self) -> bool:
        """Whether the learner has typed on since what is shown was found."""
        return self._answered.line != self._line.value

    def action_open(self) -> None:
        """Open the card at what is marked, or where the question comes from, once it is found."""
        self._open_first = self._is_ahead
        found = self.query_one(FoundList).marked
        if not self._open_first and found is not None:
            card, match = self._library.card(found.row.card.id), found.match
            self.app.browse(card, match.paragraph if match and match.number else None)

    @property
    def _question(self) -> str | None:
        """The question that is marked; None if that is no question."""
        found = self.query_one(FoundList).marked
        return found.match.question if found and found.match else None

    def action_history(self) -> None:
        """Show all that happened to the question that is marked."""
        assert self._question is not None
        self.app.open_history(self._question)

    def action_edit(self) -> None:
        """Edit the card's file where what is marked stands."""
        found = self.query_one(FoundList).marked
        assert found is not None
        self.app.edit(found.row.card.path, line_of(found))
        self.look_again()
