"""Where a session begins: at the day's first question, or where the last one was left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.study.bookmarks import load_place
from tutor.study.place import Asked, Place
from tutor.study.plan import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.memory.model import Review
    from tutor.memory.store import Store
    from tutor.study.library import Library
    from tutor.study.plan import Scope


def resume(library: Library, store: Store, scope: Scope) -> Place:
    """Return the place that was left today in the same ``scope``, brought up to date; or else a new one.

    A session with a limit begins anew when it is over; without one, it goes on with what came due since. Raises
    UsageError if the scope names an unknown deck.
    """
    today = store.today()
    wanted = plan(library, store.states(), today, scope.deck)
    place = load_place(store)
    if place is not None and (place.day, place.scope) == (today, scope):
        place = _catch_up(place, library, store)
        if scope.limit is None or not place.over:
            return _refresh(place, wanted)
    return Place(today, scope, queue=tuple(map(Asked, wanted[: scope.limit])))


def _refresh(place: Place, wanted: Sequence[str]) -> Place:
    """Drop from the queue what needn't be asked any more, and add what came due, unless there is a limit."""
    open_now = set(wanted)
    queue = tuple(asked for asked in place.queue if asked.question in open_now)
    if place.scope.limit is None:
        there = {asked.question for asked in queue}
        if place.feedback:
            there.add(place.answered[-1].asked.question)
        queue += tuple(Asked(question) for question in wanted if question not in there)
    return replace(place, queue=queue)


def _catch_up(place: Place, library: Library, store: Store) -> Place:
    """Take in an undo, or an answer, whose bookmark a kill or a lost link cut off."""

    def log(question: str) -> list[Review]:
        return store.reviews(question) if question in library else []

    answered = tuple(
        entry
        for entry in place.answered
        if any(review.id == entry.review and not review.undone for review in log(entry.asked.question))
    )
    if answered[-1:] != place.answered[-1:]:
        place = place.undo()
    place = replace(place, answered=answered)
    if place.queue and not place.feedback:
        asked = place.queue[0]
        latest = log(asked.question)[-1:]
        if latest and latest[0].id != asked.last and not latest[0].undone:
            return place.answer(latest[0].id)
    return place
