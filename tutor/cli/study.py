"""What the commands that study have in common: the learner's library and store."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tutor import config
from tutor.cli.decks import open_index
from tutor.cli.output import complain
from tutor.errors import StoreError
from tutor.memory.clock import system_clock
from tutor.memory.store import Store
from tutor.study.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator


def open_store() -> Store:
    """Open the learner's store. Raises StoreError if it can't be used."""
    return Store(config.store_path(), rollover=config.settings().rollover)


LARGE = 50_000_000
"""Bytes of a store from which on a backup takes seconds."""


@contextmanager
def open_to_study() -> Iterator[Store]:
    """Open the learner's store, and make the day's backup once the learner is done.

    A backup that can't be made is said on standard error, and nothing else comes of it.
    """
    with open_store() as store:
        yield store
    from tutor.memory.thinning import daily, is_due

    path, now = config.store_path(), system_clock()
    if not is_due(path, now):
        return
    if os.path.getsize(path) > LARGE:
        complain("making the day's backup of a large store; Ctrl+C leaves it for the next time")
    try:
        daily(path, now)
    except StoreError as error:
        complain(str(error))


def open_library() -> Library:
    """Open the decks."""
    return Library(open_index())
