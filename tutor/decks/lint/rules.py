"""The rules, one entry a rule: its name stands behind what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.decks.lint import giveaways, guessing, hints, lengths, links, substance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tutor.decks.lint.finding import Remark
    from tutor.decks.model import Card

OF_CARDS: Mapping[str, Callable[[Card], Iterator[Remark]]] = {
    "reading-level": lengths.reading,
    "card-length": lengths.whole,
    "paragraph-length": lengths.paragraphs,
    "option-length": lengths.options,
    "explanation-length": lengths.explanations,
    "hint-length": lengths.hints,
    "few-hints": hints.steps,
    "hint-answers": hints.answers,
    "longest-option": giveaways.length,
    "of-the-above": giveaways.of_the_above,
    "always-never": giveaways.absolutes,
    "only-precise": giveaways.precision,
    "same-option": giveaways.likeness,
    "same-position": guessing.positions,
    "no-source": substance.sources,
    "not-asked": substance.asked,
    "passage-twice": substance.passages,
}
"""On a card by itself."""

OF_LINKS: Mapping[str, Callable[[Card, Mapping[str, Sequence[str]]], Iterator[Remark]]] = {
    "dead-link": links.dead,
    "circle": links.circles,
}
"""On a card among others, given by their ids, each with the ids that it requires."""

OF_DECKS: Mapping[str, Callable[[Sequence[Card]], Iterator[Remark]]] = {
    "no-cards": substance.deck,
    "no-experiment": substance.experiments,
    "guessing": guessing.deck,
}
"""On the cards of a deck together."""
