"""Which cards have to be stable before a card's questions come.

A question is *stable* once it is not in learning, and FSRS expects it to be remembered for a week: with the
default parameters after two good answers on different days. A card is stable when all its questions are; those
that the learner suspended don't count, or they would bar the way for ever.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

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
            if other in self._cards
            and not self._is_stable(other)
            and self._circles.get(other) != self._circles[card]
        ]

    def _is_stable(self, card: str) -> bool:
        if card not in self._stable:
            self._stable[card] = all(map(self._is_settled, self._cards[card].questions))
        return self._stable[card]

    @cached_property
    def _circles(self) -> dict[str, str]:
        """For each card that requires any, one that stands for all that it requires and that require it.

        A card in no circle stands for itself. These are the strongly connected components, by Kosaraju's
        algorithm: two walks over all cards, however long a chain of them is.
        """
        requiring = {card.id: card.requires for card in self._cards.values() if card.requires}
        ahead = {card: [other for other in others if other in requiring] for card, others in requiring.items()}
        back: dict[str, list[str]] = {card: [] for card in ahead}
        for card, others in ahead.items():
            for other in others:
                back[other].append(card)
        left = [card for walk in _walks(ahead, ahead) for card in walk]
        return {card: walk[-1] for walk in _walks(reversed(left), back) for card in walk}


def _walks(starts: Iterable[str], ways: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Walk from each of the ``starts`` on all new ways; yield what is met, each after what it leads to."""
    met: set[str] = set()
    for start in starts:
        if start in met:
            continue
        met.add(start)
        found: list[str] = []
        path = [(start, iter(ways[start]))]
        while path:
            card, rest = path[-1]
            following = next((other for other in rest if other not in met), None)
            if following is None:
                found.append(card)
                path.pop()
            else:
                met.add(following)
                path.append((following, iter(ways[following])))
        yield found
