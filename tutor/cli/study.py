"""What the commands that study have in common: the learner's library and store."""

from __future__ import annotations

from tutor import config
from tutor.memory.store import Store
from tutor.study.library import Library, open_index


def open_store() -> Store:
    """Open the learner's store. Raises StoreError if it can't be used."""
    return Store(config.store_path(), rollover=config.settings().rollover)


def open_library() -> Library:
    """Open the decks."""
    return Library(open_index())
