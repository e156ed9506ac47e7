"""How much there is to do, for a shell prompt: quick to import, quick to answer."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tutor.memory.connection import connect, plain_errors
from tutor.memory.queries import SEEN_BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from sqlite3 import Connection

# Each question is looked up, which takes as long as the decks are large, however much the store remembers.
# See State.is_due for what is due; a rating of 1 is Rating.AGAIN.
_COUNTS = """
    SELECT count(*) FILTER (WHERE due <= max(:today, day)), count(*) FILTER (WHERE due IS NULL),
        count(*) FILTER (WHERE due <= max(:today, day) AND rating = 1),
        min(due) FILTER (WHERE due > max(:today, day))
    FROM json_each(:known) LEFT JOIN states ON question = value
"""
_HELD = "SELECT question FROM holds WHERE suspended OR buried > ?"
_BURIED = """
    SELECT min(max(iif(due > day, due, ''), buried))
    FROM states JOIN holds USING (question) JOIN json_each(?) ON question = value
    WHERE NOT suspended
"""
_ANSWERED = "SELECT question FROM states WHERE day = ? AND question IN (SELECT value FROM json_each(?))"
_SETTLED = """
    SELECT value FROM json_each(:questions)
    LEFT JOIN states s ON s.question = value LEFT JOIN holds h ON h.question = value
    WHERE suspended OR (rating != 1 AND stability >= :stable)
"""


class Counts(NamedTuple):
    """What is to be asked, in numbers of questions."""

    due: int
    """Seen before and to be asked today, those in learning among them."""
    new: int
    """Never answered."""
    learning: int
    """Failed and not passed since."""
    next_due: date | None
    """The first study day after today on which one comes due."""


class Answered(NamedTuple):
    """What was answered today, in numbers of questions."""

    new: int = 0
    """Never answered on an earlier day."""
    reviews: int = 0
    """Seen on an earlier day."""


def counts(path: str, questions: Iterable[str], today: date) -> Counts:
    """Count the ``questions`` (ids) that are due or new on the study day ``today``, by the store at ``path``.

    Those suspended or buried are neither. Without a store all are new, and none is made. Questions in the store
    that aren't asked for don't count. Raises StoreError if there is a store that cannot be used.
    """
    known = set(questions)
    if not os.path.exists(path):
        return Counts(due=0, new=len(known), learning=0, next_due=None)
    with _opened(path) as db:
        held = {question for (question,) in db.execute(_HELD, (today.isoformat(),))}
        asked = {"known": json.dumps(sorted(known - held)), "today": today.isoformat()}
        due, new, learning, later = db.execute(_COUNTS, asked).fetchone()
        (buried,) = db.execute(_BURIED, (json.dumps(list(known & held)),)).fetchone()
    coming = [date.fromisoformat(day) for day in (later, buried) if day]
    return Counts(due, new, learning, min(coming, default=None))


def answered(path: str, questions: Iterable[str], today: date) -> Answered:
    """Count those of the ``questions`` that were answered ``today``. Raises as `counts` does."""
    if not os.path.exists(path):
        return Answered()
    with _opened(path) as db:
        known = json.dumps(list(questions))
        found = [question for (question,) in db.execute(_ANSWERED, (today.isoformat(), known))]
        asked = {"day": today.isoformat(), "questions": json.dumps(found)}
        reviews = len(db.execute(SEEN_BEFORE, asked).fetchall())
    return Answered(len(found) - reviews, reviews)


def settled(path: str, questions: Iterable[str], stability: float) -> set[str]:
    """Return those of the ``questions`` that are suspended, or known with this ``stability`` in days.

    Raises as `counts` does.
    """
    if not os.path.exists(path):
        return set()
    with _opened(path) as db:
        asked = {"questions": json.dumps(list(questions)), "stable": stability}
        return {question for (question,) in db.execute(_SETTLED, asked)}


@contextmanager
def _opened(path: str) -> Iterator[Connection]:
    db = connect(path)
    try:
        with plain_errors(path):
            yield db
    finally:
        db.close()
