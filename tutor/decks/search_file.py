"""The file of the full-text search: a cache, made anew whenever it is not what it should be."""

from __future__ import annotations

import os
import sqlite3
from binascii import crc32
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tutor import __version__
from tutor.errors import SearchError

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = 1
"""Of the tables; to be raised when what they hold changes."""
APPLICATION_ID = 0x7475_7366
"""Marks the file as a tutor's search: "tusf" in ASCII."""
BUSY_SECONDS = 2.0

BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

# A sign of maths is part of a word, so that ∇f is found; letters such as η and digits are so anyway. The title
# of its card stands beside each paragraph and question as well, for words of which some are in the title.
_SCHEMA = """
    CREATE VIRTUAL TABLE texts USING fts5(title, beside, asked, text, more,
        tokenize = "unicode61 remove_diacritics 2 tokenchars '∇∂√∞'", prefix = '1 2 3');
    INSERT INTO texts (texts, rank) VALUES ('rank', 'bm25(10.0, 1.0, 4.0, 1.0, 0.5)');
    CREATE TABLE files (card TEXT PRIMARY KEY, stamp TEXT NOT NULL);
    CREATE TABLE places (id INTEGER PRIMARY KEY, card TEXT NOT NULL, question TEXT, number INTEGER NOT NULL,
        paragraph INTEGER NOT NULL, pieces TEXT NOT NULL);
    CREATE INDEX places_card ON places (card);
"""


class _ForeignError(Exception):
    """The file is another program's, or of another version."""


def connect(path: str) -> sqlite3.Connection:
    """Connect to the file at ``path``, made anew if it is missing, broken, another's or of another version.

    Raises sqlite3.Error or OSError if it cannot be read or made, SearchError if SQLite has no FTS5.
    """
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    try:
        return _opened(path)
    except (_ForeignError, UnicodeDecodeError):  # the latter from a message that quotes damaged bytes
        pass
    except sqlite3.DatabaseError as error:
        if not is_broken(error):
            raise
    replace(path)
    return _opened(path)


def in_memory() -> sqlite3.Connection:
    """Connect to a search that is forgotten at the end."""
    return _opened(":memory:")


def is_broken(error: sqlite3.Error) -> bool:
    """Whether the error says that the file is no database, or a damaged one, so that only a new one will do."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in BROKEN


def replace(path: str) -> None:
    """Put a new, empty search in the place of what is there, at one stroke. Raises OSError if that fails."""
    temporary = f"{path}.{os.getpid()}"
    try:
        _opened(temporary).close()
        for rest in ("-journal", "-wal", "-shm"):  # of the old file; it would be played into the new one
            if os.path.exists(path + rest):
                os.unlink(path + rest)
        os.replace(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def _opened(path: str) -> sqlite3.Connection:
    # One thread after the other uses it, under the lock of its owner.
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA synchronous = NORMAL")
        if not _is_made(db):
            with transaction(db):
                if not _is_made(db):  # unless another process has just made it
                    _make(db)
    except BaseException:
        db.close()
        raise
    return db


def _is_made(db: sqlite3.Connection) -> bool:
    """Whether the tables are there. Raises _ForeignError if others are."""
    (application_id,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and (application_id, version) != (APPLICATION_ID, _version()):
        raise _ForeignError
    return bool(tables)


def _version() -> int:
    return crc32(f"{FORMAT} {__version__}".encode()) & 0x7FFF_FFFF


def _make(db: sqlite3.Connection) -> None:
    try:
        for statement in _SCHEMA.split(";\n"):
            db.execute(statement)
    except sqlite3.OperationalError as error:
        if "no such module" in str(error):
            raise SearchError(
                "searching needs SQLite with FTS5, which this Python's lacks; use another Python, such as that"
                " of python.org"
            ) from None
        raise
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {_version()}")


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Do all of what is inside, or nothing of it; other processes wait with their writing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
