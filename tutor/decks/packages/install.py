"""A deck put among the learner's own, in one step that succeeds or changes nothing; and taken away again.

What is replaced or removed is never deleted: it moves to a folder from which it can be added again.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from tutor.decks.clean import one_line
from tutor.decks.packages.unfinished import READY, STAGED
from tutor.errors import DeckError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

LEFT_OVER = 86_400
"""Seconds after which nobody is putting a deck together any more."""


@contextmanager
def staging(own: Path) -> Iterator[Path]:
    """Make an empty folder on the disk of the decks in ``own``; it is gone afterwards."""
    own.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=STAGED, dir=own))
    _sweep(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _sweep(new: Path) -> None:
    """Throw away what was killed while it was put together, long before this ``new`` folder."""
    for folder in new.parent.glob(f"{STAGED}*"):
        with suppress(OSError):
            if new.stat().st_mtime - folder.stat().st_mtime > LEFT_OVER:
                shutil.rmtree(folder)


def forget_ready(own: Path, name: str) -> None:
    """Throw away a version of a deck in ``own`` that was ready, but killed before it took the other's place."""
    shutil.rmtree(own / f"{READY}{name}", ignore_errors=True)


def put(staged: Path, own: Path, removed: Path, now: datetime) -> Path | None:
    """Move a deck's ``staged`` folder into ``own``, and return where a deck of its name went that was there.

    If it can't be moved, the old one stays. Raises OSError then. If all ends between the two moves, the next
    start does the second one: see `finish`.
    """
    target = own / staged.name
    ready = own / f"{READY}{staged.name}"
    forget_ready(own, staged.name)
    staged.rename(ready)
    kept = None
    try:
        if target.exists():
            kept = put_away(target, removed, now)
        ready.rename(target)
    except OSError:
        if kept and not target.exists():
            shutil.move(kept, target)
        forget_ready(own, staged.name)
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
