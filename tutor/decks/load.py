"""One file of a deck: a card, or what ``deck.toml`` tells of the deck."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from tutor.decks.clean import shorten
from tutor.decks.keys import IDENTIFIER
from tutor.decks.model import Card, Check, DeckFileError, Problems
from tutor.decks.parse import parse
from tutor.decks.read import read
from tutor.decks.settings import parse_settings
from tutor.errors import unknown

if TYPE_CHECKING:
    from pathlib import Path

KEYS = ["title", "cards"]
"""Of a ``deck.toml``."""

_ID = re.compile(rf"^id: *(?P<quote>[\"']?)(?P<id>{IDENTIFIER})(?P=quote)\s*$", re.MULTILINE)

MAX_CHARACTERS = 65_536
"""Of a ``deck.toml``: a thousand cards and more in their order."""


@dataclass(frozen=True)
class Head:
    """What a ``deck.toml`` tells of its deck."""

    title: str = ""
    cards: tuple[str, ...] = ()
    """The names of the cards' files, without ``.md``, in the order of the deck's path."""


def load_card(path: Path, check: Check) -> Card:
    """Read the card in the file at ``path``. Raises DeckFileError with all that is wrong."""
    return parse(read(path), path, check)


def id_in(path: Path) -> str:
    """Return the id that the card in a file gives, though it be broken otherwise; nothing if it gives none."""
    try:
        found = _ID.search(read(path))
    except DeckFileError:
        return ""
    return found["id"] if found else ""


def load_head(path: Path) -> Head:
    """Read the ``deck.toml`` at ``path``. Raises DeckFileError with all that is wrong."""
    return parse_head(read(path), path)


def parse_head(source: str, path: Path) -> Head:
    """Return what ``source``, the text of the ``deck.toml`` at ``path``, tells. Raises DeckFileError."""
    problems = Problems(path)
    settings = parse_settings(source, 1, problems, MAX_CHARACTERS) or {}
    for key in settings:
        if key not in KEYS:
            problems.add(1, f"{unknown('key', shorten(key), KEYS)}; mend or remove it")
    title = settings.get("title", "")
    if not isinstance(title, str):
        problems.add(1, 'the title should be text; put it in quotes: title = "…"')
    order = settings.get("cards", [])
    if not isinstance(order, list) or not all(isinstance(stem, str) for stem in order):
        problems.add(1, 'cards should be a list of file names without .md; write cards = ["…", "…"]')
    if problems.found:
        raise problems.error()
    return Head(cast("str", title), tuple(cast("list[str]", order)))
