"""What cards there are, without reading them again while their files are as they were.

`tutor due` waits for this module, so that with a fresh cache it needs little more than os and json. A cache
that is missing, broken or from another version of the tutor is a miss: the decks are read, and it is
written anew if it can be.
"""

from __future__ import annotations

import json
import os
from binascii import crc32
from typing import TYPE_CHECKING, Any, NamedTuple

from tutor import __version__
from tutor.decks.folders import scan
from tutor.errors import DeckError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.decks.model import Card, Check

FORMAT = 2
"""Of the cache; to be raised when what it holds changes."""


class CardSummary(NamedTuple):
    """What lists and counts need to know of a card."""

    id: str
    deck: str
    title: str
    topic: str
    difficulty: str
    questions: list[str]
    requires: list[str]
    path: str
    tags: Sequence[str] = ()
    paragraphs: int = 0
    """How many its lesson has."""


class Index:
    """The decks' titles by id, the cards in order, and the problems of the others, one line each."""

    def __init__(self, decks: dict[str, str], cards: list[CardSummary], problems: list[str], check: Check):
        self.decks = decks
        self.cards = cards
        self.problems = problems
        self._check = check

    def card(self, card: str) -> Card:
        """Read the whole card from its file. Raises DeckError if it is not there, or broken meanwhile."""
        from pathlib import Path

        from tutor.decks.load import load_card

        for summary in self.cards:
            if summary.id == card:
                found = load_card(Path(summary.path), self._check)
                if found.id == card:
                    return found
        raise DeckError(f"the card '{card}' is not in the decks; 'tutor cards' lists those that are")


def index(roots: Sequence[str], cache: str, check: Check) -> Index:
    """Return the index of the decks below ``roots`` (see ``scan``), from the file ``cache`` if that is fresh.

    ``check`` judges the settings in a card's fences when it is read.
    """
    key = [FORMAT, __version__, scan(roots)]
    found = _cached(cache)
    if not found or found[0] != key:
        found = [key, *_contents(roots, check)]
        _write(cache, found)
    _, decks, cards, problems = found
    return Index(decks, [CardSummary(*card) for card in cards], problems, check)


def _contents(roots: Sequence[str], check: Check) -> tuple[dict[str, str], list[CardSummary], list[str]]:
    from tutor.decks.load import load

    decks, problems = load(roots, check)
    cards = [
        CardSummary(
            id=card.id,
            deck=card.deck,
            title=card.title,
            topic=card.topic,
            difficulty=card.difficulty,
            questions=[question.id for question in card.questions],
            requires=list(card.requires),
            path=str(card.path),
            tags=list(card.tags),
            paragraphs=len(card.paragraphs),
        )
        for deck in decks
        for card in deck.cards
    ]
    return {deck.id: deck.title for deck in decks}, cards, [str(problem) for problem in problems]


def _cached(cache: str) -> Any:
    """Return what ``_write`` wrote; None if it cannot be read, or is not what was written."""
    try:
        with open(cache, "rb") as file:
            checksum, _, content = file.read().partition(b"\n")
        return json.loads(content) if checksum == b"%08x" % crc32(content) else None
    except (OSError, ValueError):
        return None


def _write(cache: str, found: list[Any]) -> None:
    """Replace the cache at one stroke, so that no reader sees half of it; do without if that fails."""
    content = json.dumps(found).encode()
    temporary = f"{cache}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(cache), exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(b"%08x\n" % crc32(content) + content)
        os.replace(temporary, cache)
    except OSError:
        if os.path.exists(temporary):
            os.unlink(temporary)
