"""What the file of the search holds: the texts of cards, and where each of them stands."""

from __future__ import annotations

import json
import re
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tutor.decks.documents import Piece

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from tutor.decks.documents import Document

COLUMNS = {
    "card": "title",
    "question": "asked",
    **dict.fromkeys(("facts", "paragraph"), "text"),
    **dict.fromkeys(("option", "hint"), "more"),
}
"""Which column of the texts holds what, in the order of a document's pieces."""

# Around what was found; no text of a card holds them.
_BEGIN, _END = "\x02", "\x03"
_MARKED = re.compile(f"{_BEGIN}[^{_END}]*{_END}")

_NEW_PLACE = "INSERT INTO places (card, question, number, paragraph, pieces) VALUES (?, ?, ?, ?, ?)"
_NEW_TEXT = "INSERT INTO texts (rowid, title, beside, asked, text, more) VALUES (?, ?, ?, ?, ?, ?)"

# CROSS JOIN keeps the texts first, which FTS5 then gives in the order of their rank: only those that are in the
# end taken are marked.
_FIND = """
    SELECT card, question, number, paragraph, pieces, highlight(texts, 0, :begin, :end),
        highlight(texts, 2, :begin, :end), highlight(texts, 3, :begin, :end), highlight(texts, 4, :begin, :end)
    FROM texts CROSS JOIN places ON id = texts.rowid
    WHERE texts MATCH :expression
        AND (:cards IS NULL OR card IN (SELECT value FROM json_each(:cards)))
        AND (:questions IS NULL OR question IS NULL OR question IN (SELECT value FROM json_each(:questions)))
    ORDER BY rank LIMIT :limit
"""


class Wanted(NamedTuple):
    """An expression of FTS5, and in which cards and questions (ids in JSON; None for all) to look."""

    expression: str
    cards: str | None
    questions: str | None
    limit: int


@dataclass(frozen=True)
class Match:
    """A place in a card where something was found."""

    card: str
    question: str | None
    """The question's id; None in the card's title and its paragraphs."""
    number: int
    """Which question or paragraph of the card it is, from 1; 0 for the card itself."""
    paragraph: int
    """The index of the paragraph that it is, or comes from."""
    piece: Piece
    marks: tuple[tuple[int, int], ...]
    """From where to where what was looked for stands in the piece's text."""


def find(db: sqlite3.Connection, wanted: Wanted) -> list[Match]:
    """Return what matches, the best first."""
    rows = db.execute(_FIND, {**wanted._asdict(), "begin": _BEGIN, "end": _END})
    return [
        Match(card, question, number, paragraph, *_most_marked(json.loads(pieces), marked))
        for card, question, number, paragraph, pieces, *marked in rows
    ]


def _most_marked(
    pieces: Sequence[Sequence[Any]], columns: Sequence[str]
) -> tuple[Piece, tuple[tuple[int, int], ...]]:
    """Return the piece with the most marks, of several the first, and from where to where they go."""
    lines = "\n".join(filter(None, columns)).split("\n")
    best = max(range(len(lines)), key=lambda n: lines[n].count(_BEGIN))
    # The signs of the marks before it, and of its own beginning, are not in the text.
    marks = [(m.start() - 2 * n, m.end() - 2 * n - 2) for n, m in enumerate(_MARKED.finditer(lines[best]))]
    return Piece(*pieces[best]), tuple(marks)


def keep(db: sqlite3.Connection, card: str, stamp: str, found: Sequence[Document]) -> None:
    """Keep what can be found of a card, with what changes when its file does."""
    db.execute("INSERT INTO files (card, stamp) VALUES (?, ?)", (card, stamp))
    for document in found:
        pieces = json.dumps([astuple(piece) for piece in document.pieces])
        place = (card, document.question, document.number, document.paragraph, pieces)
        id_ = db.execute(_NEW_PLACE, place).lastrowid
        title, asked, text, more = (
            "\n".join(piece.text for piece in document.pieces if COLUMNS[piece.what] == column)
            for column in ("title", "asked", "text", "more")
        )
        beside = "" if title else found[0].pieces[0].text
        db.execute(_NEW_TEXT, (id_, title, beside, asked, text, more))


def forget(db: sqlite3.Connection, card: str) -> None:
    """Keep nothing of a card any more."""
    db.execute("DELETE FROM texts WHERE rowid IN (SELECT id FROM places WHERE card = ?)", (card,))
    db.execute("DELETE FROM places WHERE card = ?", (card,))
    db.execute("DELETE FROM files WHERE card = ?", (card,))
