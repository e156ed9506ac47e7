"""A backlog spread over the coming days, and that undone.

Each question's new day is an act of its own in the log; it holds until the question's next answer.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tutor.memory.acts import Act
from tutor.study.spread import First, spread

if TYPE_CHECKING:
    from datetime import date

    from tutor.memory.store import Store
    from tutor.study.library import Library

SPREAD = "spread"
"""The bookmark that names the acts of the last spreading."""


def moves(library: Library, store: Store, days: int, first: First, deck: str | None = None) -> dict[str, date]:
    """Return a new day for each question that is to move, if what is due is spread over ``days`` days.

    Raises UsageError if there is no such ``deck``.
    """
    today = store.today()
    known = set(library.questions(deck))
    due = store.states([question for question in store.due(today) if question in known])
    return spread(due, store.load(today, today + timedelta(days=days)), today, days, first)


def move_all(store: Store, days: dict[str, date]) -> None:
    """Let each question come back on its new day."""
    acts: list[str] = []
    store.set_bookmark(SPREAD, acts)
    try:
        for question, day in days.items():
            acts.append(store.act(question, Act.MOVE, day))
    finally:
        store.set_bookmark(SPREAD, acts)


def move_back(store: Store) -> int:
    """Undo the last spreading; return how many questions it had moved, 0 if there is none to undo."""
    found = store.bookmark(SPREAD)
    acts = [act for act in found if isinstance(act, str)] if isinstance(found, list) else []
    for act in acts:
        store.revoke(act)
    store.set_bookmark(SPREAD, [])
    return len(acts)
