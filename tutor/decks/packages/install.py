"""A deck put among the learner's own, in one step that succeeds or changes nothing; and taken away again.

What is replaced or removed is never deleted: it moves to a folder from which it can be added again.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from tutor.decks.clean import one_line
from tutor.errors import DeckError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_HIDDEN = ".adding-"
"""A folder whose name begins with a dot holds no decks."""


@contextmanager
def staging(own: Path) -> Iterator[Path]:
    """Make an empty folder on the disk of the decks in ``own``; it is gone afterwards."""
    own.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=_HIDDEN, dir=own))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def put(staged: Path, own: Path, removed: Path, now: datetime) -> Path | None:
    """Move a deck's ``staged`` folder into ``own``, and return where a deck of its name went that was there.

    If it can't be moved, the old one stays. Raises OSError then.
    """
    target = own / staged.name
    kept = put_away(target, removed, now) if target.exists() else None
    try:
        staged.rename(target)
    except OSError:
        if kept:
            shutil.move(kept, target)
        raise
    return kept


def put_away(folder: Path, removed: Path, now: datetime) -> Path:
    """Move a deck's folder to one below ``removed`` that is named after the time, and return where it is."""
    removed.mkdir(parents=True, exist_ok=True)
    for attempt in range(1, 100):
        again = f"-{attempt}" if attempt > 1 else ""
        kept = removed / f"{now:%Y-%m-%d-%H%M%S}{again}"
        try:
            kept.mkdir()
        except FileExistsError:  # another of the same second
            continue
        return Path(shutil.move(folder, kept / folder.name))
    raise DeckError(f"{one_line(str(removed))} is full of what was removed within a second; try again")


def link(folder: Path, own: Path, name: str) -> Path:
    """Link a deck's folder into ``own`` under a name that isn't taken. Raises UsageError if it can't be."""
    own.mkdir(parents=True, exist_ok=True)
    target = own / name
    try:
        os.symlink(folder.resolve(), target, target_is_directory=True)
    except OSError as error:
        raise UsageError(
            f"no link can be made in {one_line(str(own))} ({error.strerror}); add the deck without --link"
        ) from None
    return target
