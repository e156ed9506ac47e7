"""The store: an append-only log of reviews and acts in one SQLite file, and the states folded from it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from tutor.errors import StoreError, UsageError
from tutor.memory import folding, queries, rows
from tutor.memory.acts import Act, act_row, checked, resolved
from tutor.memory.adoption import adopted
from tutor.memory.clock import study_day
from tutor.memory.connection import plain_errors, reading
from tutor.memory.log import Log
from tutor.memory.rebuilding import fold_anew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tutor.memory.check import Finding
    from tutor.memory.transfer import Taken


class Store(Log):
    """All that is kept of one learner: what was answered, what was done besides, and what follows from both."""

    def act(self, question: str, what: Act | str, value: object = None) -> str:
        """Append what the learner does to a question, or to the store as a whole (''), and return the act's id.

        Days may be given as dates. What is adopted moves all the states that it is for, which takes its time in
        a large store. Raises UsageError if it is no act, or the value is none for it.
        """
        given, value = checked(what, value)
        if (given is Act.ADOPT) == bool(question):
            raise UsageError(f"'{given}' is for {'the store as a whole' if question else 'a question'}")
        with self.together():
            return self._act(question, given, value)

    def revoke(self, act: str) -> None:
        """Let the act with this id count no more. Raises StoreError if there is none."""
        self._act_on(act, Act.REVOKE)

    def reinstate(self, act: str) -> None:
        """Let the act with this id count again. Raises StoreError if there is none."""
        self._act_on(act, Act.REINSTATE)

    def _act_on(self, act: str, what: Act) -> None:
        with self.together():
            found = self._db.execute("SELECT question, what FROM acts WHERE id = ?", (act,)).fetchone()
            if found is None or found[1] in {Act.REVOKE, Act.REINSTATE}:
                raise StoreError(f"the store {self._path}: it has no act '{act}' that could be revoked")
            self._act(found[0], what, act)

    def _act(self, question: str, what: Act, value: object) -> str:
        now = self._clock()
        row = rows.new_act_row(question, what, value, now, study_day(now, self._rollover))
        self._db.execute(queries.NEW_ACT, row)
        if question:
            self._refold(question)
        else:
            fold_anew(self._db, self._by())
        return str(row["id"])

    def unclear(self) -> dict[str, list[str]]:
        """Return the questions marked as not clear, and not answered rightly since: the ids of these marks."""
        passed: dict[str, int] = dict(self._all(queries.LAST_PASSED))
        marked: dict[str, list[str]] = {}
        for act in resolved(map(act_row, self._all(queries.ACTS_ON_MARKED))):
            counts = act.what is Act.UNCLEAR and not act.revoked
            if counts and act.tick > passed.get(act.question, act.tick - 1):
                marked.setdefault(act.question, []).append(act.id)
        return marked

    def rebuild(self, progress: Callable[[int], None] | None = None) -> None:
        """Fold the whole log anew, telling ``progress`` how many questions are done, every thousand of them.

        Raises StoreError if the states could not be written.
        """
        with self.together():
            fold_anew(self._db, self._by(), progress)

    def preview_adoption(self, value: object) -> dict[str, tuple[date, date]]:
        """Return the questions whose due day would move if ``value`` were adopted: from which day to which.

        ``value`` is that of `adoption.value`. Raises UsageError if it is none.
        """
        adoption = adopted(value)
        with plain_errors(self._path):
            due = {
                question: date.fromisoformat(day)
                for question, day in self._db.execute("SELECT question, due FROM states")
            }
            by = self._by().after(adoption)
            return {
                question: (due[question], state.due)
                for question, state, _ in folding.fold_all(self._db, by)
                if state is not None and question in due and state.due != due[question]
            }

    # Keeping it

    def check(self) -> list[Finding]:
        """Look for faults; other sessions wait with their writing. Raises StoreError if it can't be read."""
        from tutor.memory.check import check

        with plain_errors(self._path), reading(self._db):
            return list(check(self._db, self._by(), self._clock()))

    def mend(self) -> list[Finding]:
        """Mend the faults that can be mended, all or none, and return what was found. Make a backup first."""
        from tutor.memory.mending import mend

        with self.together():
            return mend(self._db, self._by(), self._clock())

    def export(self) -> Iterator[str]:
        """Return all that is kept as lines of JSON, to be taken in by `take_in`; nobody can write meanwhile."""
        from tutor.memory.transfer import lines

        with plain_errors(self._path), reading(self._db):
            yield from lines(self._db)

    def take_in(self, lines: Iterable[str]) -> Taken:
        """Merge what `export` gave, of this store or another, by the ids of its rows; all of it or nothing.

        What is here already stays as it is, so that the same lines may be taken in twice. Raises UsageError if
        a line is not what it should be, or contradicts what is here.
        """
        from tutor.memory.transfer import take_in

        with self.together():
            taken = take_in(self._db, lines)
            if taken.changed:
                fold_anew(self._db, self._by())
        return taken

    # Where the learner left off

    def set_bookmark(self, name: str, value: object) -> None:
        """Keep a JSON value under ``name``, in place of the one before. Raises StoreError if it cannot."""
        row = (name, json.dumps(value))
        with self.together():
            self._db.execute("INSERT OR REPLACE INTO bookmarks (name, value) VALUES (?, ?)", row)
