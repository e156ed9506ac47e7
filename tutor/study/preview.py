"""One card on its own, for its author: where a session with it stands, and how to begin one anywhere.

The *stops* of a card are its paragraphs and then its questions, counted from 0.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.decks.index import Index, summary
from tutor.study.bookmarks import save_paragraphs_read, save_place
from tutor.study.library import Library, check_fence
from tutor.study.place import Asked, Place
from tutor.study.plan import Scope
from tutor.study.session import Session
from tutor.study.steps import Asking, Feedback, Finished, Reading

if TYPE_CHECKING:
    from tutor.decks.model import Card
    from tutor.memory.store import Store
    from tutor.study.steps import Step


class _Alone(Index):
    """The index of a card that was read already, and of nothing that it requires."""

    def __init__(self, card: Card):
        super().__init__({card.deck: card.deck}, [summary(card)], [], check_fence)
        self._card = card

    def card(self, card: str) -> Card:
        assert card == self._card.id
        return self._card


def alone(card: Card) -> Library:
    """Return a library of this card and no other, as it was read."""
    found = _Alone(card)
    return Library(found, lambda: found)


class Rehearsal(Session):
    """A session with one card, whose questions have the numbers that they have in the card."""

    def _enter(self, place: Place) -> None:
        super()._enter(place)
        if isinstance(self.step, Asking):
            ids = [question.id for question in self.step.card.questions]
            self.step = replace(self.step, number=ids.index(self.step.question.id) + 1, total=len(ids))


def stops(card: Card) -> int:
    """Count the card's stops."""
    return len(card.paragraphs) + len(card.questions)


def stop_of(step: Step, card: Card) -> int:
    """Return the stop that a session with the card shows; the number of its stops at the end."""
    match step:
        case Reading():
            return step.paragraph
        case Asking() | Feedback():
            ids = [question.id for question in card.questions]
            return len(card.paragraphs) + ids.index(step.question.id)
        case Finished():
            return stops(card)


def begin_at(stop: int, card: Card, store: Store) -> None:
    """Let the next session with the card begin at one of its stops; ``store`` has no answers yet."""
    ids = [question.id for question in card.questions]
    first = max(0, stop - len(card.paragraphs))
    save_paragraphs_read(store, card.id, min(stop, len(card.paragraphs)))
    save_place(store, Place(store.today(), Scope(), queue=tuple(map(Asked, ids[first:] + ids[:first]))))


def keep_place(step: Step, old: Card, new: Card, store: Store) -> int | None:
    """Let the next session show in the ``new`` version of a card what one of the ``old`` shows at ``step``.

    Returns None if it will, with hints and answers kept; or else, where the card or the question has another
    id now, the stop in its place to begin at in another store.
    """
    if isinstance(step, Reading):
        if new.id == old.id:
            save_paragraphs_read(store, new.id, min(step.paragraph, len(new.paragraphs) - 1))
            return None
        return min(step.paragraph, len(new.paragraphs) - 1)
    shown = step.question.id if isinstance(step, Asking | Feedback) else None
    if new.id == old.id and (shown is None or shown in {question.id for question in new.questions}):
        save_paragraphs_read(store, new.id, len(new.paragraphs))
        return None
    question = stop_of(step, old) - len(old.paragraphs)
    return len(new.paragraphs) + min(question, len(new.questions) - 1)
