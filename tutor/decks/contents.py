"""What the files of some decks hold together; of a file that is as it was nothing is read again."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tutor.decks.clean import one_line
from tutor.decks.folders import TITLE_FILE
from tutor.decks.index import CardSummary, no_check, summary
from tutor.decks.load import parse_head
from tutor.decks.model import DeckFileError, Problem
from tutor.decks.parse import parse
from tutor.decks.read import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tutor.decks.model import Check


class Entry(NamedTuple):
    """What a file holds, in values that JSON has."""

    stamp: list[int]
    """What tells whether the file changed; nothing if it could not be looked at."""
    digest: str = ""
    """Of the file's text."""
    card: list[Any] | None = None
    lines: list[int] = []  # noqa: RUF012 - it is never changed
    """Of the card's questions."""
    title: str = ""
    order: list[str] = []  # noqa: RUF012
    """Title and order of a ``deck.toml``."""
    problems: list[list[Any]] = []  # noqa: RUF012
    """Line, column and message of each."""


Changed = tuple[str, list[int], "Entry | None"]
"""A file to read, its stamp, and what it held before."""

MANY = 300
"""From how many files on several processes pay, which take half a second to begin."""


class Contents(NamedTuple):
    """The decks' titles by id, in the order of their files, their cards in theirs, and what is wrong."""

    decks: dict[str, str]
    cards: list[CardSummary]
    problems: list[Problem]
    entries: dict[str, Entry]


def contents(
    files: Mapping[str, list[int]],
    known: Mapping[str, Entry],
    check: Check,
    proved: Sequence[str] = (),
    notify: Callable[[int], None] | None = None,
) -> Contents:
    """Read the ``files`` of some decks (see ``scan``), but for those that are as ``known``.

    What is below the folders ``proved`` needs no ``check``. ``notify`` is told how many are read, if that takes
    seconds. A card with a problem is left out, as is one that repeats the id of an earlier card or question.
    """
    below = tuple(os.path.join(os.path.abspath(root), "") for root in proved)
    entries = _entries(files, known, check, below, notify)
    heads: dict[str, Entry] = {}
    decks: dict[str, list[tuple[str, CardSummary]]] = {}
    problems: list[Problem] = []
    taken: dict[tuple[str, str], str] = {}
    for path, entry in entries.items():
        file = Path(path)
        found = [Problem(file, *each) for each in entry.problems]
        if entry.card:
            card = CardSummary(*entry.card)
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


def _entries(
    files: Mapping[str, list[int]],
    known: Mapping[str, Entry],
    check: Check,
    proved: tuple[str, ...],
    notify: Callable[[int], None] | None,
) -> dict[str, Entry]:
    """Return what the ``files`` hold; of ``MANY`` that changed, each processor reads its share."""
    changed = [
        (path, stamp, known.get(path))
        for path, stamp in files.items()
        if not stamp or path not in known or known[path].stamp != stamp
    ]
    count = os.cpu_count() or 1
    many = len(changed) >= MANY
    if many and notify:
        notify(len(changed))
    found = _read_shared(changed, check, proved, count) if many and count > 1 else _read(changed, check, proved)
    return {path: found[path] if path in found else known[path] for path in files}


def _read_shared(
    changed: Sequence[Changed], check: Check, proved: tuple[str, ...], count: int
) -> dict[str, Entry]:
    """Read files in ``count`` processes; here, if there can be none."""
    from concurrent.futures import BrokenExecutor

    from tutor.processes import processes

    try:
        with processes(count) as pool:
            shares = [pool.submit(_read, changed[first::count], check, proved) for first in range(count)]
            return {path: entry for share in shares for path, entry in share.result().items()}
    except (OSError, ImportError, BrokenExecutor):
        return _read(changed, check, proved)


def _read(changed: Sequence[Changed], check: Check, proved: tuple[str, ...]) -> dict[str, Entry]:
    once = Once(check)
    with _without_collection():
        return {
            path: _entry(path, stamp, old, no_check if path.startswith(proved) else once)
            for path, stamp, old in changed
        }


def _entry(path: str, stamp: list[int], old: Entry | None, check: Check) -> Entry:
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
        problems: list[list[Any]] = [[each.line, each.message, each.column] for each in error.problems]
        return Entry(stamp, digest, problems=problems)


def _ordered(cards: list[tuple[str, CardSummary]], order: list[str]) -> list[CardSummary]:
    """Put cards, given with the names of their files, in the deck's order; others follow as they come."""
    place = {stem: number for number, stem in enumerate(order)}
    return [card for _, card in sorted(cards, key=lambda each: place.get(each[0], len(place)))]


def _title_of(deck: str) -> str:
    """Make a title of a folder's name: ``machine-learning`` is Machine learning."""
    words = deck.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
