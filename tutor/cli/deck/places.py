"""Which files are meant by a card's id, a deck's name or a path."""

from __future__ import annotations

import os
from pathlib import Path

from tutor import config
from tutor.cli.decks import open_index
from tutor.decks.clean import one_line
from tutor.decks.folders import scan
from tutor.decks.load import id_in
from tutor.decks.packages.shelf import Shelf
from tutor.errors import UsageError
from tutor.study.library import check_fence


def shelf() -> Shelf:
    """Return the learner's decks."""
    bundled, own = map(Path, config.deck_roots())
    return Shelf(bundled, own, Path(config.home(), "removed"), check_fence)


def card_file(word: str) -> Path:
    """Return the file of a card, given its path or its id. Raises UsageError if there is none.

    The file of a card that can't be read is found by its name, or by the id that it gives.
    """
    if os.path.isfile(word):
        return Path(word)
    if os.path.isdir(word):
        raise UsageError(f"{one_line(word)} is a folder; give the file of one of its cards")
    found = open_index()
    files = [card.path for card in found.cards if card.id == word]
    files = files or [
        path
        for path in scan(config.deck_roots())
        if os.path.basename(path) == f"{word}.md" or id_in(Path(path)) == word
    ]
    if not files:
        known = "'tutor cards' lists the ids there are"
        raise UsageError(f"there is no file '{one_line(word)}', and no card of that id; {known}")
    return Path(files[0])


def deck_paths(words: list[str]) -> list[Path]:
    """Return the files and folders that are meant by paths, decks' names or cards' ids; the learner's if none.

    Raises UsageError for what is none of them.
    """
    decks = {place.name: place for place in shelf().places()}
    if not words:
        return [place.folder for place in decks.values() if place.where != "bundled"]
    return [
        Path(word) if os.path.exists(word) else decks[word].folder if word in decks else card_file(word)
        for word in words
    ]
