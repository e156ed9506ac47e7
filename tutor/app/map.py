"""The map of a course: where the learner is, what is open, and what waits for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.console import Group
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.app.fitting import fitted
from tutor.app.page import Heading, Page
from tutor.app.prose import hanging
from tutor.plots.rails import rails
from tutor.study.course import courses
from tutor.study.standing import SIGNS
from tutor.study.wording import short

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.events import Resize

    from tutor.plots.rails import Rail
    from tutor.study.course import Course
    from tutor.study.overview import Overview
    from tutor.study.standing import CardStanding

SAYS = 9
"""Cells for how a card stands."""

TITLE = 24
"""Cells that a title should have, or else lines between the cards take too many."""

AROUND = 9
"""Cells between these and at the edges."""

MARKED, REQUIRED, OPENED = "▸↑↓"
"""What stands before the marked card, those that it requires, and those that require it."""


class MapPage(Page):
    """Draws a deck's cards; Enter reads the marked one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,r", "read", "read", key_display="Enter", tooltip="read the card that is marked"),
        Binding("down", "mark('cursor_down')", "mark another", key_display="↑↓", tooltip="mark another card"),
        Binding("up", "mark('cursor_up')", show=False),
        Binding("pagedown", "mark('page_down')", show=False),
        Binding("pageup", "mark('page_up')", show=False),
        Binding("home", "mark('first')", show=False),
        Binding("end", "mark('last')", show=False),
        Binding("right", "turn(1)", "deck", key_display="←→", tooltip="the map of the next deck, or the last"),
        Binding("left", "turn(-1)", show=False),
        Binding("slash", "app.find", "search", show=False, key_display="/", tooltip="search the cards"),
        Binding("q,escape,m", "app.pop_screen", "back", key_display="q"),
    ]

    AUTO_FOCUS = ""

    def __init__(self, look: Callable[[], Overview], card: str | None) -> None:
        """Mark the ``card`` on the map of its deck; ``look`` tells how the learner stands."""
        super().__init__()
        self._look = look
        self._card = card
        self._courses: Sequence[Course] = ()
        self._place = 0
        self._rails: list[Rail] = []

    def body(self) -> ComposeResult:
        """Yield the map, and what is known of the marked card."""
        cards = OptionList(id="map", markup=False)
        cards.can_focus = False
        yield cards
        yield Static(id="stop")

    def look_again(self) -> None:
        """Draw the map as things stand now."""
        self._courses = courses(self._look())
        holding = (n for n, course in enumerate(self._courses) if self._card in course.stops)
        self._place = next(holding, self._place)
        self.show()

    def on_resize(self, event: Resize) -> None:
        self.show()

    def show(self) -> None:
        """Draw the map anew."""
        cards = self.query_one(OptionList)
        cards.clear_options()
        if not self._courses:
            self.query_one(Heading).show("Map")
            return
        course = self._courses[self._place]
        total = len(course.stops)
        self.query_one(Heading).show(f"Map · {course.title}", f"{course.studied} of {total} studied")
        if self._card not in course.stops:
            self._card = course.here or next(iter(course.stops))
        self._rails = rails(course.links, self.size.width - AROUND - SAYS - TITLE)
        cards.add_options(Option(line) for line in self._lines(course))
        cards.highlighted = [*course.stops].index(str(self._card))
        self._tell(course)
        self.call_after_refresh(self.refresh_bindings)

    def _lines(self, course: Course) -> list[Content]:
        marked = course.stops[str(self._card)]
        signs = {row.card.id: OPENED for row in marked.opens}
        signs |= {row.card.id: REQUIRED for row in marked.requires}
        signs |= {str(self._card): MARKED}
        longest = max(cell_len(stop.row.card.title) for stop in course.stops.values())
        lines = []
        for (card, stop), rail in zip(course.stops.items(), self._rails, strict=True):
            drawn = f"{rail.before}{SIGNS[stop.row.standing]}{rail.after}"
            room = self.size.width - AROUND - len(drawn) - SAYS
            title = fitted(stop.row.card.title, min(room, longest))
            lines.append(Content(f"{signs.get(card, ' ')} {drawn}  {title}  {_says(stop.row):>{SAYS}}"))
        return lines

    def _tell(self, course: Course) -> None:
        """Tell what is known of the marked card."""
        stop = course.stops[str(self._card)]
        head = Text.assemble((stop.row.card.title, "bold"), f"   {SIGNS[stop.row.standing]} {_says(stop.row)}")
        around = ((f"{REQUIRED} requires", stop.requires), (f"{OPENED} opens", stop.opens))
        told = hanging((what, Text(_listed(rows))) for what, rows in around)
        self.query_one("#stop", Static).update(Group(head, told))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer another deck only where there is one, and a card only where there are any."""
        if action == "turn":
            return len(self._courses) > 1
        if action == "mark":
            return self.query_one(OptionList).option_count > 1
        return bool(self._courses) or action != "read"

    def action_mark(self, how: str) -> None:
        """Mark another card."""
        cards = self.query_one(OptionList)
        getattr(cards, f"action_{how}")()
        if cards.highlighted is None:
            return
        course = self._courses[self._place]
        before = self._lines(course)
        self._card = [*course.stops][cards.highlighted]
        for place, (old, new) in enumerate(zip(before, self._lines(course), strict=True)):
            if old.plain != new.plain:
                cards.replace_option_prompt_at_index(place, new)
        self._tell(course)

    def action_turn(self, step: int) -> None:
        """Show the map of another deck."""
        self._place = (self._place + step) % len(self._courses)
        self.show()

    def action_read(self) -> None:
        """Open the marked card."""
        self.app.browse(self.app.library.card(str(self._card)))


def _says(row: CardStanding) -> str:
    """Say in a word how a card stands."""
    words = {"new": "open", "waiting": "waits", "learned": "learned", "held": "left out"}
    return words.get(row.standing, row.detail)


def _listed(rows: Sequence[CardStanding]) -> str:
    """Name cards with their signs."""
    return "; ".join(f"{SIGNS[row.standing]} {short(row.card.title)}" for row in rows) or "nothing"
