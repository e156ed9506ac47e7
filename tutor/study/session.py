"""One sitting: read, answer, see why, go on; undo, leave and come back to the same place."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tutor.errors import ChangedMeanwhile, UsageError
from tutor.memory.model import Answer, Rating
from tutor.study.bookmarks import save_paragraphs_read
from tutor.study.grading import grade, rating_of
from tutor.study.place import Answered, Asked
from tutor.study.resume import refreshed
from tutor.study.returns import record
from tutor.study.sitting import Sitting
from tutor.study.steps import Asking, Feedback, Finished, Reading
from tutor.study.unclear import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.memory.model import Review
    from tutor.study.grading import Told
    from tutor.study.place import Place

LONGEST_TEXT = 2000
"""Characters of an answer in writing that are kept."""

LONGEST_ANSWER = 10 * 60_000
"""Milliseconds: more than this on one question is a learner who went away."""


class Session(Sitting):
    """Drives one sitting: a front end shows ``step`` and passes on what the learner does."""

    # Reading

    def read(self, paragraphs: int) -> None:
        """Remember how many ``paragraphs`` of the card were read; all of them lead on to its question."""
        step = self._expect(Reading)
        if step.leech is not None:
            self._enter(self._place.reread())
            return
        save_paragraphs_read(self._store, step.card.id, paragraphs)
        self._enter(self._place)

    def unclear(self, paragraph: int) -> None:
        """Mark a paragraph of the card as not clear, or take that back; its questions come sooner."""
        step = self._expect(Reading)
        mark(self._store, step.card, paragraph)
        self._enter(refreshed(self._place, self._library, self._store, self._settings, asking=False))

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

    def feel(self, confidence: int) -> None:
        """Note how sure the learner is, from 1 to 3; the same once more takes it back.

        Raises UsageError once the answer was shown.
        """
        step = self._expect(Asking)
        if step.self_rated:
            raise UsageError("say how sure you are before the answer is shown")
        self._enter(self._place.feel(None if step.confidence == confidence else confidence))

    def commit(self, written: str = "") -> None:
        """Show more to one who has an answer, in mind or ``written``. Raises UsageError if there is no more."""
        if not self._expect(Asking).waits:
            raise UsageError("nothing is hidden here")
        self._enter(self._place.commit(written[:LONGEST_TEXT]))

    def answer(self, given: str | None) -> None:
        """Judge and record an answer as it was typed; None gives up, and is shown the answer.

        Raises UsageError if it is no answer to this question, ChangedMeanwhile if another session answered it
        first (nothing is recorded, and ``step`` is what comes now), StoreError if it can't be written.
        """
        step = self._expect(Asking)
        if given is None:
            written = step.written or None if step.form == "recall" else None
            with self._answering(step):
                self._enter(self._record(step, written, Rating.AGAIN, correct=False))
            return
        if step.waits:
            raise UsageError("find an answer first, and have more shown then")
        if step.self_rated:
            raise UsageError("say how well you knew it: again, hard, good or easy")
        told, correct = grade(step.question, given)
        rating = rating_of(correct=correct, hints=step.help_taken)
        with self._answering(step):
            self._enter(self._record(step, told, rating, correct=correct))

    def judge(self, rating: Rating) -> None:
        """Record the learner's own ``rating`` of an answer that the model answer was shown for, and go on.

        Raises what `answer` does, and UsageError if the answer is not the learner's to judge.
        """
        step = self._expect(Asking)
        if not step.self_rated:
            raise UsageError("have the answer shown before you judge yours")
        with self._answering(step):
            place = self._record(step, step.written or None, rating, correct=rating is not Rating.AGAIN)
            self._enter(place.settle(rating))

    def _record(self, step: Asking, told: Told | None, rating: Rating, *, correct: bool) -> Place:
        """Put an answer into the store, and return the place where it has been given."""
        ms = min(max(0, self._clock().ms - self._asked_at), LONGEST_ANSWER)
        answer = Answer(
            question=step.question.id,
            kind=step.kind,
            answer=told,
            correct=correct,
            rating=rating,
            hints=step.help_taken,
            confidence=step.confidence,
            ms=ms,
            seed=step.seed,
        )
        return self._place.answer(record(self._store, answer, step, self._settings.easy_days), ms)

    @contextmanager
    def _answering(self, step: Asking) -> Iterator[None]:
        """Write the answer to ``step`` and the place after it at once; if it is refused, ask what comes now."""
        try:
            with self._at_once():
                yield
        except ChangedMeanwhile as error:
            question = step.question.id
            now = self._store.state(question)
            passed = now is not None and not now.is_due(self._store.today())
            self._enter(self._place.skip() if passed else self._place)
            raise ChangedMeanwhile(
                f"the question '{question}' was answered in another session meanwhile; this answer was not kept"
            ) from error

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Write all that is written inside in one transaction; if it fails, the session is where it was."""
        before = dict(vars(self))
        try:
            with self._store.together():
                yield
        except BaseException:
            vars(self).update(before)
            raise

    # Feedback

    def rate(self, rating: Rating) -> None:
        """Let the last answer count as ``rating``. Raises UsageError if there is no answer yet."""
        if not self._place.answered:
            raise UsageError("there is no answer of this session to change")
        with self._at_once():
            self._store.amend(self._place.answered[-1].review, rating)
            self._enter(self._place if self._place.feedback else self._place.settle(rating))

    def next(self) -> None:
        """Leave the feedback for what comes next."""
        self._enter(self._place.settle(self._expect(Feedback).review.rating))

    def go_on(self) -> None:
        """Go on although the time is up, for as long once more."""
        self._expect(Finished)
        self._enter(self._place.go_on())

    # Undo and redo, and changes from beside

    def undo(self) -> None:
        """Take back the last answer, of this session or of an earlier one, and ask its question again.

        Raises UsageError if there is none.
        """
        with self._at_once():
            if self._place.answered:
                self._store.amend(self._place.answered[-1].review, None)
                self._enter(self._place.undo())
                return
            review = self._store.undo()
            if review is None:
                raise UsageError("there is no answer to take back")
            if self._is_there(review):
                self._enter(self._place.undo_earlier(_answered(review)))

    def redo(self) -> None:
        """Let the answer that was taken back last hold again. Raises UsageError if there is none."""
        with self._at_once():
            review = self._store.redo()
            if review is None:
                raise UsageError("there is no undone answer to give again")
            if self._is_there(review):
                undone = self._place.undone[-1:]
                known = undone and undone[0].review == review.id
                self._enter(self._place.redo(undone[0] if known else _answered(review)))

    def _is_there(self, review: Review) -> bool:
        """Whether the question of a review can be shown; if not, tell that this much was done."""
        if review.question in self._library:
            return True
        what = "was taken back" if review.undone else "holds again"
        self.problems.append(f"the answer to '{review.question}' {what}; the question is in no deck any more")
        return False


def _answered(review: Review) -> Answered:
    """Return an answer of an earlier session, as it is to be asked again."""
    return Answered(review.id, Asked(review.question, seed=review.seed), review.ms)
