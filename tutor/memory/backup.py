"""Backups: whole copies of the store beside it, each verified by opening and folding it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from tutor.errors import StoreError
from tutor.memory.check import damage
from tutor.memory.clock import system_clock
from tutor.memory.connection import (
    BUSY_SECONDS,
    SCHEMA_VERSION,
    migrate_in_place,
    plain_errors,
    reading,
    version,
)
from tutor.memory.folding import fold_all, schedulers
from tutor.memory.schedule import DEFAULT

if TYPE_CHECKING:
    from tutor.memory.clock import Moment

STAMP = "%Y%m%dT%H%M%S%fZ"
PREFIX, SUFFIX = "store-", ".db"


class Backup(NamedTuple):
    """One backup in the folder."""

    path: str
    at: datetime
    """When it was made, in UTC."""
    size: int
    """In bytes."""


def folder(store: str) -> str:
    """Return the folder that the backups of the store at this path are in."""
    return os.path.join(os.path.dirname(os.path.abspath(store)), "backups")


def backups(store: str) -> list[Backup]:
    """Return the backups of a store, the latest first."""
    place = folder(store)
    found = []
    for name in os.listdir(place) if os.path.isdir(place) else []:
        if name.startswith(PREFIX) and name.endswith(SUFFIX):
            with suppress(ValueError):
                at = datetime.strptime(name[len(PREFIX) : -len(SUFFIX)], STAMP).replace(tzinfo=UTC)
                path = os.path.join(place, name)
                found.append(Backup(path, at, os.path.getsize(path)))
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def back_up(store: str, now: Moment, target: str | None = None) -> str:
    """Copy the store to ``target``, or into the folder of backups, verify the copy, and return its path.

    Raises StoreError if the store can't be read, the copy can't be written, or it is not in order.
    """
    if not os.path.isfile(store):
        raise StoreError(f"the store {store}: it isn't there yet, so there is nothing to keep a copy of")
    with closing(_open(store)) as db:
        return copy(db, target or backup_name(store, now))


def before_migration(db: sqlite3.Connection, store: str) -> None:
    """Make a backup of a store that is about to be migrated, unless there is nothing in it yet."""
    if db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'reviews'").fetchone() == (1,):
        copy(db, backup_name(store, system_clock()))


def verify(path: str) -> None:
    """See that the file is a whole store, whose log can be folded from end to end; it is left as it is.

    One of an older version is migrated first, in a copy. Raises StoreError if it is not in order.
    """
    if not os.path.isfile(path):
        raise StoreError(f"{path}: there is no such file; 'tutor db list' tells which backups there are")
    with plain_errors(path), TemporaryDirectory(dir=os.path.dirname(path) or ".") as scratch:
        if _expect_store(path) < SCHEMA_VERSION:
            copy = os.path.join(scratch, "copy.db")
            with closing(_open(path)) as db, closing(sqlite3.connect(copy, isolation_level=None)) as newer:
                db.backup(newer)
                migrate_in_place(newer, copy)
            _expect_order(copy, path)
        else:
            _expect_order(path, path)


def _expect_store(path: str) -> int:
    with closing(_open(path)) as db:
        return version(db, path)


def _expect_order(path: str, named: str) -> None:
    with closing(_open(path)) as db, reading(db):
        found = next((finding for finding in damage(db) if not finding.mendable), None)
        if found:
            raise StoreError(f"the copy {named}: {found.what}; take another backup")
        for _ in fold_all(db, schedulers(db, DEFAULT)):
            pass


def _open(path: str) -> sqlite3.Connection:
    """Connect for reading only; a journal that a killed session left is rolled back nevertheless."""
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    db.execute("PRAGMA query_only = ON")
    return db


def backup_name(store: str, now: Moment) -> str:
    """Return the path of a backup made ``now``."""
    return os.path.join(folder(store), f"{PREFIX}{moment(now).strftime(STAMP)}{SUFFIX}")


def moment(now: Moment) -> datetime:
    """Return when that is, in UTC."""
    return datetime.fromtimestamp(now.ms / 1000, UTC)


def copy(db: sqlite3.Connection, target: str) -> str:
    """Copy what ``db`` holds to a file that is there, whole and verified, or not at all."""
    temporary = f"{target}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(target) or ".", mode=0o700, exist_ok=True)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with plain_errors(temporary), closing(sqlite3.connect(temporary)) as target_db:
            db.backup(target_db)
        verify(temporary)
        settle(temporary, target)
    except OSError as error:
        raise StoreError(f"the backup {target}: it cannot be written ({error.strerror})") from error
    finally:
        with suppress(OSError):
            os.unlink(temporary)
    return target


def settle(temporary: str, target: str) -> None:
    """Put a file in the place of another at one stroke, so that it is there after a power cut too."""
    _sync(temporary)
    os.replace(temporary, target)
    if os.name != "nt":  # where a folder can't be opened
        _sync(os.path.dirname(os.path.abspath(target)))


def _sync(path: str) -> None:
    handle = os.open(path, os.O_RDONLY if os.path.isdir(path) else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
