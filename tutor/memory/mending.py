"""Mending what a check has found: in one transaction, and never by rewriting what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.memory import queries, rows
from tutor.memory.check import ORPHANS, Fault, check, dated_in_future
from tutor.memory.rebuilding import fold_anew

if TYPE_CHECKING:
    import sqlite3

    from tutor.memory.adoption import Schedulers
    from tutor.memory.check import Finding
    from tutor.memory.clock import Moment


def mend(db: sqlite3.Connection, by: Schedulers, now: Moment) -> list[Finding]:
    """Mend all that can be, within the transaction that is open, and return what was found."""
    found = list(check(db, by, now))
    faults = {finding.fault for finding in found}
    if Fault.INDEX in faults:
        db.execute("REINDEX")
        return found + mend(db, by, now)  # a broken index hides the rest
    if Fault.REFERENCE in faults:
        _delete_orphans(db)
        return found + mend(db, by, now)
    if Fault.FUTURE in faults:
        _put_right(db, now)
    if faults & {Fault.STATES, Fault.FUTURE}:
        fold_anew(db, by)
    return found


def _delete_orphans(db: sqlite3.Connection) -> None:
    """Delete the amendments that amend nothing, past the trigger that guards the log."""
    (guard,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'amendments_no_delete'").fetchone()
    db.execute("DROP TRIGGER amendments_no_delete")
    db.execute(f"DELETE FROM amendments WHERE id IN ({ORPHANS})")
    db.execute(guard)


def _put_right(db: sqlite3.Connection, now: Moment) -> None:
    """Append the day on which each answer that is dated in the future was given."""
    for review, day in list(dated_in_future(db, now)):
        (rating,) = db.execute(queries.RATING_NOW, {"review": review}).fetchone()
        db.execute(queries.NEW_AMENDMENT, rows.amendment_row(review, now, rating, day))
