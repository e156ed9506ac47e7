"""The tables of states and holds, made anew from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.memory import folding, queries, rows
from tutor.memory.model import Hold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from tutor.memory.adoption import Schedulers

_STRIDE = 1000


def fold_anew(db: sqlite3.Connection, by: Schedulers, progress: Callable[[int], None] | None = None) -> None:
    """Fold the whole log, within the transaction that is open.

    ``progress`` is told how many questions are done, every thousand of them.
    """
    # Pages written before the commit would lock out the sessions that only read.
    db.execute("PRAGMA cache_spill = OFF")
    try:
        db.execute("DELETE FROM states")
        db.execute("DELETE FROM holds")
        for done, (question, state, hold) in enumerate(folding.fold_all(db, by), 1):
            if state is not None:
                db.execute(queries.NEW_STATE, rows.state_row(question, state))
            if hold != Hold():
                db.execute(queries.NEW_HOLD, rows.hold_row(question, hold))
            if progress and done % _STRIDE == 0:
                progress(done)
    finally:
        db.execute("PRAGMA cache_spill = ON")
