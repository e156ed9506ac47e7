"""What the files of some decks hold together; of a file that is as it was nothing is read again."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tutor.decks.clean import one_line
from tutor.decks.folders import TITLE_FILE
from tutor.decks.index import CardSummary, summary
from tutor.decks.load import parse_head
from tutor.decks.model import DeckFileError, Problem
from tutor.decks.parse import parse
from tutor.decks.read import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tutor.decks.model import Check


class Entry(NamedTuple):
    """What a file holds, in values that JSON has."""

    stamp: list[int]
    """What tells whether the file changed; nothing if it could not be looked at."""
    digest: str = ""
    """Of the file's text."""
    card: list[object] | None = None
    lines: list[int] = []  # noqa: RUF012 - it is never changed
    """Of the card's questions."""
    title: str = ""
    order: list[str] = []  # noqa: RUF012
    """Title and order of a ``deck.toml``."""
    problems: list[list[object]] = []  # noqa: RUF012
    """Line, column and message of each."""


class Contents(NamedTuple):
    """The decks' titles by id, in the order of their files, their cards in theirs, and what is wrong."""

    decks: dict[str, str]
    cards: list[CardSummary]
    problems: list[Problem]
    entries: dict[str, Entry]


def contents(files: Mapping[str, list[int]], known: Mapping[str, Entry], check: Check) -> Contents:
    """Read the ``files`` of some decks (see ``scan``), but for those that are as ``known``.

    A card with a problem is left out, and so is one that repeats the id of an earlier card or question.
    """
    once = Once(check)
    with _without_collection():
        entries = {path: _entry(path, stamp, known.get(path), once) for path, stamp in files.items()}
    heads: dict[str, Entry] = {}
    decks: dict[str, list[tuple[str, CardSummary]]] = {}
    problems: list[Problem] = []
    taken: dict[tuple[str, str], str] = {}
    for path, entry in entries.items():
        file = Path(path)
        found = [Problem(file, *each) for each in entry.problems]  # type: ignore[arg-type]
        if entry.card:
            card = CardSummary(*entry.card)  # type: ignore[arg-type]
            found = claim_ids(card, entry.lines, taken)
            if not found:
                decks.setdefault(card.deck, []).append((file.stem, card))
        elif file.name == TITLE_FILE and not found:
            heads.setdefault(one_line(file.parent.name), entry)
        problems += found
    titles = {deck: (deck in heads and heads[deck].title) or _title_of(deck) for deck in decks}
    cards = [
        card
        for deck, held in decks.items()
        for card in _ordered(held, heads[deck].order if deck in heads else [])
    ]
    return Contents(titles, cards, problems, entries)


def claim_ids(card: CardSummary, lines: Iterable[int], taken: dict[tuple[str, str], str]) -> list[Problem]:
    """Enter the ids of a card and of its questions, which stand on ``lines``, into ``taken``, by their files.

    If another file took one, nothing is entered, and the problems are returned.
    """
    ids = [
        ("card", card.id, 1),
        *(("question", id_, line) for id_, line in zip(card.questions, lines, strict=True)),
    ]
    problems = []
    for kind, id_, line in ids:
        if (kind, id_) in taken:
            other = Path(taken[kind, id_])
            where = f"{other.parent.name}/{other.name}"
            message = f"{kind} id '{id_}' is already used in {where}; give this {kind} another"
            problems.append(Problem(Path(card.path), line, message))
    if not problems:
        taken.update({(kind, id_): card.path for kind, id_, _ in ids})
    return problems


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep Python from looking for cycles: cards have none, and of many it takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Once:
    """A check that is made once for each block: decks show the same run in several places."""

    def __init__(self, check: Check) -> None:
        """Make this ``check``."""
        self._check = check
        self._passed: set[tuple[str, str]] = set()

    def __call__(self, fence: str, settings: Mapping[str, object]) -> None:
        """Raise what the check raises for these settings, unless they have passed."""
        key = fence, repr(settings)
        if key not in self._passed:
            self._check(fence, settings)
            self._passed.add(key)


def _entry(path: str, stamp: list[int], old: Entry | None, check: Check) -> Entry:
    if old and stamp and old.stamp == stamp:
        return old
    file = Path(path)
    digest = ""
    try:
        text = read(file)
        digest = blake2b(text.encode(), digest_size=16).hexdigest()
        if old and old.digest == digest:
            return old._replace(stamp=stamp)
        if file.name == TITLE_FILE:
            head = parse_head(text, file)
            return Entry(stamp, digest, title=head.title, order=list(head.cards))
        card = parse(text, file, check)
        return Entry(stamp, digest, list(summary(card)), [question.line for question in card.questions])
    except DeckFileError as error:
        problems: list[list[object]] = [[each.line, each.message, each.column] for each in error.problems]
        return Entry(stamp, digest, problems=problems)


def _ordered(cards: list[tuple[str, CardSummary]], order: list[str]) -> list[CardSummary]:
    """Put cards, given with the names of their files, in the deck's order; others follow as they come."""
    place = {stem: number for number, stem in enumerate(order)}
    return [card for _, card in sorted(cards, key=lambda each: place.get(each[0], len(place)))]


def _title_of(deck: str) -> str:
    """Make a title of a folder's name: ``machine-learning`` is Machine learning."""
    words = deck.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
