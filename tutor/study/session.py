"""One sitting: read, answer, see why, go on; undo, leave and come back to the same place.

The session is a small state, the `Place`, saved as a bookmark after each change. What the learner sees, the
`Step`, is a function of it and of the store, so that leaving at any moment, even by a lost link, loses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tutor.errors import ChangedMeanwhile, DeckError, UsageError
from tutor.memory.model import Answer
from tutor.study.bookmarks import save_paragraphs_read, save_place
from tutor.study.current import current_step
from tutor.study.grading import grade, rating_of
from tutor.study.plan import Scope
from tutor.study.resume import resume
from tutor.study.steps import Asking, Feedback, Reading, Step

if TYPE_CHECKING:
    from tutor.memory.clock import Clock
    from tutor.memory.model import Rating
    from tutor.memory.store import Store
    from tutor.study.library import Library
    from tutor.study.place import Answered, Place

LONGEST_ANSWER = 10 * 60_000
"""Milliseconds: more than this on one question is a learner who went away."""

AnyStep = TypeVar("AnyStep", bound=Step)


class Session:
    """Drives one sitting: a front end shows ``step`` and passes on what the learner does."""

    step: Step
    """What the learner is to be shown now."""

    problems: list[str]
    """What else the learner should know, such as a card that can't be read; the front end empties it."""

    def __init__(self, library: Library, store: Store, clock: Clock, scope: Scope | None = None) -> None:
        """Start today's session, or take up the one that was left today in the same ``scope``.

        Raises UsageError if the scope names an unknown deck, StoreError if the store can't be used.
        """
        self._library = library
        self._store = store
        self._clock = clock
        self.problems = []
        self._timed: str | None = None
        self._asked_at = 0
        self._enter(resume(library, store, scope or Scope()))

    @property
    def can_undo(self) -> bool:
        """Whether there is an answer of this session to take back."""
        return bool(self._place.answered)

    # Reading

    def read(self, paragraphs: int) -> None:
        """Remember how many ``paragraphs`` of the card were read; all of them lead on to its question."""
        step = self._expect(Reading)
        save_paragraphs_read(self._store, step.card.id, paragraphs)
        self._enter(self._place)

    # Asking

    def hint(self) -> None:
        """Give the next hint. Raises UsageError when there is none left."""
        if self._expect(Asking).next_hint is None:
            raise UsageError("that was the last hint")
        self._enter(self._place.hint())

    def look_up(self) -> None:
        """Note that the card was opened over the question, which counts as a hint."""
        self._expect(Asking)
        self._enter(self._place.look_up())

    def answer(self, given: str | None) -> None:
        """Judge and record an answer as it was typed; None gives up, and is shown the answer.

        Raises UsageError if it is no answer to this question, ChangedMeanwhile if another session answered it
        first (nothing is recorded, and ``step`` is what comes now), StoreError if it can't be written.
        """
        step = self._expect(Asking)
        told, correct = (None, False) if given is None else grade(step.question, given)
        answer = Answer(
            question=step.question.id,
            kind=step.question.kind,
            answer=told,
            correct=correct,
            rating=rating_of(correct=correct, hints=step.help_taken),
            hints=step.help_taken,
            ms=min(max(0, self._clock().ms - self._asked_at), LONGEST_ANSWER),
            seed=step.seed,
        )
        try:
            state = self._store.record(answer, step.state)
        except ChangedMeanwhile as error:
            now = self._store.state(answer.question)
            passed = now is not None and not now.is_due(self._store.today())
            self._enter(self._place.skip() if passed else self._place)
            raise ChangedMeanwhile(
                f"the question '{answer.question}' was answered in another session meanwhile; "
                "this answer was not kept"
            ) from error
        self._enter(self._place.answer(state.last))

    # Feedback

    def rate(self, rating: Rating) -> None:
        """Let the last answer count as ``rating``. Raises UsageError if there is no answer yet."""
        self._store.amend(self._last().review, rating)
        self._enter(self._place if self._place.feedback else self._place.settle(rating))

    def next(self) -> None:
        """Leave the feedback for what comes next."""
        self._enter(self._place.settle(self._expect(Feedback).review.rating))

    def undo(self) -> None:
        """Take back the last answer and ask its question again. Raises UsageError if there is none."""
        self._store.amend(self._last().review, None)
        self._enter(self._place.undo())

    def _enter(self, place: Place) -> None:
        """Make ``place`` the current one: find the step that it shows, and save it."""
        while True:
            try:
                step = current_step(place, self._library, self._store)
                break
            except DeckError as error:  # the card's file was broken or removed meanwhile
                self.problems += [line for line in str(error).splitlines() if line not in self.problems]
                place = place.skip()
        timed = None
        if isinstance(step, Asking):
            timed = step.question.id
            place = place.put(step.state.last if step.state else None, step.seed)
        if timed != self._timed:  # a hint is no new question: the time goes on
            self._timed, self._asked_at = timed, self._clock().ms
        self._place = place
        self.step = step
        save_place(self._store, place)

    def _last(self) -> Answered:
        if not self.can_undo:
            raise UsageError("there is no answer of this session to change")
        return self._place.answered[-1]

    def _expect(self, kind: type[AnyStep]) -> AnyStep:
        if not isinstance(self.step, kind):
            raise TypeError(f"{kind.__name__} expected, not {self.step}")
        return self.step
