"""Whether there is an answer to take back, or one to give again, over all sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.memory.store import Store

RECENT = 50
"""How many answers back one in force is looked for."""


def can_undo(store: Store) -> bool:
    """Whether an answer is in force."""
    return any(not review.undone for review in store.latest(RECENT))


def can_redo(store: Store) -> bool:
    """Whether an answer was taken back, and none was given since."""
    return any(review.undone for review in store.latest(1))
