"""The statistics on the screen: a page for each thing to see, one after another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from tutor.app.page import Heading, Page
from tutor.app.statistics.pages import PAGES
from tutor.app.statistics.view import ExhibitView
from tutor.errors import TutorError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tutor.app.statistics.exhibit import Exhibit
    from tutor.memory.statistics.summary import Statistics

NAMES = list(PAGES)


class StatisticsPage(Page):
    """Shows the statistics, which are computed beside the screen; long logs take a second."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,tab,enter,space", "turn(1)", "next page", key_display="→", tooltip="the next page; also Tab"
        ),
        Binding("left,shift+tab", "turn(-1)", "the one before", key_display="←", tooltip="the page before"),
        Binding("down", "choose(1)", "another question", key_display="↑↓", tooltip="another question"),
        Binding("up", "choose(-1)", show=False),
        Binding("pagedown,down", "scroll(1)", "more", key_display="↑↓", tooltip="scroll the table"),
        Binding("pageup,up", "scroll(-1)", show=False),
        Binding("f", "fit", "fit it yourself", tooltip="fit a curve to your own forgetting by descent"),
        Binding("q,escape", "app.leave", "leave", key_display="q", tooltip="back to the first screen"),
    ]

    def __init__(self, compute: Callable[[], Statistics]) -> None:
        super().__init__()
        self._compute = compute
        self._found: Statistics | None = None
        self._page = self._question = 0
        self._made: dict[tuple[int, int], Exhibit] = {}

    def body(self) -> ComposeResult:
        """Yield the exhibit, and a word for the time until there is one."""
        yield Static("Reading your log …", id="waiting")
        yield ExhibitView(id="exhibit")

    def on_mount(self) -> None:
        self.query_one(Heading).show("Statistics", _progress(0))
        self.run_worker(self._read, thread=True)

    def _read(self) -> None:
        try:
            found = self._compute()
        except TutorError as error:
            self.app.call_from_thread(self._give_up, error)
            return
        self._found = found
        self._make(0, 0)

    def _give_up(self, error: TutorError) -> None:
        """Tell why there is nothing to show."""
        self.app.report(error)
        if self.is_attached:
            self.query_one("#waiting", Static).update("Your log could not be read.")

    def _make(self, page: int, question: int) -> None:
        """Make an exhibit, in a thread of its own, and show it."""
        if self._found is not None:
            exhibit = PAGES[NAMES[page]](self._found, question)
            self._made[page, question] = exhibit
            self.app.call_from_thread(self._show)

    def _show(self) -> None:
        """Show the current page, once it is made."""
        exhibit = self._made.get((self._page, self._question if self._on("question") else 0))
        if exhibit is None or not self.is_attached:
            return
        self.query_one("#waiting").display = False
        self.query_one(Heading).show(f"Statistics · {exhibit.title}", _progress(self._page))
        self.query_one(ExhibitView).show(exhibit)
        self.refresh_bindings()

    def _on(self, name: str) -> bool:
        return NAMES[self._page] == name

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the page has: questions to choose, lines to scroll, a curve to fit."""
        if action == "choose":
            return self._on("question")
        if action == "scroll":
            return not self._on("question") and self.query_one(ExhibitView).scrollable
        if action == "fit":
            return self._on("forgetting") and self._found is not None and len(self._found.tests.day) > 0
        return True

    def action_turn(self, step: int) -> None:
        """Go to another page."""
        self._go((self._page + step) % len(NAMES), self._question)

    def action_choose(self, step: int) -> None:
        """Go to another question."""
        self._go(self._page, max(0, self._question + step))

    def _go(self, page: int, question: int) -> None:
        if self._found is None:
            return
        self._page, self._question = page, question
        place = page, question if self._on("question") else 0
        if place in self._made:
            self._show()
        else:
            self.run_worker(partial(self._make, *place), thread=True)

    def action_scroll(self, pages: int) -> None:
        """Scroll the table."""
        self.query_one(ExhibitView).scroll_facts(4 * pages)

    def action_fit(self) -> None:
        """Fit a curve to the learner's own forgetting."""
        from tutor.app.statistics.own import OwnForgetting

        assert self._found is not None
        self.app.push_screen(OwnForgetting(self._found))


def _progress(page: int) -> str:
    return f"{page + 1} of {len(NAMES)}"
