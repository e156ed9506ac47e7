"""What there is around a card: approvals, sources and videos to follow, other cards to go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.console import Group
from rich.padding import Padding
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tutor.app.fitting import fitted
from tutor.app.marked import MarkedList
from tutor.app.page import Heading, Page
from tutor.app.prose import linked
from tutor.study.around import known, sections

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.app import ComposeResult

    from tutor.decks.model import Card
    from tutor.study.around import Section
    from tutor.study.library import Library


class AboutPage(Page):
    """Tells of a card; Enter goes to the card that is marked in the list at the bottom."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,r", "read", "read", key_display="Enter", tooltip="read the card that is marked"),
        Binding("pagedown", "scroll(1)", "more", key_display="PgDn", tooltip="scroll the text; PgUp goes back"),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("q,escape,c", "app.pop_screen", "back", key_display="q"),
    ]

    def __init__(self, card: Card, library: Library) -> None:
        super().__init__()
        self._card = card
        self._library = library
        self._cards = known(dict.fromkeys((*card.requires, *card.related)), library)

    def body(self) -> ComposeResult:
        """Yield what is known of the card, and the cards around it."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="prose")
        yield MarkedList(id="around")

    def on_mount(self) -> None:
        self.query_one(Heading).show(self._card.title, "about this card")
        text = [line for section in sections(self._card, self._library) for line in _lines(section)]
        self.query_one("#prose", Static).update(Group(*text))
        cards = self.query_one(MarkedList)
        cards.display = bool(self._cards)
        cards.fill([Content(fitted(f"Go to: {card.title}", self.size.width - 6)) for card in self._cards], 0)
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go only where there is a card, and to scroll only what is longer than its window."""
        if action == "scroll":
            return self.query_one("#body").max_scroll_y > 0
        return action != "read" or bool(self._cards)

    def action_scroll(self, pages: int) -> None:
        """Scroll the text."""
        body = self.query_one("#body")
        body.scroll_relative(y=pages * (body.size.height - 1), animate=False)

    def action_read(self) -> None:
        """Go to the marked card."""
        place = self.query_one(MarkedList).highlighted
        if place is not None:
            self.app.browse(self._library.card(self._cards[place].id))


def _lines(section: Section) -> list[RenderableType]:
    """One section as text, each address on a line of its own, whole."""
    lines: list[RenderableType] = [Text(section.title, "bold")]
    for entry in section.entries:
        lines.append(Text(f"  {entry.text}"))
        if entry.link:
            lines.append(Padding(linked(entry.link), (0, 0, 0, 2)))
    return [*lines, Text()]
