"""Which files make up the decks below some folders."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TITLE_FILE = "deck.toml"

MOST_ENTRIES = 10_000
"""Files and folders in one folder, whatever they are; with more it is no deck, but somebody's archive."""


def scan(roots: Iterable[str]) -> dict[str, list[int]]:
    """List the decks' files in the order in which they are read, each with what tells whether it changed.

    Each root is a deck, or holds decks as its folders, or both; one that is missing holds none. Hidden files
    and READMEs are no cards. What cannot be looked at is listed all the same, so that reading it tells why.
    """
    return {path: stamp(path) for root in roots for path in _files(os.path.abspath(root), nested=True)}


def stamp(path: str) -> list[int]:
    """Return what tells whether a file changed; nothing if it cannot be looked at."""
    try:
        state = os.stat(path)
    except OSError:
        return []
    return [state.st_mtime_ns, state.st_ctime_ns, state.st_size]  # ctime: permissions may be what was mended


def _files(folder: str, *, nested: bool) -> Iterator[str]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(islice(listing, MOST_ENTRIES + 1), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError:
        yield folder
        return
    if len(entries) > MOST_ENTRIES:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.lower() == "readme.md":
            continue
        if entry.name.endswith(".md") or entry.name == TITLE_FILE:
            yield entry.path
        elif nested and os.path.isdir(entry.path):
            yield from _files(entry.path, nested=False)
