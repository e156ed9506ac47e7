"""What cards there are, without reading them again while their files are as they were.

`tutor due` waits for this module, so that with a fresh cache it needs little more than os and json. A cache
that is missing, broken or from another version of the tutor is a miss: the decks are read, and it is
written anew if it can be. Its first line is a checksum, the second what an index holds, and the third what
each file held, so that of many cards only those that changed are read.
"""

from __future__ import annotations

import json
import os
from binascii import crc32
from typing import TYPE_CHECKING, NamedTuple

from tutor import __version__
from tutor.decks.folders import scan, stamp
from tutor.errors import DeckError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tutor.decks.model import Card, Check

FORMAT = 3
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
    approvals: int = 0
    """How many there are."""


class Index:
    """The decks' titles by id, the cards in order, and the problems of the others, one line each."""

    def __init__(
        self,
        decks: dict[str, str],
        cards: list[CardSummary],
        problems: list[str],
        check: Check,
        stamps: Mapping[str, list[int]] | None = None,
    ):
        self.decks = decks
        self.cards = cards
        self.problems = problems
        self._check = check
        self._stamps = stamps or {}

    def card(self, card: str) -> Card:
        """Read the whole card from its file. Raises DeckError if it is not there, or broken meanwhile."""
        from pathlib import Path

        from tutor.decks.load import load_card

        for listed in self.cards:
            if listed.id == card:
                # Of a file that is as it was the index has checked the experiments, some of which take long.
                checked = stamp(listed.path) == self._stamps.get(listed.path)
                found = load_card(Path(listed.path), no_check if checked else self._check)
                if found.id == card:
                    return found
        raise DeckError(f"the card '{card}' is not in the decks; 'tutor cards' lists those that are")


def no_check(fence: str, settings: Mapping[str, object]) -> None:
    """Pass what has been checked."""


def index(
    roots: Sequence[str],
    cache: str,
    check: Check,
    proved: Sequence[str] = (),
    notify: Callable[[int], None] | None = None,
) -> Index:
    """Return the index of the decks below ``roots`` (see ``scan``), from the file ``cache`` if that is fresh.

    ``check`` judges the settings in a card's fences when it is read. When some files changed, or came, only
    those are read. Decks below the folders ``proved`` are known to pass it. Before many files are read, which
    takes seconds, ``notify`` is told how many.
    """
    files = scan(roots)
    key = [FORMAT, __version__, files]
    held = _cached(cache)
    found = json.loads(held[0]) if held else None
    if not found or found[0] != key:
        from tutor.decks.contents import Entry, contents

        known = json.loads(held[1]) if found and found[0][:2] == key[:2] else {}
        made = contents(files, {path: Entry(*entry) for path, entry in known.items()}, check, proved, notify)
        found = [key, made.decks, made.cards, [str(problem) for problem in made.problems]]
        _write(cache, found, made.entries)
    _, decks, cards, problems = found
    return Index(decks, [CardSummary(*card) for card in cards], problems, check, files)


def summary(card: Card) -> CardSummary:
    """Return what lists need of ``card``."""
    return CardSummary(
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
        approvals=len(card.approvals),
    )


def _cached(cache: str) -> list[bytes]:
    """Return the lines that ``_write`` wrote; none if they cannot be read, or are not what was written."""
    try:
        with open(cache, "rb") as file:
            checksum, _, content = file.read().partition(b"\n")
    except OSError:
        return []
    return content.splitlines() if checksum == b"%08x" % crc32(content) else []


def _write(cache: str, *values: object) -> None:
    """Replace the cache at one stroke, so that no reader sees half of it; do without if that fails."""
    content = b"\n".join(json.dumps(value).encode() for value in values)
    temporary = f"{cache}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(cache), exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(b"%08x\n" % crc32(content) + content)
        os.replace(temporary, cache)
    except OSError:
        if os.path.exists(temporary):
            os.unlink(temporary)
