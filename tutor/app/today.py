"""The first screen: what is due, what is new, how long it takes, and how the cards stand."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from rich.console import Group
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.app.fitting import fitted
from tutor.app.page import Heading, Page
from tutor.errors import TutorError
from tutor.plots.bars import bars
from tutor.study.overview import SIGNS, CardStanding, Overview
from tutor.study.wording import counted, facts, weekday

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.app import ComposeResult
    from textual.events import Resize

    from tutor.decks.model import Card


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
        Binding("l", "app.lab", "lab", tooltip="open the lab, to run and turn descents yourself"),
        Binding("pagedown", "scroll(1)", "more", key_display="PgDn", tooltip="scroll the card; PgUp goes back"),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("q", "app.quit", "quit", tooltip="quit; everything is kept"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._cards: dict[str, CardStanding] = {}
        self._cards_are_quick = False

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
        self._cards = {row.card.id: row for row in chain.from_iterable(rows for _, rows in found.decks)}
        self.query_one(Heading).show("Tutor", weekday(found.today))
        self.query_one("#summary", Static).update(_summary(found))
        self.query_one("#coming", Static).update(_coming(found))
        cards = self.query_one(OptionList)
        marked = cards.highlighted
        cards.clear_options()
        for title, rows in found.decks:
            cards.add_option(Option(title, disabled=True))
            cards.add_options(Option(_row(row, self.size.width - 4), id=row.card.id) for row in rows)
        cards.highlighted = marked if marked is not None else 1 if self._cards else None

    def cards_are_quick(self) -> None:
        """Learn that a card can now be read at once; before, the first frame would have had to wait for it."""
        if self.query(OptionList):  # else the learner has left meanwhile
            self._cards_are_quick = True
            self.on_option_list_option_highlighted()

    def on_option_list_option_highlighted(self) -> None:
        """Show what is known of the marked card, and how its questions stand."""
        card = self._marked() if self._cards_are_quick else None
        if card is not None:
            self.query_one("#card", Static).update(_detail(card, self._cards[card.id]))
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to scroll only where more is known of the card than there is room for."""
        return action != "scroll" or self.query_one("#detail").max_scroll_y > 0

    def action_scroll(self, pages: int) -> None:
        """Scroll what is known of the card."""
        detail = self.query_one("#detail")
        detail.scroll_relative(y=pages * (detail.size.height - 1), animate=False)

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


def _summary(found: Overview) -> Content:
    if found.due + found.new:
        minutes = f" · about {counted(found.minutes, 'minute')}"
        return Content.assemble((f"{found.due} due · {found.new} new", "bold"), minutes)
    ahead = next((day for day, count in found.coming if count), None)
    return Content(f"Nothing to do today. {f'The next questions come on {weekday(ahead)}.' if ahead else ''}")


def _coming(found: Overview) -> Content:
    marks = bars(count for _, count in found.coming)
    days = (
        " ".join(filter(None, (f"{day:%a}", str(count or ""), mark)))
        for (day, count), mark in zip(found.coming, marks, strict=True)
    )
    return Content("The next days   " + "   ".join(days))


def _row(row: CardStanding, width: int) -> Content:
    """One card on one line: its state, title, difficulty, how it stands, and the chance to remember it."""
    recall = f"{row.recall:.0%}" if row.recall is not None else ""
    details = f"  {row.card.difficulty:<13} {row.detail:>8} {recall:>5}"
    return Content(f"{SIGNS[row.standing]} {fitted(row.card.title, width - len(details) - 2)}{details}")


def _detail(card: Card, row: CardStanding) -> RenderableType:
    from tutor.app.prose import blank, hanging, prose  # knows how to set maths, which is slow to import

    tasks = zip(card.questions, row.questions, strict=False)
    signs = hanging((SIGNS[standing], prose(question.text)) for question, standing in tasks)
    return Group(*(Text(fact) for fact in facts(card)), blank(), signs)
