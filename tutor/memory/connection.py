"""A connection to the store's file: opened, checked, brought up to date, and failing in plain words."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tutor.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

APPLICATION_ID = 0x7475_746F
"""Marks the file as a tutor's store: "tuto" in ASCII."""
SCHEMA_VERSION = 4
"""How many migrations there are; kept in the file as ``PRAGMA user_version``."""
BUSY_SECONDS = 5.0

_BUSY = "another program is using it; close that, or try again"
_REMEDIES = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; see that it is a file, and that you may read and write it",
    sqlite3.SQLITE_CORRUPT: "it is damaged; move it away, and put a backup in its place",
    sqlite3.SQLITE_FULL: "the disk is full; nothing was written: free some space, and try again",
    sqlite3.SQLITE_IOERR: "reading or writing failed; see that its disk is there, healthy and within its quota",
    sqlite3.SQLITE_NOTADB: "it is not a database; move it away, and a new one will be made",
    sqlite3.SQLITE_READONLY: "it is read-only; make it and its folder writable",
}


@contextmanager
def plain_errors(path: str) -> Iterator[None]:
    """Turn what SQLite raises inside into one `StoreError` that says what is wrong and how to mend it."""
    try:
        yield
    except sqlite3.Error as error:
        primary_code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        raise StoreError(f"the store {path}: {_REMEDIES.get(primary_code, error)}") from error


@contextmanager
def transaction(db: sqlite3.Connection, path: str, file: int | None = None) -> Iterator[None]:
    """Do all of what is inside, durably, or nothing of it; no other session writes meanwhile.

    ``file`` is the `identity` that the file had when it was opened: what is written to one that a backup has
    replaced since would be lost, and so raises StoreError.
    """
    with plain_errors(path):
        try:
            db.execute("BEGIN IMMEDIATE")
            if file is not None and identity(path) != file:
                raise StoreError(
                    f"the store {path}: it was replaced or moved away meanwhile; leave, and open it again"
                )
            yield
            db.execute("COMMIT")
        finally:
            # SQLite has rolled back by itself after some errors, a full disk for one.
            if db.in_transaction:
                db.execute("ROLLBACK")


@contextmanager
def reading(db: sqlite3.Connection) -> Iterator[None]:
    """See the same store in all of what is inside; other sessions wait with their writing."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def create(path: str) -> None:
    """Make an empty file, and its folder, for the learner's eyes only, unless they are there.

    Raises StoreError if they cannot be made, or are there and read-only.
    """
    folder = os.path.dirname(path)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not os.path.exists(path):
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"the store {path}: it cannot be made ({error.strerror}); "
            "make its folder writable, or set TUTOR_HOME elsewhere"
        ) from error
    for part in (folder, path):
        if not os.access(part, os.W_OK):
            raise StoreError(
                f"the store {path}: {part} is read-only; make it writable, or set TUTOR_HOME elsewhere"
            )


def identity(path: str) -> int | None:
    """Return what tells the file at ``path`` from one that takes its place; None if there is none."""
    try:
        return os.stat(path).st_ino
    except FileNotFoundError:
        return None


def connect(path: str) -> sqlite3.Connection:
    """Connect to the file at ``path``, bringing an older one up to date.

    Raises StoreError if it cannot be opened, is no store, or was made by a newer tutor; it is left as it was.
    """
    with plain_errors(path):
        db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            # Not WAL, which is unsafe on network file systems. EXTRA is FULL, and also syncs the folder after
            # the journal is deleted: a power cut could bring that back, and so undo the last answer.
            db.execute("PRAGMA journal_mode = DELETE")
            db.execute("PRAGMA synchronous = EXTRA")
            db.execute("PRAGMA fullfsync = ON")
            if version(db, path) < SCHEMA_VERSION:
                _migrate(db, path)
        except BaseException:
            db.close()
            raise
    return db


def version(db: sqlite3.Connection, path: str) -> int:
    """Return the version of the schema, 0 if there is nothing yet.

    Raises StoreError if the file is another program's, or a newer tutor's.
    """
    (application_id,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application_id != APPLICATION_ID:
        (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application_id or version or tables:
            raise StoreError(f"the store {path}: it is another program's database; move it away")
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"the store {path}: it was made by a newer tutor; update this one with "
            "'pip install --upgrade terminal-tutor'"
        )
    return int(version)


def _migrate(db: sqlite3.Connection, path: str) -> None:
    from tutor.memory.backup import before_migration

    before_migration(db, path)
    migrate_in_place(db, path)


def migrate_in_place(db: sqlite3.Connection, path: str) -> None:
    """Bring the store up to date, all or not at all, without a backup: for a copy."""
    from tutor.memory.migrations import migrate

    with transaction(db, path):
        if version(db, path) < SCHEMA_VERSION:  # unless another session has just done it
            migrate(db)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
