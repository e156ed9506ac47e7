r"""The inline marks of a text: ``$maths$``, ```code```, ``*emphasis*`` and ``**strong emphasis**``.

A small part of Markdown, read as Pandoc reads it, but for one thing: a star within a word, as in ``2*3*4``, is
a star. What doesn't close stays as it was written.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["text", "maths", "code"]

# No blank just inside the dollars and no digit behind them, so that "$5 and $6" is money.
_MARK = re.compile(
    r"\\(?P<escaped>.)"
    r"|(?P<maths>(?P<dollars>\$\$?)(?=\S)(?:[^\\$]|\\.)+(?<=\S)(?P=dollars)(?!\d))"
    r"|(?<!`)`(?P<code>[^`]+)`(?!`)"
    r"|(?P<stars>\*+)",
    re.DOTALL,
)
_LETTER = re.compile(r"\w")
_MAX_STARS = 3


class Piece(NamedTuple):
    """A stretch of text that is set in one way."""

    text: str
    """Without its marks; maths with its dollars."""

    kind: Kind = "text"
    emphasis: bool = False
    strong: bool = False


def pieces(text: str) -> list[Piece]:
    """Split ``text`` at its marks; what a backslash escapes is no mark."""
    found, stars = _scan(text)
    for opening, closing in _pairs(found, stars):
        count = len(found[opening].text)
        for place in range(opening + 1, closing):
            piece = found[place]
            found[place] = piece._replace(
                emphasis=piece.emphasis or count != 2, strong=piece.strong or count >= 2
            )
        found[opening] = found[closing] = Piece("")
    return [piece for piece in found if piece.text]


class _Stars(NamedTuple):
    """A run of stars: the place of its piece, and what it may do."""

    place: int
    opens: bool
    closes: bool


def _scan(text: str) -> tuple[list[Piece], list[_Stars]]:
    """Split ``text`` into pieces, the runs of stars among them."""
    found: list[Piece] = []
    stars: list[_Stars] = []
    end = 0
    for mark in _MARK.finditer(text):
        found.append(Piece(text[end : mark.start()]))
        end = mark.end()
        if mark["maths"]:
            found.append(Piece(mark["maths"], "maths"))
        elif mark["code"]:
            found.append(Piece(mark["code"], "code"))
        elif mark["stars"]:
            before, after = text[max(0, mark.start() - 1) : mark.start()], text[end : end + 1]
            opens = bool(after.strip()) and not _LETTER.match(before)
            closes = bool(before.strip()) and not _LETTER.match(after)
            stars.append(_Stars(len(found), opens, closes))
            found.append(Piece(mark["stars"]))
        else:
            found.append(Piece(mark["escaped"] if mark["escaped"] in "$*`" else mark[0]))
    found.append(Piece(text[end:]))
    return found, stars


def _pairs(found: list[Piece], stars: list[_Stars]) -> list[tuple[int, int]]:
    """Pair the runs that open with those of the same length that close, the inner before the outer."""
    pairs: list[tuple[int, int]] = []
    open_: dict[int, list[int]] = {count: [] for count in range(1, _MAX_STARS + 1)}
    for place, opens, closes in stars:
        count = len(found[place].text)
        if count > _MAX_STARS:
            continue
        if closes and open_[count]:
            opening = open_[count].pop()
            pairs.append((opening, place))
            for waiting in open_.values():  # what was opened in between does not close any more
                while waiting and waiting[-1] > opening:
                    waiting.pop()
        elif opens:
            open_[count].append(place)
    return pairs
