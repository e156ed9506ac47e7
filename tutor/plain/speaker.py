"""The session's steps said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.plain.card import text_lines
from tutor.plain.say import say
from tutor.plain.steps import asking_lines, feedback_lines, finished_lines, slipping_lines
from tutor.study.steps import Asking, Feedback, Finished, Reading
from tutor.study.unclear import unclear_paragraphs

if TYPE_CHECKING:
    from tutor.memory.store import Store
    from tutor.study.session import Session


class Speaker:
    """Says the steps of a session; `Reader` adds what the learner types."""

    def __init__(self, session: Session, store: Store) -> None:
        """Read out ``session``, which keeps its answers in ``store``."""
        self._session = session
        self._store = store
        self._last: Feedback | None = None
        self._last_act: str | None = None

    @property
    def finished(self) -> bool:
        """Whether nothing is left to ask."""
        return isinstance(self._session.step, Finished)

    @property
    def idle(self) -> bool:
        """Whether there is nothing to ask, and nothing was answered."""
        return self.finished and not self._session.begun

    def show(self) -> None:
        """Say the current step, reading out a card that comes before its question."""
        step = self._session.step
        while isinstance(step, Reading):
            unclear = unclear_paragraphs(self._store, step.card)
            say(*(slipping_lines(step) if step.leech else text_lines(step.card, unclear)))
            self._session.read(len(step.card.paragraphs))
            step = self._session.step
        say(*self._session.problems)
        self._session.problems.clear()
        if isinstance(step, Feedback):
            self._last, self._last_act = step, None
            say("", *feedback_lines(step))
            self._session.next()
            self.show()
        elif isinstance(step, Asking):
            say("", *asking_lines(step))
        elif isinstance(step, Finished):
            say("", *finished_lines(step))

    def _asking(self) -> Asking:
        if not isinstance(self._session.step, Asking):
            raise UsageError("there is no question to answer: u undoes the last answer, q leaves")
        return self._session.step
