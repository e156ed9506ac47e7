"""The whole history of one question, with what can be changed of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.console import Group
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tutor.app.marked import MarkedList
from tutor.app.page import Heading, Page
from tutor.errors import UsageError
from tutor.memory.model import Rating
from tutor.study import history
from tutor.study.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tutor.decks.model import Card, Question
    from tutor.memory.store import Store


class HistoryPage(Page):
    """Lists what happened to a question; each line can be taken back, each answer rated anew."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space,q,escape,i", "back", "back", key_display="Enter", tooltip="back to where you were"
        ),
        *(
            Binding(
                str(int(rating)),
                f"rate({int(rating)})",
                "rating" if rating is Rating.AGAIN else "",
                tooltip="let the marked answer count as Again, Hard, Good or Easy",
            )
            for rating in Rating
        ),
        Binding("x", "take_back", "take back", tooltip="take the marked line back, or let it hold again"),
        Binding("s", "suspend", "suspend", tooltip="leave the question out, or resume it"),
        Binding("b", "bury", "bury", tooltip="leave the question out until tomorrow"),
        Binding("z", "reset", "reset", tooltip="let the question begin anew, as if it had never been asked"),
        Binding("u", "undo", "undo", tooltip="undo what you changed here last"),
    ]

    def __init__(self, store: Store, card: Card, question: Question) -> None:
        super().__init__()
        self._store = store
        self._card = card
        self._question = question
        self._events: list[history.Event] = []
        self._held = False
        self._undo: list[Callable[[], object]] = []

    def body(self) -> ComposeResult:
        """Yield the question, how it stands, and what happened to it."""
        yield Static(id="about-question")
        yield MarkedList(id="events")

    def on_mount(self) -> None:
        self.app.attempt(self.show)

    def show(self) -> None:
        """Read the store again."""
        from tutor.app.prose import blank, prose  # knows how to set maths, which is slow to import

        question = self._question.id
        self._events = history.events(self._store, question)
        self._held = self._store.hold(question).holds(self._store.today())
        self.query_one(Heading).show(self._card.title, counted(sum(map(_counts, self._events)), "answer"))
        stands = Text(history.summary(self._store, question))
        self.query_one("#about-question", Static).update(
            Group(prose(self._question.text, "bold"), stands, blank())
        )
        shown = self.query_one(MarkedList)
        last = len(self._events) - 1
        shown.fill(
            [_line(event) for event in self._events], last if shown.highlighted is None else shown.highlighted
        )
        self.call_after_refresh(self.refresh_bindings)

    def on_option_list_option_highlighted(self) -> None:
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the marked line allows."""
        match action:
            case "rate":
                return bool(self._marked and self._marked.review and self._marked.holds)
            case "take_back":
                return self._marked is not None
            case "undo":
                return bool(self._undo)
            case "reset":
                return any(map(_counts, self._events))
        return super().check_action(action, parameters)

    def describe(self, binding: Binding) -> tuple[str, str]:
        """Name the ratings' keys together, and what the marked line and the question allow."""
        if binding.action == "rate(1)":
            return "1–4", binding.description
        if binding.action == "take_back" and self._marked and not self._marked.holds:
            return "x", "give again"
        if binding.action == "suspend" and self._held:
            return "s", "resume"
        return super().describe(binding)

    @property
    def _marked(self) -> history.Event | None:
        place = self.query_one(MarkedList).highlighted
        return self._events[place] if place is not None and place < len(self._events) else None

    def action_rate(self, rating: int) -> None:
        """Let the marked answer count as this rating."""
        event = self._the_marked()
        review = self._store.review(event.id)
        assert review is not None
        history.rate(self._store, event, Rating(rating))
        self._changed(partial(history.rate, self._store, event, review.rating))

    def action_take_back(self) -> None:
        """Take the marked line back, or let it hold again."""
        event = self._the_marked()
        history.toggle(self._store, event)
        self._changed(lambda: history.toggle(self._store, event))

    def action_suspend(self) -> None:
        """Suspend or resume the question."""
        self._changed(partial(self._store.revoke, history.suspend(self._store, self._question.id)))

    def action_bury(self) -> None:
        """Leave the question out until tomorrow."""
        self._changed(partial(self._store.revoke, history.bury(self._store, self._question.id)))

    def action_reset(self) -> None:
        """Let the question begin anew."""
        self._changed(partial(self._store.revoke, history.reset(self._store, self._question.id)))

    def action_undo(self) -> None:
        """Undo the last change made here."""
        self._undo.pop()()
        self.show()

    def action_back(self) -> None:
        """Go back, where what was changed is taken in."""
        self.app.pop_screen()
        self.app.take_in()

    def _the_marked(self) -> history.Event:
        if self._marked is None:
            raise UsageError("nothing has happened to this question yet")
        return self._marked

    def _changed(self, undo: Callable[[], object]) -> None:
        self._undo.append(undo)
        self.show()


def _counts(event: history.Event) -> bool:
    return event.review and event.holds


def _line(event: history.Event) -> Content:
    """One event on one line; one that was taken back says so, and is struck through."""
    line = f"{event.day.isoformat()}  {event.what:<9}  {event.details}"
    if event.holds:
        return Content(line)
    return Content.assemble((line, "strike dim"), "  taken back")
