"""The app: it holds the session, chooses the screen for each of its steps, and leaves cleanly."""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from tutor.app.changes import Changes
from tutor.app.done import DonePage
from tutor.app.feedback import FeedbackPage
from tutor.app.lesson import Lesson
from tutor.app.question import QuestionPage
from tutor.app.signals import heed
from tutor.app.today import Today
from tutor.app.warming import import_slow_parts
from tutor.errors import TutorError
from tutor.memory.clock import system_clock
from tutor.study.session import Session
from tutor.study.steps import Asking, Feedback, Finished, Reading, Step
from tutor.study.wording import keeps_slipping

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

    from tutor.app.page import Page, StepPage
    from tutor.config import Settings
    from tutor.lab.bench.state import LabState
    from tutor.memory.clock import Clock
    from tutor.memory.store import Store
    from tutor.study.library import Library
    from tutor.study.plan import Scope

PAGES: dict[type[Step], type[StepPage[Any]]] = {
    Asking: QuestionPage,
    Feedback: FeedbackPage,
    Finished: DonePage,
}
"""The screen that shows each step; a `Reading` is shown by the `Lesson`, which also serves for browsing."""


class TutorApp(Changes):
    """The tutor in a terminal."""

    CSS_PATH = "tutor.tcss"
    TITLE = "tutor"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "suspend_process", "suspend", show=False, tooltip="to the shell; fg comes back"),
        Binding(
            "ctrl+c,ctrl+q", "quit", "quit", show=False, key_display="^c", tooltip="quit; everything is kept"
        ),
    ]

    def __init__(
        self,
        library: Library,
        store: Store,
        scope: Scope,
        *,
        start: bool = False,
        lab: LabState | str | None = None,
        clock: Clock = system_clock,
        settings: Settings | None = None,
    ) -> None:
        """Show the first screen, or if ``start`` the session at once, or only the ``lab``.

        That is a state to begin with, or the name of an experiment on digits.
        """
        super().__init__(library, store, settings)
        self.today = Today()
        self._scope = scope
        self._start = start
        self._lab = lab
        self._clock = clock
        self._session: Session | None = None
        self.animation_level = "none"  # over a slow link an animation is a delay
        self.theme = "ansi-dark"  # the terminal's own colours, so that light and dark ones are both readable

    def get_default_screen(self) -> Today:
        """Begin on today's overview."""
        return self.today

    def on_mount(self) -> None:
        heed(self)
        # The shell wrote over the screen meanwhile.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self.tell(self.library.problems)
        if self._start:
            try:
                self.action_study()
            except TutorError as error:
                self.report(error)
        if isinstance(self._lab, str):
            self.open_experiment({"kind": self._lab})
        elif self._lab:
            self.open_lab(self._lab)
        self.call_after_refresh(self._warm_up)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key says; if it can't be done, tell why and go on.

        Keys that come after the last one, while the screens are taken down, are dropped.
        """
        if self._exit:
            return False
        try:
            self.put_away_report()
            return await super().run_action(action, default_namespace, namespaces)
        except TutorError as error:
            self.report(error)
            return True

    def _warm_up(self) -> None:
        """Import what cards and figures need while the learner looks at the first screen."""

        def work() -> None:
            import_slow_parts()
            gc.freeze()  # what is here stays; looking through it now and then would cost a key 80 ms
            self.call_from_thread(self.today.cards_are_quick)

        self.run_worker(work, thread=True)

    # The session

    def action_study(self) -> None:
        """Begin today's session, or go on where it was left."""
        self._begin(self._scope)

    def action_ahead(self, days: int) -> None:
        """Ask what comes due in the next days already."""
        self._begin(replace(self._scope, mode="ahead", days=days))

    def action_practise(self) -> None:
        """Ask all questions seen, without any change to the schedule."""
        self._begin(replace(self._scope, mode="cram"))

    def _begin(self, scope: Scope) -> None:
        self._session = Session(self.library, self._store, self._clock, scope, self.settings)
        self._show_step()

    def act(self, action: Callable[[Session], None]) -> None:
        """Let the learner's action change the session, and show where that leads, even if it was refused."""
        assert self._session is not None
        try:
            action(self._session)
        finally:
            self._show_step()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to undo and redo only where there is an answer to take back, or one taken back."""
        match action:
            case "undo":
                return self._session is not None and self._session.can_undo
            case "redo":
                return self._session is not None and self._session.can_redo
        return True

    def _read(self, paragraphs: int) -> None:
        self.act(partial(Session.read, paragraphs=paragraphs))

    def _mark(self, paragraph: int) -> None:
        self.act(partial(Session.unclear, paragraph=paragraph))

    def action_undo(self) -> None:
        """Take back the last answer."""
        self.act(Session.undo)

    def action_redo(self) -> None:
        """Give the answer again that was taken back last."""
        self.act(Session.redo)

    def action_leave(self) -> None:
        """Go back to the screen below, or where the lab is all that was asked for, out; the place is kept."""
        self.pop_screen()
        if self._lab and self.screen is self.today:
            self.exit()

    def _show_step(self) -> None:
        """Show the session's step: in place if its page is open, else on a page of its own."""
        assert self._session is not None
        session, page = self._session, self.screen
        self.tell(session.problems)
        session.problems.clear()
        step = session.step
        if isinstance(step, Reading):
            if isinstance(page, Lesson) and page.card is step.card:
                page.show(step.paragraph)
            else:
                note = keeps_slipping(step.leech) if step.leech else ""
                lesson = Lesson(
                    step.card, step.paragraph, self._read, self._mark, questions_follow=True, note=note
                )
                self._open(lesson)
        elif isinstance(page, PAGES[type(step)]):
            page.show(step)
        else:
            self._open(PAGES[type(step)](step))
        self.call_after_refresh(session.prepare)

    def _open(self, page: Page) -> None:
        if isinstance(self.screen, Today):
            self.push_screen(page)
        else:
            self.switch_screen(page)
