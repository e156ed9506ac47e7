"""Full-text search of the decks: texts are kept in a file, and looked for with SQLite's FTS5."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from tutor.decks import search_file
from tutor.decks.documents import Document, documents
from tutor.decks.load import load_card
from tutor.decks.model import DeckFileError
from tutor.decks.read import read
from tutor.decks.search_rows import Match, Wanted, find, forget, keep
from tutor.decks.terms import expression

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tutor.decks.index import CardSummary

BATCH = 50
"""How many cards are written at a time."""

Progress = Callable[[int, int], None]
Result = TypeVar("Result")

_UNUSABLE = (sqlite3.Error, ValueError, TypeError, LookupError)
"""What a damaged file leads to: the latter where places make no sense any more."""


class Search:
    """Searches the cards that it was last brought up to date with; threads may share it."""

    def __init__(self, path: str) -> None:
        """Keep the texts in the file at ``path``; where that can't be, in memory, and ``trouble`` says why.

        The file is opened when it is first needed, which raises SearchError if SQLite has no FTS5.
        """
        self._path = path
        self._lock = Lock()
        self._cards: Sequence[CardSummary] = ()
        self._db: sqlite3.Connection | None = None
        self._closed = False
        self.trouble = ""

    def close(self) -> None:
        """Let go of the file; nothing is found any more."""
        with self._lock:
            self._closed = True
            if self._db:
                self._db.close()

    def update(self, cards: Sequence[CardSummary], progress: Progress | None = None) -> None:
        """Read the ``cards`` whose files have changed, and forget those that are no more.

        ``progress`` is told how many of how many were read. What can't be read is not found.
        """
        self._cards = cards
        changed = self._locked(self._changed) or []
        for start in range(0, len(changed), BATCH):
            batch = [(card.id, stamp, _documents(card)) for card, stamp in changed[start : start + BATCH]]
            self._locked(lambda db: _write(db, batch))  # noqa: B023 - it is done at once
            if progress:
                progress(start + len(batch), len(changed))

    def find(
        self,
        terms: Sequence[str],
        *,
        prefix: bool = True,
        cards: Collection[str] | None = None,
        questions: Collection[str] | None = None,
        limit: int,
    ) -> list[Match]:
        """Return where all of the ``terms`` are, the best first; a term of several words is a phrase.

        Only in these ``cards`` and ``questions`` (ids), if they are given. If ``prefix``, the last term may
        go on. Terms may be anything: no character in them is more than itself.
        """
        wanted = Wanted(
            expression(terms, prefix=prefix),
            cards=None if cards is None else json.dumps([*cards]),
            questions=None if questions is None else json.dumps([*questions]),
            limit=limit,
        )
        return self._locked(lambda db: find(db, wanted)) or [] if wanted.expression else []

    def _locked(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Do the work while no other thread does any; None once the search is closed."""
        with self._lock:
            return None if self._closed else self._safely(work)

    def _changed(self, db: sqlite3.Connection) -> list[tuple[CardSummary, str]]:
        """Forget the cards that are no more, and return those whose files have changed, with their stamps."""
        stamps = {card.id: _stamp(card) for card in self._cards}
        kept = dict(db.execute("SELECT card, stamp FROM files"))
        gone = kept.keys() - stamps.keys()
        if gone:
            with search_file.transaction(db):
                for card in gone:
                    forget(db, card)
        return [(card, stamps[card.id]) for card in self._cards if kept.get(card.id) != stamps[card.id]]

    def _safely(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do the work; if the file turns out to be damaged with a new one, if it can't be used without one."""
        if self._db is None:
            self._db = self._connected()
        try:
            return work(self._db)
        except _UNUSABLE as error:
            self._db.close()
            self._db = self._mended(error)
        _write(self._db, [(card.id, stamp, _documents(card)) for card, stamp in self._changed(self._db)])
        return work(self._db)

    def _connected(self) -> sqlite3.Connection:
        try:
            return search_file.connect(self._path)
        except (sqlite3.Error, OSError) as error:
            return self._without(error)

    def _mended(self, error: Exception) -> sqlite3.Connection:
        if isinstance(error, sqlite3.Error) and not search_file.is_broken(error):
            return self._without(error)
        try:
            search_file.replace(self._path)
        except (sqlite3.Error, OSError) as again:
            return self._without(again)
        return self._connected()

    def _without(self, error: sqlite3.Error | OSError) -> sqlite3.Connection:
        what = getattr(error, "strerror", None) or error
        self.trouble = (
            f"{self._path}: {what}; searching does without it and reads every card each time: see that it can"
            " be written and that no other program uses it, or delete it"
        )
        return search_file.in_memory()


def _write(db: sqlite3.Connection, batch: Sequence[tuple[str, str, Sequence[Document]]]) -> None:
    """Keep what can be found of cards, with their stamps, in place of what was kept of them."""
    with search_file.transaction(db):
        for card, stamp, found in batch:
            forget(db, card)
            keep(db, card, stamp, found)


def _stamp(card: CardSummary) -> str:
    """Return what changes when the card's file does."""
    try:
        state = os.stat(card.path)
    except OSError:
        return ""
    path = ascii(card.path)  # SQLite takes no name that is not in UTF-8
    return " ".join(map(str, (state.st_mtime_ns, state.st_ctime_ns, state.st_size, path, *card.tags)))


def _documents(card: CardSummary) -> list[Document]:
    """Return what can be found of a card; nothing if its file is gone or was broken meanwhile."""
    path = Path(card.path)
    try:
        return documents(load_card(path, _any_fence), card.tags, read(path))
    except DeckFileError:
        return []


def _any_fence(fence: str, settings: Mapping[str, object]) -> None:
    """Take every fence: what it says is not searched, and who listed the cards has checked it."""
