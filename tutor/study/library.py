"""The cards there are to study, with their experiments and templates checked by the lab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor import config
from tutor.decks.index import Index, index
from tutor.decks.packages.unfinished import finish
from tutor.errors import DeckError, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.decks.index import CardSummary
    from tutor.decks.model import Card, Question


def check_fence(fence: str, settings: Mapping[str, object]) -> None:
    """Raise UsageError if the lab can't run the experiment, or draw from the template, of a deck's fence."""
    from tutor.lab.experiments import experiment  # the slow part, not needed while the index is fresh
    from tutor.lab.predict.templates import template

    {"experiment": experiment, "predict": template}[fence](settings)


def open_index(notify: Callable[[int], None] | None = None) -> Index:
    """Return the index of all decks: the bundled ones, which the tests have proved, and the learner's own.

    ``notify`` is told how many files are to be read, if they are so many that it takes seconds.
    """
    roots = config.deck_roots()
    finish(roots[-1])
    return index(roots, config.index_path(), check_fence, proved=roots[:1], notify=notify)


class Library:
    """Finds cards and questions by their ids; a card's file is read when the card is first wanted."""

    def __init__(self, found: Index, again: Callable[[], Index] = open_index) -> None:
        """Serve the cards of an index; ``again`` makes it anew when their files have changed."""
        self._again = again
        self._take(found)

    def reload(self) -> None:
        """Take in what has changed in the decks since."""
        self._take(self._again())

    def _take(self, found: Index) -> None:
        self._index = found
        self._cards: dict[str, Card] = {}
        self._summaries = {card.id: card for card in found.cards}
        self._card_of = {question: card for card in found.cards for question in card.questions}

    @property
    def problems(self) -> list[str]:
        """What is wrong in the decks' files, one line each."""
        return self._index.problems

    @property
    def decks(self) -> Mapping[str, str]:
        """The titles of the decks by their ids."""
        return self._index.decks

    def summaries(self, deck: str | None = None) -> list[CardSummary]:
        """List the cards of a deck, or of all. Raises UsageError if there is no such deck."""
        if deck is None:
            return self._index.cards
        if deck not in self._index.decks:
            raise unknown("deck", deck, self._index.decks)
        return [card for card in self._index.cards if card.deck == deck]

    def summary(self, card: str) -> CardSummary:
        """Return what lists need to know of the card with this id, which is in the decks."""
        return self._summaries[card]

    def questions(self, deck: str | None = None) -> list[str]:
        """List the ids of the questions of a deck, or of all. Raises UsageError if there is no such deck."""
        return [question for card in self.summaries(deck) for question in card.questions]

    def card(self, card: str) -> Card:
        """Return the card with this id. Raises UsageError if there is none, DeckError if it is broken."""
        if card not in self._summaries:
            raise unknown("card", card, self._summaries)
        if card not in self._cards:
            self._cards[card] = self._index.card(card)
        return self._cards[card]

    def __contains__(self, question: str) -> bool:
        """Whether a question with this id is in the decks."""
        return question in self._card_of

    def card_of(self, question: str) -> str:
        """Return the id of the card of a question that is in the decks."""
        return self._card_of[question].id

    def question(self, question: str) -> tuple[Card, Question]:
        """Return the question with this id and its card. Raises DeckError if it isn't in the decks any more."""
        if question in self._card_of:
            card = self.card(self._card_of[question].id)
            for candidate in card.questions:
                if candidate.id == question:
                    return card, candidate
        raise DeckError(f"the question '{question}' is not in the decks any more; its history is kept")
