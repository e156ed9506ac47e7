"""How much there is to do, for a shell prompt: quick to import, quick to answer."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tutor.memory.connection import connect, plain_errors

if TYPE_CHECKING:
    from collections.abc import Iterable

_AGAIN = 1  # model.Rating.AGAIN; the module would take longer to import than the rest


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


def counts(path: str, questions: Iterable[str], today: date) -> Counts:
    """Count the ``questions`` (ids) that are due or new on the study day ``today``, by the store at ``path``.

    Without a store all are new, and none is made. Questions in the store that aren't asked for don't count.
    Raises StoreError if there is a store that cannot be used.
    """
    known = set(questions)
    seen = [(due, rating == _AGAIN) for question, due, rating in _states(path) if question in known]
    now = today.isoformat()
    due_now = [learning for due, learning in seen if learning or due <= now]
    later = [due for due, learning in seen if not learning and due > now]
    return Counts(
        due=len(due_now),
        new=len(known) - len(seen),
        learning=sum(due_now),
        next_due=date.fromisoformat(min(later)) if later else None,
    )


def _states(path: str) -> list[tuple[str, str, int]]:
    if not os.path.exists(path):
        return []
    db = connect(path)
    try:
        with plain_errors(path):
            return db.execute("SELECT question, due, rating FROM states").fetchall()
    finally:
        db.close()
