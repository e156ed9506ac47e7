"""What the store tells: the log as it holds, the states and holds folded from it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from tutor.memory import folding, queries, rows
from tutor.memory.acts import ActRow, act_row, resolved
from tutor.memory.connection import plain_errors
from tutor.memory.model import Hold, Rating
from tutor.memory.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Collection

    from tutor.memory.adoption import Schedulers
    from tutor.memory.model import Review, State
    from tutor.memory.schedule import Scheduler

MANY = 5_000
"""From how many questions on it is quicker to read the states of all than to look up each."""

RECENT = 50
"""How many of the last answers tell how quick the learner is."""


class Reader(Opened):
    """What only reads; `Log` and `Store` add what writes."""

    # The log

    def reviews(self, question: str | None = None) -> list[Review]:
        """Return all reviews, or those of one question, oldest first, as amended; also those undone."""
        of_question = "" if question is None else "WHERE r.question = :question"
        found = self._all(f"{queries.REVIEWS} {of_question} ORDER BY r.tick, r.id", {"question": question})
        return [rows.review(row) for row in found]

    def review(self, id_: str) -> Review | None:
        """Return the review with this id, as amended; None if there is none."""
        return next((rows.review(row) for row in self._all(f"{queries.REVIEWS} WHERE r.id = ?", (id_,))), None)

    def latest(self, count: int) -> list[Review]:
        """Return the last answers to whatever question, at most ``count``, the latest first; also those undone.

        The last is the one that was kept last, whatever the clock said.
        """
        found = self._all(f"{queries.REVIEWS} ORDER BY r.rowid DESC LIMIT ?", (count,))
        return [rows.review(row) for row in found]

    def recent_ms(self) -> list[int]:
        """Return how many milliseconds the last answers took, at most `RECENT` of them, the latest first."""
        return [ms for (ms,) in self._all("SELECT ms FROM reviews ORDER BY rowid DESC LIMIT ?", (RECENT,))]

    def acts(self, question: str | None = None) -> list[ActRow]:
        """Return all acts, or those of one question ('' for the store as a whole), oldest first."""
        of_question = "" if question is None else "WHERE question = :question"
        found = self._all(f"{queries.ACTS} {of_question} ORDER BY tick, id", {"question": question})
        return resolved(map(act_row, found))

    def history(self, question: str) -> list[Review | ActRow]:
        """Return all that happened to a question, oldest first; also what was undone or revoked."""
        ticks = dict(self._all("SELECT id, tick FROM reviews WHERE question = ?", (question,)))
        acts = self.acts(question)
        ticks |= {act.id: act.tick for act in acts}
        return sorted([*self.reviews(question), *acts], key=lambda event: (ticks[event.id], event.id))

    # The states folded from it

    def state(self, question: str) -> State | None:
        """Return the question's state; None if it was never answered, or all its answers were undone."""
        found = self._all(f"{queries.STATES} WHERE question = ?", (question,))
        return rows.state(found[0])[1] if found else None

    def states(self, questions: Collection[str] | None = None) -> dict[str, State]:
        """Return the state of each question that has one, by its id; of all, or of these ``questions``."""
        if questions is None or len(questions) > MANY:
            found = dict(map(rows.state, self._all(queries.STATES)))
            return found if questions is None else {id_: found[id_] for id_ in questions if id_ in found}
        some = f"{queries.STATES} WHERE question IN (SELECT value FROM json_each(?))"
        return dict(map(rows.state, self._all(some, (json.dumps([*questions]),))))

    def seen(self) -> set[str]:
        """Return the ids of all questions that have a state."""
        [(questions,)] = self._all("SELECT json_group_array(question) FROM states")  # quicker than many rows
        return set(json.loads(questions))

    def seen_before(self, day: date, questions: Collection[str]) -> set[str]:
        """Return those of the ``questions`` that were answered before the study day ``day``."""
        asked: dict[str, object] = {"day": day.isoformat(), "questions": json.dumps([*questions])}
        return {question for (question,) in self._all(queries.SEEN_BEFORE, asked)}

    def states_by(self, last: date) -> dict[str, State]:
        """Return the state of each question that comes back on the study day ``last`` or before, held or not.

        What was failed is among them, even if the clock was set back since.
        """
        return dict(map(rows.state, self._all(queries.STATES_BY, (last.isoformat(),))))

    def states_of(self, day: date) -> dict[str, State]:
        """Return the state of each question that was answered last on the study day ``day``."""
        return dict(map(rows.state, self._all(f"{queries.STATES} WHERE day = ?", (day.isoformat(),))))

    def hold(self, question: str) -> Hold:
        """Return what keeps the question out, whether it was ever answered or not."""
        found = self._all(f"{queries.HOLDS} WHERE question = ?", (question,))
        return rows.hold(found[0])[1] if found else Hold()

    def holds(self) -> dict[str, Hold]:
        """Return what keeps questions out, by their ids; those that nothing keeps out are not in it."""
        return dict(map(rows.hold, self._all(queries.HOLDS)))

    def due(self, today: date) -> list[str]:
        """Return the ids of the questions to be asked ``today``, the longest overdue first.

        Those in the store, whether or not they are in a deck. New ones are not among them.
        """
        return [question for (question,) in self._all(queries.DUE, {"today": today.isoformat()})]

    def load(self, first: date, last: date) -> dict[date, int]:
        """Return how many questions come due on each study day from ``first`` to ``last``.

        Days without any are not in it.
        """
        query = "SELECT due, count(*) FROM states WHERE due BETWEEN ? AND ? GROUP BY due"
        found = self._all(query, (first.isoformat(), last.isoformat()))
        return {date.fromisoformat(day): count for day, count in found}

    # The scheduler

    def scheduler_for(self, question: str) -> Scheduler:
        """Return the rules that hold for the question, by what the learner adopted."""
        with plain_errors(self._path):
            return self._by()[question]

    def _by(self) -> Schedulers:
        """Return the scheduler of each question, read anew after any act."""
        # By its id, because a row that was rolled back leaves its number to the next one.
        latest = self._db.execute("SELECT id FROM acts ORDER BY rowid DESC LIMIT 1").fetchone()
        if self._schedulers is None or self._schedulers[0] != latest:
            self._schedulers = latest, folding.schedulers(self._db, self._scheduler)
        return self._schedulers[1]

    def preview(self, review: Review) -> dict[Rating, date]:
        """Return when the review's question comes back, for each rating that the review might have."""
        question = review.question
        with plain_errors(self._path):
            state = folding.fold_before(self._db, self._by(), question, review.id)
            scheduler = self._by()[question]
        return {
            rating: scheduler.advance(question, state, "", rating, review.day, review.due).due
            for rating in Rating
        }

    # Where the learner left off

    def bookmark(self, name: str) -> object:
        """Return the JSON value last kept under ``name``; None if there is none."""
        found = self._all("SELECT value FROM bookmarks WHERE name = ?", (name,))
        return json.loads(found[0][0]) if found else None
