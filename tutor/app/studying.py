"""The session in the app: what the learner does goes to it, and each of its steps to a page of its kind."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from tutor.app.changes import Changes
from tutor.app.done import DonePage
from tutor.app.feedback import FeedbackPage
from tutor.app.lesson import Lesson
from tutor.app.question import QuestionPage
from tutor.app.today import Today
from tutor.memory.clock import system_clock
from tutor.study.session import Session
from tutor.study.steps import Asking, Feedback, Finished, Reading, Step
from tutor.study.wording import keeps_slipping

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.app.page import Page, StepPage
    from tutor.config import Settings
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


class Studying(Changes):
    """Holds the session, and shows where it is."""

    def __init__(
        self,
        library: Library,
        store: Store,
        scope: Scope,
        *,
        clock: Clock = system_clock,
        settings: Settings | None = None,
    ) -> None:
        """Study what the ``scope`` covers."""
        super().__init__(library, store, settings)
        self._scope = scope
        self._clock = clock
        self._session: Session | None = None

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
