"""The schema of the store, as the migrations that lead to it.

Slow to import, and so imported only for a store that isn't up to date. A new migration goes at the end, and
`connection.SCHEMA_VERSION` up by one; those released never change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.db import Database
from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    import sqlite3

MIGRATIONS = Migrations("tutor.memory")


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is pending, within the transaction that is open."""
    MIGRATIONS.apply(Database(connection, execute_plugins=False))


@MIGRATIONS()
def log_and_states(db: Database) -> None:
    """Make the log (reviews, amendments), the states folded from it, and where the learner left off."""
    reviews = {
        "id": str,
        "question": str,
        "tick": int,
        "at": int,
        "offset": int,
        "day": str,
        "device": str,
        "kind": str,
        "answer": str,
        "correct": int,
        "hints": int,
        "confidence": int,
        "ms": int,
        "rating": int,
    }
    amendments = {"id": str, "review": str, "tick": int, "at": int, "device": str, "rating": int}
    states = {
        "question": str,
        "last": str,
        "reps": int,
        "lapses": int,
        "stability": float,
        "difficulty": float,
        "day": str,
        "due": str,
        "rating": int,
    }
    db.create_table("reviews", reviews, pk="id", not_null=reviews.keys() - {"confidence"})
    db.create_table(
        "amendments",
        amendments,
        pk="id",
        not_null=amendments.keys() - {"rating"},
        foreign_keys=[("review", "reviews", "id")],
    )
    db.create_table("states", states, pk="question", not_null=states.keys())
    db.create_table("bookmarks", {"name": str, "value": str}, pk="name", not_null=["name", "value"])
    db.table("reviews").create_index(["question", "tick", "id"])
    db.table("amendments").create_index(["review", "tick", "id"])
    for table in ("reviews", "amendments"):
        for change in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            )


@MIGRATIONS()
def seeds(db: Database) -> None:
    """Keep with a review what its question was drawn from."""
    db.table("reviews").add_column("seed", int)


@MIGRATIONS()
def acts(db: Database) -> None:
    """Log what the learner does to the schedule, and index the states by day.

    The states are a fold of the log: they are made anew, in a table with the question as its only key, so that
    an answer changes as few pages as can be.
    """
    reviews = db.table("reviews")
    reviews.add_column("due", str)
    reviews.add_column("practice", int, not_null_default=0)
    db.table("amendments").add_column("day", str)
    log = {
        "id": str,
        "question": str,
        "tick": int,
        "at": int,
        "offset": int,
        "day": str,
        "device": str,
        "what": str,
        "value": str,
    }
    db.create_table("acts", log, pk="id", not_null=log.keys())
    db.table("acts").create_index(["question", "tick", "id"])
    for change in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER acts_no_{change.lower()} BEFORE {change} ON acts "
            f"BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )
    columns = "question, last, reps, lapses, stability, difficulty, day, due, rating"
    db.execute("ALTER TABLE states RENAME TO old_states")
    db.execute(
        "CREATE TABLE states (question TEXT PRIMARY KEY NOT NULL, last TEXT NOT NULL, reps INTEGER NOT NULL, "
        "lapses INTEGER NOT NULL, stability REAL NOT NULL, difficulty REAL NOT NULL, day TEXT NOT NULL, "
        "due TEXT NOT NULL, rating INTEGER NOT NULL) WITHOUT ROWID"
    )
    db.execute(f"INSERT INTO states ({columns}) SELECT {columns} FROM old_states ORDER BY question")
    db.execute("DROP TABLE old_states")
    db.execute("CREATE INDEX idx_states_due ON states (due)")
    db.execute("CREATE INDEX idx_states_learning ON states (question) WHERE rating = 1")
    db.execute(
        "CREATE TABLE holds (question TEXT PRIMARY KEY NOT NULL, suspended INTEGER NOT NULL, buried TEXT) "
        "WITHOUT ROWID"
    )


@MIGRATIONS()
def unclear(db: Database) -> None:
    """Change no table: acts may be `Act.UNCLEAR` from here on, which an older tutor cannot read."""
