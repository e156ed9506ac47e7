"""Everything as lines of JSON, to be read by other programs and merged into other stores.

The first line says what it is; each other is a row of the log, or a bookmark, under the name of its table.
The states are not among them, because they follow from the log.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from tutor.errors import UsageError
from tutor.memory.acts import checked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

FORMAT = "terminal-tutor store"
VERSION = 1


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _name(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _whole(value: Any) -> bool:
    return type(value) is int and -(2**63) <= value < 2**63


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _one_of(*values: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and value in values


def _or_none(is_good: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or is_good(value)


def _anything(_: Any) -> bool:
    return True


_RATING = _one_of(1, 2, 3, 4)
_EVENT = {"id": _name, "tick": _whole, "at": _whole, "device": _text}

TABLES: dict[str, dict[str, Callable[[Any], bool]]] = {
    "reviews": _EVENT
    | {
        "question": _name,
        "offset": _whole,
        "day": _day,
        "kind": _text,
        "answer": _anything,
        "correct": _one_of(0, 1),
        "hints": _whole,
        "confidence": _or_none(_whole),
        "ms": _whole,
        "rating": _RATING,
        "seed": _or_none(_whole),
        "due": _or_none(_day),
        "practice": _one_of(0, 1),
    },
    "amendments": _EVENT | {"review": _name, "rating": _or_none(_RATING), "day": _or_none(_day)},
    "acts": _EVENT | {"question": _text, "offset": _whole, "day": _day, "what": _name, "value": _anything},
    "bookmarks": {"name": _name, "value": _anything},
}
"""The columns of each table that is exported, with what each value must be."""

JSON_COLUMNS = {"answer", "value"}
"""Those that hold JSON, and are written as what it says."""


class Taken(NamedTuple):
    """What came of merging."""

    new: int
    """Rows that were not here."""
    known: int
    """Rows that were here already."""
    changed: bool
    """Whether the log has grown, so that the states must follow."""


def lines(db: sqlite3.Connection) -> Iterator[str]:
    """Return all rows, in the order in which they were kept."""
    yield json.dumps({"format": FORMAT, "version": VERSION})
    for table, columns in TABLES.items():
        for row in db.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid"):
            told = {
                column: json.loads(value) if column in JSON_COLUMNS else value
                for column, value in zip(columns, row, strict=True)
            }
            yield json.dumps({"table": table, **told})


def take_in(db: sqlite3.Connection, given: Iterable[str]) -> Taken:
    """Insert the rows that are not there, within the transaction that is open.

    A bookmark that is there stays as it is. Raises UsageError, with the number of the line, if one is no row,
    or has the id of another; and if the review of an amendment is in neither.
    """
    new = known = 0
    changed = False
    numbered = enumerate(given, 1)
    _expect_header(next(numbered, (1, ""))[1])
    for number, line in numbered:
        if not line.strip():
            continue
        table, row = _row(number, line)
        columns = TABLES[table]
        marks = ", ".join("?" * len(columns))
        inserted = db.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING", row
        ).rowcount
        new += inserted
        known += not inserted
        if table != "bookmarks":
            changed = changed or inserted > 0
            if not inserted:
                _expect_same(db, number, table, row)
    orphan = db.execute(
        "SELECT review FROM amendments a WHERE NOT EXISTS (SELECT 1 FROM reviews WHERE id = a.review) LIMIT 1"
    ).fetchone()
    if orphan:
        raise UsageError(f"there is an amendment of the review '{orphan[0]}', but no such review: add its line")
    return Taken(new, known, changed)


def _expect_header(line: str) -> None:
    try:
        header = json.loads(line)
    except ValueError:
        header = None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise UsageError("line 1 does not say that this is an export: give a file that 'tutor export' made")
    if header.get("version") != VERSION:
        raise UsageError(
            f"line 1: the export is of version {header.get('version')!r}, and this tutor reads {VERSION}; "
            "update it with 'pip install --upgrade terminal-tutor'"
        )


def _row(number: int, line: str) -> tuple[str, tuple[Any, ...]]:
    """Return the table and the values of a row that is as it should be."""
    try:
        told = json.loads(line)
    except ValueError as error:
        raise UsageError(f"line {number}: not valid JSON ({error}); export anew") from None
    table = told.pop("table", None) if isinstance(told, dict) else None
    if not isinstance(table, str) or table not in TABLES:
        raise UsageError(f"line {number}: 'table' must be one of {', '.join(TABLES)}; export anew")
    columns = TABLES[table]
    if told.keys() != columns.keys():
        odd = ", ".join(sorted(told.keys() ^ columns.keys()))
        raise UsageError(f"line {number}: {odd} missing or unknown in {table}; export anew")
    for column, is_good in columns.items():
        if not is_good(told[column]):
            raise UsageError(f"line {number}: {column} of {table} cannot be {told[column]!r:.60}; export anew")
    if table == "acts":
        try:
            checked(told["what"], told["value"])
        except UsageError as error:
            raise UsageError(f"line {number}: {error}") from None
    return table, tuple(
        json.dumps(told[column]) if column in JSON_COLUMNS else told[column] for column in columns
    )


def _expect_same(db: sqlite3.Connection, number: int, table: str, row: tuple[Any, ...]) -> None:
    columns = TABLES[table]
    here = db.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", row[:1]).fetchone()
    if here != row:
        raise UsageError(
            f"line {number}: the store has another row with the id '{row[0]}' in {table}; "
            "one of the two was changed by hand: mend or leave out the line"
        )
