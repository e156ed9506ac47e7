"""Where a session begins: at the day's first question, or where the last one was left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tutor.study.bookmarks import load_place
from tutor.study.daily import the_day
from tutor.study.place import Asked, Place
from tutor.study.plan import ahead, plan, practice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tutor.config import Settings
    from tutor.memory.model import Review
    from tutor.memory.store import Store
    from tutor.study.library import Library
    from tutor.study.plan import Scope


def resume(library: Library, store: Store, scope: Scope, settings: Settings) -> Place:
    """Return the place that was left today in the same ``scope``, brought up to date; or else a new one.

    A session with a limit, ahead of time or of practice begins anew when it is over; today's routine goes on
    with what came due since. Raises UsageError if the scope names an unknown deck.
    """
    today = store.today()
    wanted = _wanted(library, store, scope, settings)
    place = load_place(store)
    if place is not None and (place.day, place.scope) == (today, scope):
        place = _catch_up(place, library, store)
        if _open_ended(scope) or not place.over:
            return _refresh(place, wanted)
    return Place(today, scope, queue=tuple(map(Asked, wanted.queue[: scope.limit])))


def refreshed(
    place: Place, library: Library, store: Store, settings: Settings, *, asking: bool = True
) -> Place:
    """Return the place brought up to date with what was changed from beside: acts, and other ratings.

    ``asking`` tells whether the current question may be on the screen, and has to stay.
    """
    wanted = _wanted(library, store, place.scope, settings)
    return _refresh(_catch_up(place, library, store), wanted, asking=asking)


class _Wanted(NamedTuple):
    """What a session asks, which of that is new, and which of the new ones are marked as not clear."""

    queue: list[str]
    new: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()


def _wanted(library: Library, store: Store, scope: Scope, settings: Settings) -> _Wanted:
    """List what a session of this scope asks now."""
    day = the_day(library, store)
    if scope.mode == "cram":
        return _Wanted(practice(library, day, scope))
    found = plan(library, day, scope, settings)
    later = ahead(library, day, scope) if scope.mode == "ahead" else []
    return _Wanted(found.queue + later, frozenset(found.new), frozenset(found.new) & day.unclear.keys())


def _open_ended(scope: Scope) -> bool:
    """Whether a session takes in what comes due while it lasts."""
    return scope.limit is None and scope.mode == "today"


def _refresh(place: Place, wanted: _Wanted, *, asking: bool = True) -> Place:
    """Drop from the queue what needn't be asked any more, and add what came due where the session is open.

    Of the new ones, those that were marked as not clear meanwhile come first.
    """
    open_now = set(wanted.queue)
    queue = tuple(asked for asked in place.queue if asked.question in open_now)
    if _open_ended(place.scope):
        there = {asked.question for asked in queue}
        if place.feedback:
            there.add(place.answered[-1].asked.question)
        queue += tuple(Asked(question) for question in wanted.queue if question not in there)
    kept = int(asking and not place.feedback)
    return replace(place, queue=(*queue[:kept], *_unclear_first(queue[kept:], wanted)))


def _unclear_first(queue: Sequence[Asked], wanted: _Wanted) -> Iterator[Asked]:
    """Let the new questions that are not clear take the first of the places that the new ones have."""
    new = [asked for asked in queue if asked.question in wanted.new]
    turn = iter(sorted(new, key=lambda asked: asked.question not in wanted.unclear))
    return (next(turn) if asked.question in wanted.new else asked for asked in queue)


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
        state = store.state(asked.question) if asked.question in library else None
        if state is not None and state.last != asked.last:
            ids = [review.id for review in log(asked.question)]
            if asked.last not in ids or ids.index(state.last) > ids.index(asked.last):
                return place.answer(state.last)
    return place
