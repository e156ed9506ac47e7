"""What the routine of today goes by: how each question stands, and what was done already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.memory.states import StoredStates
from tutor.study.plan import Day, Done

if TYPE_CHECKING:
    from datetime import date

    from tutor.memory.states import States
    from tutor.memory.store import Store
    from tutor.study.library import Library


def the_day(library: Library, store: Store) -> Day:
    """Look up what today's routine goes by. Questions that are in no deck any more are left out."""
    today = store.today()
    states = StoredStates(store, library.questions())
    return Day(today, states, store.holds(), _done(library, store, states, today), store.unclear())


def _done(library: Library, store: Store, states: States, today: date) -> Done:
    """Count the questions answered ``today``, which count against the day's limits."""
    answered = states.answered(today)
    reviews = len(store.seen_before(today, answered.keys()))
    return Done(len(answered) - reviews, reviews, frozenset(map(library.card_of, answered)))
