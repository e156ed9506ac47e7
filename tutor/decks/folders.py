"""Which files make up the decks below some folders."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TITLE_FILE = "deck.toml"


def scan(roots: Iterable[str]) -> dict[str, list[int]]:
    """List the decks' files in the order in which they are read, each with what tells whether it changed.

    Each root is a deck, or holds decks as its folders, or both; one that is missing holds none. Hidden files
    and READMEs are no cards. What cannot be looked at is listed all the same, so that reading it tells why.
    """
    return {path: state for root in roots for path, state in _files(os.path.abspath(root), nested=True)}


def _files(folder: str, *, nested: bool) -> Iterator[tuple[str, list[int]]]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError:
        yield folder, []
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.lower() == "readme.md":
            continue
        if entry.name.endswith(".md") or entry.name == TITLE_FILE:
            yield entry.path, _state(entry)
        elif nested and os.path.isdir(entry.path):
            yield from _files(entry.path, nested=False)


def _state(entry: os.DirEntry[str]) -> list[int]:
    try:
        state = entry.stat()
    except OSError:
        return []
    return [state.st_mtime_ns, state.st_ctime_ns, state.st_size]  # ctime: permissions may be what was mended
