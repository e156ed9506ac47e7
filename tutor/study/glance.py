"""What the routine of today comes to, for a shell prompt: the first screen's numbers, without its imports.

Only siblings that are to be buried are not told from others here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.memory.due import Counts, answered, counts, settled
from tutor.study.requires import STABLE, Requirements

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tutor.config import Settings
    from tutor.decks.index import CardSummary


def glance(cards: Sequence[CardSummary], path: str, today: date, settings: Settings) -> Counts:
    """Count what a study day asks of the ``cards``, by the store at ``path``, within the day's limits.

    New are the questions of the cards whose requirements are met. Raises StoreError if there is a store that
    cannot be used.
    """
    every = [question for card in cards for question in card.questions]
    found = counts(path, every, today)
    if found.new:
        found = found._replace(new=_startable(cards, path, today, found.new))
    done = answered(path, every, today)
    passed = min(found.due - found.learning, max(0, settings.reviews_per_day - done.reviews))
    new = min(found.new, max(0, settings.new_per_day - done.new))
    return found._replace(due=found.learning + passed, new=new)


def _startable(cards: Sequence[CardSummary], path: str, today: date, new: int) -> int:
    """Leave out of the ``new`` questions those of cards that wait for others."""
    required = {other for card in cards for other in card.requires}
    if not required:
        return new
    asked = [question for card in cards if card.id in required for question in card.questions]
    requirements = Requirements(cards, settled(path, asked, STABLE).__contains__)
    waiting = [question for card in cards if requirements.missing(card.id) for question in card.questions]
    return new - counts(path, waiting, today).new
