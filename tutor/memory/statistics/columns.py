"""The log read as whole columns, quickly.

SQLite joins each column into one text, because a row of Python objects costs more than a review; numpy reads a
million numbers out of a text in hundredths of a second.
"""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tutor.memory.acts import Act, act_row, resolved
from tutor.memory.connection import connect, plain_errors
from tutor.memory.folding import schedulers
from tutor.memory.schedule import DEFAULT

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from tutor.memory.statistics.memories import Whole

_ACTS = """
    SELECT id, question, tick, at, offset, day, device, what, value FROM acts
    WHERE what IN ('reset', 'revoke', 'reinstate') ORDER BY tick, id
"""
_BEFORE = "SELECT count(*) FROM reviews WHERE question = ? AND tick <= ?"
_QUESTIONS = "SELECT question, count(*) FROM reviews GROUP BY question ORDER BY question"
_ORDER = "SELECT group_concat(rowid) FROM (SELECT rowid FROM reviews ORDER BY question, tick, id)"
# A review in two numbers: its day, and in the bits of the other the milliseconds it took, whether it was
# practice, whether it could be guessed (choices can, of one option or several, hidden at first or not), how
# sure the learner was, and the rating.
_REVIEWS = """
    SELECT min(rowid), max(rowid), group_concat(day, ''), group_concat(
        (ms << 10) | (practice << 8) | ((kind IN ('choice', 'multi', 'hidden')) << 7)
        | ((ifnull(confidence, 0) & 15) << 3) | rating) FROM reviews
"""
_AMENDED = """
    SELECT r.rowid, coalesce(a.rating, 0), coalesce(a.day, r.day) FROM amendments a
    JOIN reviews r ON r.id = a.review ORDER BY a.tick, a.id
"""
_STATES = "SELECT group_concat(question, char(10)), group_concat(due, '') FROM states"
_HELD = "SELECT question FROM holds WHERE suspended"

_ISO = 10
"""Characters of a day such as 2026-11-23."""


class Columns(NamedTuple):
    """What the store holds: n reviews of q questions, by question and of each the oldest first."""

    questions: tuple[str, ...]
    """The ids, sorted: (q,)."""

    counts: Whole
    """How many reviews each has, undone ones and practice among them: (q,)."""

    day: Whole
    """As of `date.toordinal`: (n,)."""

    bits: Whole
    """All else of a review: (n,)."""

    rating: Whole
    """As amended, 0 for what was undone: (n,)."""

    resets: Mapping[str, Sequence[int]]
    """How many reviews of a question each of its resets comes after."""

    due: Mapping[str, int]
    """The ordinals of the days on which questions come back."""

    suspended: frozenset[str]
    parameters: tuple[tuple[float, ...] | None, ...]
    """The FSRS parameters adopted for each question; None for the defaults: (q,)."""


def read_columns(path: str) -> Columns:
    """Read the store at ``path``; nothing of it if there is none. Raises StoreError if it can't be used."""
    none = np.zeros(0, dtype=np.int64)
    if not os.path.exists(path):
        return Columns((), none, none, none, none, {}, {}, frozenset(), ())
    db = connect(path)
    try:
        with plain_errors(path):
            db.execute("BEGIN")  # all of it as of one moment
            found = db.execute(_QUESTIONS).fetchall()
            questions = tuple(question for question, _ in found)
            by = schedulers(db, DEFAULT)
            held = frozenset(question for (question,) in db.execute(_HELD))
            return Columns(
                questions,
                np.array([count for _, count in found], dtype=np.int64),
                *(_reviews(db) if questions else (none, none, none)),
                _resets(db),
                _due(db),
                held,
                tuple(by[question].parameters for question in questions),
            )
    finally:
        db.close()


def _reviews(db: sqlite3.Connection) -> tuple[Whole, Whole, Whole]:
    first, last, days, packed = db.execute(_REVIEWS).fetchone()
    rowids = whole(db.execute(_ORDER).fetchone()[0])
    in_turn = (
        np.sort(rowids) if last - first + 1 > len(rowids) else None
    )  # there are gaps, which no tutor makes

    def places(rows: Whole) -> Whole:
        """Where rows with these ids are in the order of the table."""
        return rows - first if in_turn is None else np.searchsorted(in_turn, rows)

    bits, day = whole(packed), ordinals(days)
    rating = bits & 7
    amended = db.execute(_AMENDED).fetchall()  # the latest last, which holds
    for place, (_, held, reckoned) in zip(
        places(np.array([row for row, *_ in amended], dtype=np.int64)), amended, strict=True
    ):
        rating[place] = held
        day[place] = date.fromisoformat(reckoned).toordinal()
    order = places(rowids)
    return day[order], bits[order], rating[order]


def _resets(db: sqlite3.Connection) -> dict[str, list[int]]:
    resets: dict[str, list[int]] = {}
    for act in resolved(map(act_row, db.execute(_ACTS))):
        if act.what is Act.RESET and not act.revoked:
            (before,) = db.execute(_BEFORE, (act.question, act.tick)).fetchone()
            resets.setdefault(act.question, []).append(before)
    return resets


def _due(db: sqlite3.Connection) -> dict[str, int]:
    names, due = db.execute(_STATES).fetchone()
    return {} if names is None else dict(zip(names.split("\n"), ordinals(due).tolist(), strict=True))


def whole(text: str) -> Whole:
    """Read whole numbers with commas between them."""
    return np.fromstring(text, dtype=np.int64, sep=",")


def ordinals(days: str) -> Whole:
    """Read study days such as 2026-11-23, one after another without a gap, as of `date.toordinal`."""
    written = np.frombuffer(days.encode("ascii"), dtype=f"S{_ISO}")
    starts = np.nonzero(np.append(True, written[1:] != written[:-1]))[0]  # most days follow their like
    each = [date.fromisoformat(day.decode()).toordinal() for day in written[starts].tolist()]
    return np.repeat(each, np.diff(np.append(starts, len(written))))
