"""What all screens share: a heading, a body, a line of keys, and what to do in a tiny terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.console import Group
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from tutor.app.fitting import fitted
from tutor.study.steps import Step

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.app import ComposeResult
    from textual.events import Resize

    from tutor.app.app import TutorApp

SMALLEST = 40, 12
"""Columns and rows below which nothing useful can be shown."""

LAST = ("app.leave", "app.quit", "app.help")
"""The actions named last in the line of keys, where they are looked for."""

AnyStep = TypeVar("AnyStep", bound=Step)

LEAST_TITLE = 8
"""Cells below which a title says nothing any more."""

NARROW = 70
"""Columns below which a figure goes below the text and not beside it."""


class Heading(Static):
    """The first line: where the learner is, and at its right end, how far."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._title = self._place = self._progress = ""

    def show(self, title: str, progress: str = "", place: str = "") -> None:
        """Say where the learner is, and how far; ``place`` follows the title, and is not cut where that is."""
        self._title, self._place, self._progress = title, place and f" · {place}", progress
        self.on_resize()

    def on_resize(self) -> None:
        room = self.content_size.width - cell_len(self._progress) - 2
        where = self._title + self._place
        if cell_len(where) > room > cell_len(self._place) + LEAST_TITLE:
            where = fitted(self._title, room - cell_len(self._place)) + self._place
        self.update(Content.assemble((fitted(where, room), "bold"), "  ", self._progress))


class KeyLine(Static):
    """The last line: the keys that do something here and now."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.call_after_refresh(self.show))
        self.show()

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """Name the keys of the screen that fit: closer if need be, then without some before the last two.

        Three before them are worth more than the last but one, such as the key to leave, which help names too.
        """
        if not self.is_attached:  # its screen was left while this call was waiting
            return
        page = self.screen
        assert isinstance(page, Page)
        keys = [Content.assemble((key, "bold"), f" {words}") for key, words in page.keys(shown=True)]
        width = self.content_size.width or self.app.size.width - 2
        line = Content("   ").join(keys)
        while line.cell_length > width and len(keys) > 1:
            line = Content("  ").join(keys)
            del keys[max(0, len(keys) - (3 if len(keys) > 5 else 2))]
        self.update(line)


class TooSmall(Static):
    """Stands in for everything else when there is no room."""


class Page(Screen[None], inherit_bindings=False):
    """A screen with a heading and a line of keys."""

    app: TutorApp
    stale = False
    """Whether something was changed from beside since the page was last on the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark", "app.help", "help", key_display="?")]

    def compose(self) -> ComposeResult:
        """Lay out the heading, the page's own ``body``, and the keys."""
        yield Heading()
        yield from self.body()
        yield KeyLine()
        yield TooSmall()

    def body(self) -> ComposeResult:
        """Yield what stands between the heading and the keys."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        self.app.attempt(self.look_again)

    def look_again(self) -> None:
        """Take in what may have changed since the page was last on the screen."""
        if self.stale:
            self.app.catch_up()

    def describe(self, binding: Binding) -> tuple[str, str]:
        """Return a binding's key and what it does, as the line of keys and the help say it."""
        return binding.key_display or self.app.get_key_display(binding), binding.description

    def keys(self, *, shown: bool) -> list[tuple[str, str]]:
        """List the keys that do something now: only those ``shown`` in the last line, or all, explained."""
        found: dict[str, tuple[str, str]] = {}
        line = self.focused if isinstance(self.focused, Input) else None  # which takes all keys but its own
        active = [*self.active_bindings.values()]
        if shown:  # what the app has on every page comes first, as a page may name more than there is room for
            active.sort(key=lambda each: each.node is not self.app)
        for owner, binding, enabled, tooltip in active:
            heard = enabled and (line is None or owner is line)
            if heard and binding.description and (binding.show or not shown):
                key, words = self.describe(binding)
                found.setdefault(binding.action, (key, words if shown else tooltip or words))
        last = [found.pop(action) for action in LAST if action in found]
        return [*found.values(), *last]

    def on_resize(self, event: Resize) -> None:
        width, height = event.size
        too_small = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(too_small, "-too-small")
        self.set_class(width < NARROW, "-narrow")
        if too_small:
            self.query_one(TooSmall).update(
                f"{width}×{height} is too small: make it {SMALLEST[0]}×{SMALLEST[1]}"
            )


class StepPage(Page, Generic[AnyStep]):
    """Shows one kind of step of the session as text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "scroll(1)", "more", key_display="PgDn", tooltip="scroll the text; PgUp goes back"),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("q,escape", "app.leave", "leave", key_display="q", tooltip="leave; your place is kept"),
    ]

    def __init__(self, step: AnyStep) -> None:
        super().__init__()
        self.step = step

    def body(self) -> ComposeResult:
        """Yield the text, which scrolls where it is longer than the screen."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="prose")

    def on_mount(self) -> None:
        self.show(self.step)

    def show(self, step: AnyStep) -> None:
        """Show a step of this page's kind."""
        self.step = step
        self.head(self.query_one(Heading))
        self.query_one("#prose", Static).update(Group(*self.lines()))
        self.call_after_refresh(self._settled)

    def _settled(self) -> None:
        if self.is_attached:  # else it was left while this call was waiting
            self.settle()

    def settle(self) -> None:
        """Offer the keys that do something, once it is known how long the text is."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to scroll only where the text is longer than the screen."""
        return action != "scroll" or self.query_one("#body").max_scroll_y > 0

    def head(self, heading: Heading) -> None:
        """Fill in the heading."""
        raise NotImplementedError

    def lines(self) -> list[RenderableType]:
        """Return what the body shows, from top to bottom."""
        raise NotImplementedError

    def action_scroll(self, pages: int) -> None:
        """Scroll the text."""
        body = self.query_one("#body")
        body.scroll_relative(y=pages * (body.size.height - 2), animate=False)
