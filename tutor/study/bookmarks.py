"""Where the learner left off: in the session, and in each card's text.

A bookmark is a convenience and not part of the log: one that makes no sense, perhaps a newer tutor's, is
passed over.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tutor.study.place import Answered, Asked, Place
from tutor.study.plan import Scope

if TYPE_CHECKING:
    from tutor.decks.model import Card
    from tutor.memory.store import Store

SESSION = "session"
READING = "reading:"
REREADING = "rereading:"
"""Each followed by the card's id."""


def load_place(store: Store) -> Place | None:
    """Return the place where the last session was left; None if there is none."""
    match _value(store, SESSION):
        case {
            "day": str(day),
            "deck": str() | None as deck,
            "limit": int() | None as limit,
            "mode": "today" | "ahead" | "cram" as mode,
            "days": int(days),
            "queue": list(queue),
            "answered": list(answered),
            "feedback": bool(feedback),
            "undone": list(undone),
            "box": int(box),
        } if answered or not feedback:
            try:
                return Place(
                    day=date.fromisoformat(day),
                    scope=Scope(deck, limit, mode, days),
                    queue=tuple(map(_asked, queue)),
                    answered=tuple(map(_answered, answered)),
                    feedback=feedback,
                    undone=tuple(map(_answered, undone)),
                    box=box,
                )
            except ValueError:
                return None
    return None


def _value(store: Store, name: str) -> object:
    try:
        return store.bookmark(name)
    except ValueError:  # not even JSON
        return None


_UNTOUCHED = Asked("")[1:]
"""What is kept of a question that was not put to the learner yet, besides its id."""


def _asked(value: object) -> Asked:
    match value:
        case str(question):
            return Asked(question)
        case [
            str(question),
            str() | None as last,
            int(hints),
            bool(looked_up),
            int() | None as seed,
            bool(reread),
            1 | 2 | 3 | None as confidence,
            bool(committed),
            str(written),
        ] if hints >= 0:
            return Asked(question, last, hints, looked_up, seed, reread, confidence, committed, written)
    raise ValueError(value)


def _answered(value: object) -> Answered:
    match value:
        case [str(review), asked, int(ms)]:
            return Answered(review, _asked(asked), ms)
    raise ValueError(value)


def save_place(store: Store, place: Place) -> None:
    """Remember the session's place. It is written with each answer, and practice may ask 100,000 questions."""
    queue = [asked.question if asked[1:] == _UNTOUCHED else asked for asked in place.queue]
    store.set_bookmark(
        SESSION,
        {
            "day": place.day.isoformat(),
            "deck": place.scope.deck,
            "limit": place.scope.limit,
            "mode": place.scope.mode,
            "days": place.scope.days,
            "queue": queue,
            "answered": place.answered,
            "feedback": place.feedback,
            "undone": place.undone,
            "box": place.box,
        },
    )


def paragraphs_read(store: Store, card: str) -> int:
    """Return how many paragraphs of the card were read: the index of the one to go on with."""
    reached = _value(store, READING + card)
    return max(0, reached) if isinstance(reached, int) else 0


def reading_place(store: Store, card: Card) -> int:
    """Return the index of the paragraph to go on with; of a card read to its end, where it was being reread."""
    total = len(card.paragraphs)
    reached = paragraphs_read(store, card.id)
    if reached < total:
        return reached
    again = _value(store, REREADING + card.id)
    return again if isinstance(again, int) and 0 <= again < total else 0


def save_reading_place(store: Store, card: Card, paragraph: int) -> None:
    """Remember at which paragraph the reader is; the number of paragraphs for the end."""
    total = len(card.paragraphs)
    if paragraphs_read(store, card.id) < total:
        save_paragraphs_read(store, card.id, paragraph)
    else:
        store.set_bookmark(REREADING + card.id, paragraph % total)


def save_paragraphs_read(store: Store, card: str, paragraphs: int) -> None:
    """Remember how many paragraphs of the card were read."""
    store.set_bookmark(READING + card, max(0, paragraphs))
