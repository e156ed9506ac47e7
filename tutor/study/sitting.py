"""A sitting at its place: what it shows, and the place saved as a bookmark whenever it changes.

What the learner sees, the `Step`, is a function of the `Place` and of the store, so that leaving at any moment,
even by a lost link, loses nothing.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from tutor.config import Settings
from tutor.errors import DeckError
from tutor.study.bookmarks import save_place
from tutor.study.current import current_step
from tutor.study.plan import Scope
from tutor.study.resume import refreshed, resume
from tutor.study.steps import Asking, Reading, Step
from tutor.study.undoing import can_redo, can_undo

if TYPE_CHECKING:
    from tutor.memory.clock import Clock
    from tutor.memory.store import Store
    from tutor.study.library import Library
    from tutor.study.place import Place

AnyStep = TypeVar("AnyStep", bound=Step)


class Sitting:
    """What a session shows; `Session` adds what the learner does."""

    step: Step
    """What the learner is to be shown now."""

    can_undo: bool
    """Whether there is an answer to take back, of this session or of an earlier one."""

    can_redo: bool
    """Whether an answer was taken back, and none was given since."""

    problems: list[str]
    """What else the learner should know, such as a card that can't be read; the front end empties it."""

    def __init__(
        self,
        library: Library,
        store: Store,
        clock: Clock,
        scope: Scope | None = None,
        settings: Settings | None = None,
    ) -> None:
        """Start today's session, or take up the one that was left today in the same ``scope``.

        Raises UsageError if the scope names an unknown deck, StoreError if the store can't be used.
        """
        self._library = library
        self._store = store
        self._clock = clock
        self._settings = settings or Settings()
        self.problems = []
        self._timed: str | None = None
        self._asked_at = 0
        self._enter(resume(library, store, scope or Scope(), self._settings))

    @property
    def begun(self) -> bool:
        """Whether an answer of this session is in force."""
        return bool(self._place.answered)

    def refresh(self) -> None:
        """Take in what was changed from beside: a question suspended, reset or rated anew."""
        self._enter(refreshed(self._place, self._library, self._store, self._settings))

    def prepare(self) -> None:
        """Read the card of the question after this one, so that it is there at once when it is its turn."""
        following = self._place.queue[0 if self._place.feedback else 1 :][:1]
        with suppress(DeckError):  # it is told when its turn comes
            for asked in following:
                self._library.question(asked.question)

    def _enter(self, place: Place) -> None:
        """Make ``place`` the current one: find the step that it shows, and save it."""
        while True:
            try:
                step = current_step(place, self._library, self._store, self._settings)
                break
            except DeckError as error:  # the card's file was broken or removed meanwhile
                self.problems += [line for line in str(error).splitlines() if line not in self.problems]
                place = place.skip()
        timed = None
        if isinstance(step, Asking):
            timed = step.question.id
            place = place.put(step.state.last if step.state else None, step.seed)
        elif isinstance(step, Reading) and step.leech:
            place = place.put(step.leech.last)
        if timed != self._timed:  # a hint is no new question: the time goes on
            self._timed, self._asked_at = timed, self._clock().ms
        self._place = place
        self.step = step
        save_place(self._store, place)
        self.can_undo = self.begun or can_undo(self._store)
        self.can_redo = can_redo(self._store)

    def _expect(self, kind: type[AnyStep]) -> AnyStep:
        if not isinstance(self.step, kind):
            raise TypeError(f"{kind.__name__} expected, not {self.step}")
        return self.step
