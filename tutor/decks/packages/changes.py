"""What a new version of a deck changes in the one that is there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.decks.folders import TITLE_FILE, scan
from tutor.decks.load import load_card
from tutor.decks.model import DeckFileError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tutor.decks.model import Card, Check


@dataclass(frozen=True)
class Changes:
    """The ids of cards, in the order of the decks, and of the questions that are in the new one no more."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: tuple[str, ...]
    lost_questions: tuple[str, ...]

    @property
    def shared(self) -> bool:
        """Whether any card is in both, so that they are versions of one deck."""
        return bool(self.changed or self.same)

    @property
    def none(self) -> bool:
        """Whether all cards are as they were."""
        return not (self.new or self.changed or self.removed)


def changes(old: Mapping[str, Card], new: Mapping[str, Card]) -> Changes:
    """Compare two versions of a deck, each as its cards by id."""
    same = tuple(id_ for id_ in new if id_ in old and _comparable(new[id_]) == _comparable(old[id_]))
    kept = {question for card in new.values() for question in _questions(card)}
    return Changes(
        new=tuple(id_ for id_ in new if id_ not in old),
        changed=tuple(id_ for id_ in new if id_ in old and id_ not in same),
        removed=tuple(id_ for id_ in old if id_ not in new),
        same=same,
        lost_questions=tuple(each for card in old.values() for each in _questions(card) if each not in kept),
    )


def cards_in(folder: Path, check: Check) -> dict[str, Card]:
    """Return the cards in a deck's folder that can be read, by their ids."""
    cards: list[Card] = []
    for path in map(Path, scan([str(folder)])):
        if path.name != TITLE_FILE:
            with suppress(DeckFileError):  # lint tells what is wrong with it
                cards.append(load_card(path, check))
    return by_id(cards)


def by_id(cards: Sequence[Card]) -> dict[str, Card]:
    """Return a deck's cards by their ids; of several with one id, the first."""
    found: dict[str, Card] = {}
    for card in cards:
        found.setdefault(card.id, card)
    return found


def _questions(card: Card) -> Sequence[str]:
    return [question.id for question in card.questions]


def _comparable(card: Card) -> Card:
    """Return the card without what the place of its file says."""
    return replace(card, path=Path(), deck="")
