"""The log of reviews: answers are appended, and so is what is thought better of later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.errors import ChangedMeanwhile, StoreError
from tutor.memory import folding, queries, rows
from tutor.memory.clock import study_day
from tutor.memory.model import Hold
from tutor.memory.reading import Reader

if TYPE_CHECKING:
    from datetime import date

    from tutor.memory.model import Answer, Rating, Review, State


class Log(Reader):
    """Writes reviews, and what amends them.

    What happened to a question is ordered by its *tick*: the time in milliseconds, or one more than the latest
    tick where the clock was set back, so that an answer counts after those that the learner gave before it.

    A method that writes does so in one transaction, which is on the disk when it returns; if it raises, nothing
    has changed.
    """

    def record(self, answer: Answer, expected: State | None) -> State:
        """Append a review and return the question's new state, whose ``last`` is the review's id.

        ``expected`` is the question's `state` when it was asked. Raises ChangedMeanwhile if it has another by
        now, and StoreError if the answer could not be written. Practice is for `practise`.
        """
        now = self._clock()
        day = study_day(now, self._rollover)
        row = rows.review_row(answer, now, day)
        question = answer.question
        with self.together():
            if self.state(question) != expected:
                raise ChangedMeanwhile(
                    f"the question '{question}' was answered in another session meanwhile; "
                    "this answer was not kept, and the question is asked anew"
                )
            self._db.execute(queries.NEW_REVIEW, row)
            scheduler = self.scheduler_for(question)
            state = scheduler.advance(question, expected, str(row["id"]), answer.rating, day, answer.due)
            self._db.execute(queries.NEW_STATE, rows.state_row(question, state))
            if expected is None:  # what may hold a new question back is not in a state
                held = self.hold(question)
                state = replace(state, suspended=held.suspended, buried=held.buried)
        return state

    def practise(self, answer: Answer) -> str:
        """Append an answer that changes nothing of the schedule, and return its review's id."""
        now = self._clock()
        row = rows.review_row(replace(answer, practice=True), now, study_day(now, self._rollover))
        with self.together():
            self._db.execute(queries.NEW_REVIEW, row)
        return str(row["id"])

    def amend(self, review: str, rating: Rating | None, day: date | None = None) -> State | None:
        """Let the review with this id count as ``rating`` from now on, or not at all: re-rate, undo and redo.

        With a ``day``, let it count as given on that study day: one dated in the future was not.
        Returns the question's new state; None if none of its reviews is in force any more. Raises StoreError if
        there is no such review, or it could not be written.
        """
        with self.together():
            return self._amend(review, rating, day)

    def undo(self) -> Review | None:
        """Take back the last answer in force, of this session or another; None if there is none.

        Returns the review, undone. What the learner did besides answering is taken back by `revoke`.
        """
        with self.together():
            found = self._db.execute(queries.LAST_IN_FORCE).fetchone()
            if found is None:
                return None
            self._amend(found[1], None)
            return self.review(found[1])

    def redo(self) -> Review | None:
        """Let the answer that was undone last count again, as it did; None if another was given since.

        Returns the review, in force.
        """
        with self.together():
            last = self._db.execute(queries.LAST_IN_FORCE).fetchone()
            found = self._db.execute(queries.LAST_UNDONE, (last[0] if last else -1,)).fetchone()
            if found is None:
                return None
            (rating,) = self._db.execute(queries.LAST_RATING, {"review": found[0]}).fetchone()
            self._amend(found[0], rating)
            return self.review(found[0])

    def _amend(self, review: str, rating: Rating | None, day: date | None = None) -> State | None:
        found = self._db.execute("SELECT question FROM reviews WHERE id = ?", (review,)).fetchone()
        if found is None:
            raise StoreError(f"the store {self._path}: it has no review '{review}'")
        self._db.execute(queries.NEW_AMENDMENT, rows.amendment_row(review, self._clock(), rating, day))
        return self._refold(found[0])

    def _refold(self, question: str) -> State | None:
        """Put in their place the state and the hold that the question's log adds up to."""
        _, state, hold = folding.fold_one(self._db, self._by(), question)
        if state is None:
            self._db.execute("DELETE FROM states WHERE question = ?", (question,))
        else:
            self._db.execute(queries.NEW_STATE, rows.state_row(question, state))
        if hold == Hold():
            self._db.execute("DELETE FROM holds WHERE question = ?", (question,))
        else:
            self._db.execute(queries.NEW_HOLD, rows.hold_row(question, hold))
        return state and replace(state, suspended=hold.suspended, buried=hold.buried)
