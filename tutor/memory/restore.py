"""Putting a backup in the place of the store, so that nothing is half done and nothing lost."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from tutor.errors import StoreError
from tutor.memory.backup import back_up, settle, verify
from tutor.memory.connection import (
    BUSY_SECONDS,
    SCHEMA_VERSION,
    create,
    migrate_in_place,
    plain_errors,
    transaction,
    version,
)
from tutor.memory.folding import schedulers
from tutor.memory.rebuilding import fold_anew
from tutor.memory.schedule import DEFAULT

if TYPE_CHECKING:
    from tutor.memory.clock import Moment


def restore(backup: str, store: str, now: Moment) -> str | None:
    """Put a copy of ``backup``, verified and up to date, in the place of the ``store``.

    Returns where the old one is now: in a backup of its own, or moved aside as it is if it is damaged; None if
    there was none. Other sessions that are open on the store are told at their next answer. Raises StoreError,
    and changes nothing, if the backup is not in order or the store is in use.
    """
    temporary = f"{store}.restored.{os.getpid()}"
    try:
        verify(backup)
        create(temporary)
        with plain_errors(backup), closing(_connected(backup)) as old, closing(_connected(temporary)) as new:
            old.backup(new)
            if version(new, backup) < SCHEMA_VERSION:
                migrate_in_place(new, temporary)
            with transaction(new, temporary):
                fold_anew(new, schedulers(new, DEFAULT))
        return _swap(temporary, store, now)
    except OSError as error:
        raise StoreError(f"the store {store}: it cannot be replaced ({error.strerror})") from error
    finally:
        with suppress(OSError):
            os.unlink(temporary)


def _swap(temporary: str, store: str, now: Moment) -> str | None:
    if not os.path.exists(store):
        settle(temporary, store)
        return None
    with closing(_connected(store)) as db:
        try:
            # No answer comes between the backup and the swap; and the journal of a killed session, which
            # SQLite would otherwise apply to the file that takes the place, is used up.
            db.execute("BEGIN IMMEDIATE")
            old = back_up(store, now)
        except (sqlite3.DatabaseError, StoreError) as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise StoreError(
                    f"the store {store}: another program is using it; close that, or try again"
                ) from error
            return _move_aside(temporary, store, now)
        settle(temporary, store)
    return old


def _connected(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def _move_aside(temporary: str, store: str, now: Moment) -> str:
    """Keep a store that can't be copied as it is, together with its journal."""
    aside = f"{store}.damaged-{now.ms}"
    for part in ("-journal", ""):
        with suppress(FileNotFoundError):
            os.replace(store + part, aside + part)
    settle(temporary, store)
    return aside
