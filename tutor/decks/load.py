"""Folders of files to decks: the good cards, and every problem of the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tutor.decks.clean import one_line, shorten
from tutor.decks.folders import TITLE_FILE, scan
from tutor.decks.model import Card, Check, Deck, DeckFileError, Problem, Problems
from tutor.decks.parse import parse
from tutor.decks.read import read
from tutor.decks.settings import parse_settings
from tutor.errors import unknown

if TYPE_CHECKING:
    from collections.abc import Iterable


def load(roots: Iterable[str], check: Check) -> tuple[list[Deck], list[Problem]]:
    """Return the decks below ``roots`` (see ``scan``) and what is wrong in them, in the order of their files.

    A card with a problem is left out, and so is one that repeats the id of an earlier card or question.
    """
    cards: dict[str, list[Card]] = {}
    titles: dict[str, str] = {}
    problems: list[Problem] = []
    taken: dict[tuple[str, str], Path] = {}
    for path in map(Path, scan(roots)):
        deck = one_line(path.parent.name)
        try:
            if path.name == TITLE_FILE:
                titles.setdefault(deck, _title(path))
            else:
                card = load_card(path, check)
                _claim_ids(card, taken)
                cards.setdefault(deck, []).append(card)
        except DeckFileError as error:
            problems += error.problems
    decks = [Deck(deck, titles.get(deck) or _title_of(deck), tuple(held)) for deck, held in cards.items()]
    return decks, problems


def load_card(path: Path, check: Check) -> Card:
    """Read the card in the file at ``path``. Raises DeckFileError with all that is wrong."""
    return parse(read(path), path, check)


def _claim_ids(card: Card, taken: dict[tuple[str, str], Path]) -> None:
    """Enter the card's ids into ``taken``. Raises DeckFileError if another card took one."""
    ids = [("card", card.id, 1), *(("question", question.id, question.line) for question in card.questions)]
    problems = Problems(card.path)
    for kind, id_, line in ids:
        other = taken.get((kind, id_))
        if other:
            where = f"{other.parent.name}/{other.name}"
            problems.add(line, f"{kind} id '{id_}' is already used in {where}; give this {kind} another")
    if problems.found:
        raise problems.error()
    taken.update({(kind, id_): card.path for kind, id_, _ in ids})


def _title(path: Path) -> str:
    """Read the title in a ``deck.toml``. Raises DeckFileError."""
    problems = Problems(path)
    settings = parse_settings(read(path), 1, problems) or {}
    for key in settings:
        if key != "title":
            problems.add(1, f"{unknown('key', shorten(key), ['title'])}; mend or remove it")
    title = settings.get("title", "")
    if not isinstance(title, str):
        problems.add(1, 'the title should be text; put it in quotes: title = "…"')
    if problems.found:
        raise problems.error()
    return str(title)


def _title_of(deck: str) -> str:
    """Make a title of a folder's name: ``machine-learning`` is Machine learning."""
    words = deck.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
