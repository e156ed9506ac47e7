"""Taking stock: the statistics of the log, with what the decks know of its questions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tutor.errors import DeckError

if TYPE_CHECKING:
    from datetime import date

    from tutor.decks.model import Question
    from tutor.memory.statistics.log import Log
    from tutor.memory.statistics.summary import Known, Statistics
    from tutor.study.library import Library

MOST_CARDS = 60
"""How many cards are read to count the options of their questions; of the others four are assumed."""


def take_stock(library: Library, path: str, today: date) -> Statistics:
    """Compute all statistics of the store at ``path``. Raises StoreError if it can't be used."""
    from tutor.memory.statistics.log import read_log  # numpy, which studying does without
    from tutor.memory.statistics.summary import statistics

    log = read_log(path)
    return statistics(log, today, _known(library, log))


def _known(library: Library, log: Log) -> Known:
    from tutor.memory.statistics.summary import Known

    asked = set(log.questions)
    of = {question: card for card in library.summaries() for question in card.questions if question in asked}
    return Known(
        options=_options(library, Counter(card.id for card in of.values())),
        cards={question: card.title for question, card in of.items()},
        decks={question: library.decks[card.deck] for question, card in of.items()},
    )


def _options(library: Library, cards: Counter[str]) -> dict[str, int]:
    """Count the answers to choose from of the questions of the cards most asked."""
    options = {}
    for card, _ in cards.most_common(MOST_CARDS):
        try:
            questions = library.card(card).questions
        except DeckError:
            continue  # it was broken meanwhile; the first screen says so
        options.update({question.id: answers(question) for question in questions if question.choices})
    return options


def answers(question: Question) -> int:
    """Count the answers among which one is guessed: the options, or all that can be chosen of them.

    Of k options at least one is chosen where several may be, in 2^k − 1 ways.
    """
    options = len(question.choices)
    return 2**options - 1 if question.kind == "multi" else options
