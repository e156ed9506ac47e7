"""The search at work in threads, so that nobody who types waits for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from textual.message import Message

from tutor import config
from tutor.app.latest import Latest
from tutor.decks.search import Search
from tutor.errors import SearchError, TutorError
from tutor.study.finding import Finder
from tutor.study.query import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.widget import Widget

    from tutor.decks.index import CardSummary
    from tutor.memory.store import Store
    from tutor.study.finding import Found
    from tutor.study.overview import Overview


@dataclass
class CardsRead(Message):
    """How many of how many changed cards have been read."""

    done: int
    total: int


@dataclass
class AllRead(Message):
    """The search is up to date; with what is wrong, if anything is."""

    trouble: str = ""


@dataclass
class Answered(Message):
    """What was found for a line, or what is wrong with it."""

    line: str
    found: Sequence[Found]
    problem: str = ""


class _LeftError(Exception):
    """The search was left before all cards were read."""


class Searching:
    """Posts to its owner what is found, for the last of the lines that were asked while it was busy."""

    def __init__(self, owner: Widget) -> None:
        self._owner = owner
        self._search = Search(config.search_path())
        self._latest = Latest(owner, self._answer)
        self._left = Event()
        self.finder: Finder | None = None

    def begin(self, cards: Sequence[CardSummary], found: Overview, store: Store) -> None:
        """Take in how things stand now, and read the cards that have changed."""
        self.finder = Finder(self._search, found, store.holds(), store.unclear())
        self._owner.run_worker(lambda: self._read(cards), thread=True)

    def ask(self, line: str) -> None:
        """Find what a line asks for, once it is known how things stand."""
        if self.finder:
            self._latest.ask(line)

    def leave(self) -> None:
        """Read no more, and let go of the search's file."""
        self._left.set()
        self._search.close()

    def _read(self, cards: Sequence[CardSummary]) -> None:
        def tell(done: int, total: int) -> None:
            if self._left.is_set():
                raise _LeftError
            self._owner.post_message(CardsRead(done, total))

        with suppress(_LeftError):
            try:
                self._search.update(cards, tell)
            except SearchError as error:
                self._owner.post_message(AllRead(str(error)))
            else:
                self._owner.post_message(AllRead(self._search.trouble))

    def _answer(self, line: str) -> None:
        assert self.finder is not None
        try:
            answer = Answered(line, self.finder.find(parse(line)))
        except TutorError as error:
            answer = Answered(line, (), str(error))
        self._owner.post_message(answer)
