"""A card as the search knows it: its paragraphs and questions, each with the lines of the file it stands on.

Explanations are left out, and so are answers that are to be typed or recalled: what is searched is shown, and
must give nothing away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tutor.decks.clean import clean, one_line
from tutor.decks.maths import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tutor.decks.model import Card, Question

What = Literal["card", "facts", "paragraph", "question", "option", "hint"]

CHOSEN = {"choice", "multi"}
"""The kinds of questions whose options are on the screen while they are asked."""

_MARKER = re.compile(r"\s*(?:>\s*|[-*+]\s+\[[ xX]\]\s+|\d+[.)]\s+)?")


@dataclass(frozen=True)
class Piece:
    """A stretch of text, set as the terminal shows it, on one line."""

    what: What
    number: int
    """Which option or hint of its question it is, or which paragraph or question of its card, from 1."""
    line: int
    text: str


@dataclass(frozen=True)
class Document:
    """What is found as one: the card by its title, a paragraph, or a question with what belongs to it."""

    question: str | None
    """The question's id; None for the card and its paragraphs."""
    number: int
    """Which question or paragraph of the card it is, from 1; 0 for the card itself."""
    paragraph: int
    """The index of the paragraph that it is, or comes from."""
    pieces: tuple[Piece, ...]
    """The title and the facts, the paragraph, or the question with its options and hints; none is empty."""


def documents(card: Card, tags: Sequence[str], source: str) -> list[Document]:
    """Return what can be found of a card with these ``tags``, whose file holds ``source``; itself first."""
    lines = clean(source).split("\n")
    facts = " · ".join([card.topic, card.difficulty, card.author, *tags])
    line = next((n for n, text in enumerate(lines, 1) if text.startswith("title:")), 1)
    return [
        _document(None, 0, 0, _piece("card", 0, line, card.title), _piece("facts", 0, line, facts)),
        *_paragraphs(card, lines),
        *(_question(number, question, lines) for number, question in enumerate(card.questions, 1)),
    ]


def paragraph_line(card: Card, paragraph: int, source: str) -> int:
    """Return the line of the card's file, which holds ``source``, on which a paragraph (an index) begins."""
    lines = clean(source).split("\n")
    line = _end_of_front_matter(lines)
    for each in card.paragraphs[: paragraph + 1]:
        line = _line_of(each.text, lines, line + 1)
    return line


def _paragraphs(card: Card, lines: Sequence[str]) -> Iterator[Document]:
    line = _end_of_front_matter(lines)
    for index, paragraph in enumerate(card.paragraphs):
        line = _line_of(paragraph.text, lines, line + 1)
        yield _document(None, index + 1, index, _piece("paragraph", index + 1, line, paragraph.text))


def _question(number: int, question: Question, lines: Sequence[str]) -> Document:
    def piece(what: What, nth: int, text: str) -> Piece:
        return _piece(what, nth, _line_of(text, lines, question.line), text)

    options = [option.text for option in question.options] if question.kind in CHOSEN else []
    return _document(
        question.id,
        number,
        question.paragraph,
        piece("question", number, question.text),
        *(piece("option", n, text) for n, text in enumerate(options, 1)),
        *(piece("hint", n, text) for n, text in enumerate(question.hints, 1)),
    )


def _document(question: str | None, number: int, paragraph: int, *pieces: Piece) -> Document:
    return Document(question, number, paragraph, tuple(piece for piece in pieces if piece.text))


def _end_of_front_matter(lines: Sequence[str]) -> int:
    return next((n for n, text in enumerate(lines[1:], 2) if text.rstrip() == "---"), 1)


def _piece(what: What, number: int, line: int, text: str) -> Piece:
    return Piece(what, number, line, one_line(typeset(text)))


def _line_of(text: str, lines: Sequence[str], start: int) -> int:
    """Return the line, from ``start`` on, on which ``text`` begins; ``start`` if its markup hides it."""
    for number in range(start, len(lines) + 1):
        written = _MARKER.sub("", lines[number - 1], count=1).strip()
        if written and text.startswith(written):
            return number
    return start
