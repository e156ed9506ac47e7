"""The store: an append-only log of reviews in one SQLite file, and the states folded from it."""

from __future__ import annotations

import json
import os
from itertools import groupby, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Self

from tutor.errors import ChangedMeanwhile, StoreError
from tutor.memory import rows, schedule
from tutor.memory.clock import ROLLOVER_HOUR, study_day, system_clock
from tutor.memory.connection import connect, create, plain_errors, transaction

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import date

    from tutor.memory.clock import Clock
    from tutor.memory.model import Answer, Rating, Review, State
    from tutor.memory.schedule import Scheduler

RECENT = 50
"""How many of the last answers tell how quick the learner is."""


class Store:
    """The reviews of one learner, and what follows from them.

    Reviews of a question are ordered by their *tick*: the time in milliseconds, or one more than the latest
    tick where the clock was set back, so that an answer counts after those that the learner gave before it.

    A method that writes does so in one transaction, which is on the disk when it returns; if it raises, nothing
    has changed. Use a store in the thread that opened it; other sessions may use the same file meanwhile.
    """

    def __init__(
        self,
        path: str,
        *,
        clock: Clock = system_clock,
        rollover: int = ROLLOVER_HOUR,
        scheduler: Scheduler = schedule.DEFAULT,
    ) -> None:
        """Open the store at ``path``, making or migrating it as need be.

        The states are those of the scheduler that made them: `rebuild` after opening with another one.
        Raises StoreError if it cannot be made, opened or written, is no store, or was made by a newer tutor.
        """
        self._path = os.path.abspath(path)
        self._clock = clock
        self._rollover = rollover
        self._scheduler = scheduler
        create(self._path)
        self._db = connect(self._path)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def today(self) -> date:
        """Return the study day it is now."""
        return study_day(self._clock(), self._rollover)

    # The log

    def record(self, answer: Answer, expected: State | None) -> State:
        """Append a review and return the question's new state, whose ``last`` is the review's id.

        ``expected`` is the question's `state` when it was asked. Raises ChangedMeanwhile if it has another by
        now, and StoreError if the answer could not be written.
        """
        now = self._clock()
        day = study_day(now, self._rollover)
        row = rows.review_row(answer, now, day)
        with self._transaction():
            if self.state(answer.question) != expected:
                raise ChangedMeanwhile(
                    f"the question '{answer.question}' was answered in another session meanwhile; "
                    "this answer was not kept, and the question is asked anew"
                )
            self._db.execute(rows.NEW_REVIEW, row)
            state = self._scheduler.advance(answer.question, expected, str(row["id"]), answer.rating, day)
            self._put(answer.question, state)
        return state

    def amend(self, review: str, rating: Rating | None) -> State | None:
        """Let the review with this id count as ``rating`` from now on, or not at all: re-rate, undo and redo.

        Returns the question's new state; None if none of its reviews is in force any more. Raises StoreError if
        there is no such review, or it could not be written.
        """
        with self._transaction():
            found = self._db.execute("SELECT question FROM reviews WHERE id = ?", (review,)).fetchone()
            if found is None:
                raise StoreError(f"the store {self._path}: it has no review '{review}'")
            (question,) = found
            self._db.execute(rows.NEW_AMENDMENT, rows.amendment_row(review, self._clock(), rating))
            state = self._scheduler.fold(question, self.reviews(question))
            self._put(question, state)
        return state

    def reviews(self, question: str | None = None) -> list[Review]:
        """Return all reviews, or those of one question, oldest first, as amended; also those undone."""
        of_question = "" if question is None else "WHERE r.question = :question"
        query = f"{rows.REVIEWS} {of_question} ORDER BY r.tick, r.id"
        with plain_errors(self._path):
            # All at once, because a read left open would hold up the sessions that write.
            return [rows.review(row) for row in self._db.execute(query, {"question": question})]

    # The states folded from it

    def state(self, question: str) -> State | None:
        """Return the question's state; None if it was never answered, or all its answers were undone."""
        with plain_errors(self._path):
            row = self._db.execute(f"{rows.STATES} WHERE question = ?", (question,)).fetchone()
        return rows.state(row)[1] if row else None

    def states(self) -> dict[str, State]:
        """Return the state of each question that has one, by its id."""
        with plain_errors(self._path):
            return dict(rows.state(row) for row in self._db.execute(rows.STATES))

    def preview(self, review: Review) -> dict[Rating, date]:
        """Return when the review's question comes back, for each rating that the review might have."""
        before = takewhile(lambda other: other.id != review.id, self.reviews(review.question))
        state = self._scheduler.fold(review.question, before)
        return self._scheduler.preview(review.question, state, review.day)

    def recent_ms(self) -> list[int]:
        """Return how many milliseconds the last answers took, at most `RECENT` of them, the latest first."""
        query = "SELECT ms FROM reviews ORDER BY rowid DESC LIMIT ?"
        with plain_errors(self._path):
            return [ms for (ms,) in self._db.execute(query, (RECENT,))]

    def rebuild(self) -> None:
        """Fold the whole log anew. Raises StoreError if the states could not be written."""
        with self._transaction():
            self._db.execute("DELETE FROM states")
            log = self._db.execute(f"{rows.REVIEWS} ORDER BY r.question, r.tick, r.id")
            for question, reviews in groupby(map(rows.review, log), key=attrgetter("question")):
                self._put(question, self._scheduler.fold(question, reviews))

    def _put(self, question: str, state: State | None) -> None:
        if state is None:
            self._db.execute("DELETE FROM states WHERE question = ?", (question,))
        else:
            self._db.execute(rows.NEW_STATE, rows.state_row(question, state))

    # Where the learner left off

    def bookmark(self, name: str) -> object:
        """Return the JSON value last kept under ``name``; None if there is none."""
        with plain_errors(self._path):
            row = self._db.execute("SELECT value FROM bookmarks WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def set_bookmark(self, name: str, value: object) -> None:
        """Keep a JSON value under ``name``, in place of the one before. Raises StoreError if it cannot."""
        row = (name, json.dumps(value))
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO bookmarks (name, value) VALUES (?, ?)", row)

    def _transaction(self) -> AbstractContextManager[None]:
        return transaction(self._db, self._path)
