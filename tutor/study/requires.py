"""Which cards have to be stable before a card's questions come.

A question is *stable* once it is not in learning, and FSRS expects it to be remembered for a week: with the
default parameters after two good answers on different days. A card is stable when all its questions are; those
that the learner suspended don't count, or they would bar the way for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tutor.decks.index import CardSummary
    from tutor.memory.model import Hold, State

STABLE = 7.0
"""Days of stability from which a question is stable."""


def settled(states: Mapping[str, State], holds: Mapping[str, Hold]) -> Callable[[str], bool]:
    """Return what tells, by the learner's ``states`` and what is suspended, whether a question bars no card."""

    def is_settled(question: str) -> bool:
        if question in holds and holds[question].suspended:
            return True
        state = states.get(question)
        return state is not None and not state.learning and state.stability >= STABLE

    return is_settled


class Requirements:
    """Tells what a card still waits for; each card is looked at once, and only if it is required."""

    def __init__(self, cards: Iterable[CardSummary], is_settled: Callable[[str], bool]) -> None:
        """Judge by whether each question ``is_settled``: stable or suspended."""
        self._cards = {card.id: card for card in cards}
        self._is_settled = is_settled
        self._stable: dict[str, bool] = {}

    def missing(self, card: str) -> list[str]:
        """Return the ids of the cards that ``card`` requires and that are not stable yet.

        A card that is not in the decks, and one that requires this card in turn, bars nothing.
        """
        return [
            other
            for other in self._cards[card].requires
            if other in self._cards and not self._is_stable(other) and not self._needs(other, card)
        ]

    def _is_stable(self, card: str) -> bool:
        if card not in self._stable:
            self._stable[card] = all(map(self._is_settled, self._cards[card].questions))
        return self._stable[card]

    def _needs(self, card: str, wanted: str) -> bool:
        """Whether ``card`` requires ``wanted``, directly or through others."""
        seen, open_ = {card}, [card]
        while open_:
            for other in self._cards[open_.pop()].requires:
                if other == wanted:
                    return True
                if other in self._cards and other not in seen:
                    seen.add(other)
                    open_.append(other)
        return False
