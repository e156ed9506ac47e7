"""Whether a store is in order: what is wrong with it, and how each fault can be mended."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.memory import folding, queries, rows
from tutor.memory.acts import checked
from tutor.memory.clock import study_day
from tutor.memory.model import Hold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from tutor.memory.adoption import Schedulers
    from tutor.memory.clock import Moment

SHOWN = 5
"""How many ids a finding names at most."""


class Fault(StrEnum):
    """What can be wrong."""

    DAMAGE = "damage"
    """The file is damaged."""
    INDEX = "index"
    """An index differs from its table."""
    ROW = "row"
    """A row of the log holds what it must not."""
    REFERENCE = "reference"
    """An amendment is of a review that isn't there."""
    STATES = "states"
    """The states are not what the log adds up to."""
    FUTURE = "future"
    """An answer is dated in the future."""


MENDING = {
    Fault.INDEX: "make the indices anew",
    Fault.REFERENCE: "delete these amendments, which change nothing",
    Fault.STATES: "fold the log anew, as 'tutor db rebuild' does",
    Fault.FUTURE: "append for each that it was given on the day of the answer kept before it",
}
"""What mending does; the other faults need a backup, by 'tutor db restore'."""


@dataclass(frozen=True)
class Finding:
    """One fault of a store."""

    fault: Fault
    what: str
    """What is wrong, in one line."""
    ids: tuple[str, ...] = ()
    """Which rows, or which questions."""

    @property
    def mendable(self) -> bool:
        """Whether it can be mended without a backup."""
        return self.fault in MENDING

    @property
    def mending(self) -> str:
        """What mends it."""
        return MENDING.get(self.fault, "put a backup in its place: 'tutor db restore'")


# SQLite reckons a day back to itself only if there is one.
_DATES = "{0} IS NOT NULL AND ({0} NOT GLOB '????-??-??' OR date({0}, '+0 days') IS NOT {0})"
_BAD_ROWS = {
    "reviews": (
        f"{_DATES.format('day')} OR {_DATES.format('due')} OR rating NOT IN (1, 2, 3, 4) "
        "OR NOT json_valid(answer) OR question = ''"
    ),
    "amendments": f"{_DATES.format('day')} OR rating NOT IN (1, 2, 3, 4)",
    "acts": _DATES.format("day"),
}


def check(db: sqlite3.Connection, by: Schedulers, now: Moment) -> Iterator[Finding]:
    """Look for faults. A file that is damaged, and a log that can't be read, hide the faults behind them."""
    broken = list(damage(db))
    yield from broken
    if broken:
        return
    wrong = list(differences(db, by))
    if wrong:
        yield _finding(Fault.STATES, "questions whose states are not what the log adds up to", wrong)
    future = [id_ for id_, _ in dated_in_future(db, now)]
    if future:
        yield _finding(Fault.FUTURE, "answers dated in the future", future)


def damage(db: sqlite3.Connection) -> Iterator[Finding]:
    """Look for what keeps the log from being read as it was written."""
    said = [line for (line,) in db.execute("PRAGMA integrity_check(100)")]
    if said != ["ok"]:
        fault = Fault.INDEX if all("index" in line for line in said) else Fault.DAMAGE
        yield Finding(fault, f"SQLite's check finds: {'; '.join(said[:SHOWN])}")
        return
    for table, is_bad in _BAD_ROWS.items():
        bad = [id_ for (id_,) in db.execute(f"SELECT id FROM {table} WHERE {is_bad}")]
        if bad:
            yield _finding(Fault.ROW, f"{table} with a day, a rating or a value that is none", bad)
    odd = [
        id_ for id_, what, value in db.execute("SELECT id, what, value FROM acts") if not _is_act(what, value)
    ]
    if odd:
        yield _finding(Fault.ROW, "acts that are none", odd)
    lost = [id_ for (id_,) in db.execute(ORPHANS)]
    if lost:
        yield _finding(Fault.REFERENCE, "amendments of reviews that aren't there", lost)


def _is_act(what: str, value: str) -> bool:
    try:
        checked(what, json.loads(value))
    except (ValueError, UsageError):
        return False
    return True


def _finding(fault: Fault, what: str, ids: list[str]) -> Finding:
    named = ", ".join(ids[:SHOWN])
    return Finding(fault, f"{what} ({len(ids)}): {named}{', …' if len(ids) > SHOWN else ''}", tuple(ids))


ORPHANS = "SELECT id FROM amendments a WHERE NOT EXISTS (SELECT 1 FROM reviews r WHERE r.id = a.review)"


def differences(db: sqlite3.Connection, by: Schedulers) -> Iterator[str]:
    """Fold the log beside the tables of states and holds, and return the questions that differ."""
    held = dict(rows.hold(row) for row in db.execute(queries.HOLDS))
    table = db.execute(f"{queries.ONLY_STATES} ORDER BY question")
    row = table.fetchone()
    for question, state, hold in folding.fold_all(db, by):
        while row and row[0] < question:  # of a question that the log doesn't have
            yield row[0]
            row = table.fetchone()
        same = held.pop(question, Hold()) == hold
        if row and row[0] == question:
            same = same and state is not None and row == rows.state_row(question, state)
            row = table.fetchone()
        elif state is not None:
            same = False
        if not same:
            yield question
    while row:
        yield row[0]
        row = table.fetchone()
    yield from held


def dated_in_future(db: sqlite3.Connection, now: Moment) -> Iterator[tuple[str, date]]:
    """Find the answers dated more than a day from now, each with the day that mends it.

    That is the day of the answer that was kept before it, if that is not in the future itself; else today.
    """
    today = study_day(now, 0)
    latest = (today + timedelta(days=1)).isoformat()
    query = f"SELECT r.rowid, r.id FROM {queries.AMENDED} WHERE coalesce(a.day, r.day) > ? ORDER BY r.rowid"
    before = f"""
        SELECT coalesce(a.day, r.day) FROM {queries.AMENDED}
        WHERE r.rowid < ? AND coalesce(a.day, r.day) <= ? ORDER BY r.rowid DESC LIMIT 1
    """
    for rowid, id_ in db.execute(query, (latest,)).fetchall():
        found = db.execute(before, (rowid, latest)).fetchone()
        yield id_, date.fromisoformat(found[0]) if found else today
