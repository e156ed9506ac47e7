"""A card as the search knows it: its paragraphs and questions, each with the lines of the file it stands on.

Explanations are left out, and so are answers that are to be typed or recalled: what is searched is shown, and
must give nothing away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tutor.decks.clean import one_line
from tutor.decks.maths import typeset
from tutor.decks.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tutor.decks.model import Card, Question

What = Literal["card", "facts", "paragraph", "question", "option", "hint"]


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
    places = Places(source)
    facts = " · ".join([card.topic, card.difficulty, card.author, *tags])
    line = places.of_key("title")
    return [
        _document(None, 0, 0, _piece("card", 0, line, card.title), _piece("facts", 0, line, facts)),
        *_paragraphs(card, places),
        *(_question(number, question, places) for number, question in enumerate(card.questions, 1)),
    ]


def paragraph_line(card: Card, paragraph: int, source: str) -> int:
    """Return the line of the card's file, which holds ``source``, on which a paragraph (an index) begins."""
    return [*_lines(card, Places(source))][paragraph]


def _lines(card: Card, places: Places) -> Iterator[int]:
    """Yield the line on which each paragraph begins."""
    line = places.lesson - 1
    for paragraph in card.paragraphs:
        line, _ = places.of(paragraph.text, line + 1)
        yield line


def _paragraphs(card: Card, places: Places) -> Iterator[Document]:
    for index, (paragraph, line) in enumerate(zip(card.paragraphs, _lines(card, places), strict=True)):
        yield _document(None, index + 1, index, _piece("paragraph", index + 1, line, paragraph.text))


def _question(number: int, question: Question, places: Places) -> Document:
    def piece(what: What, nth: int, text: str) -> Piece:
        return _piece(what, nth, places.of(text, question.line)[0], text)

    return _document(
        question.id,
        number,
        question.paragraph,
        piece("question", number, question.text),
        *(piece("option", n, option.text) for n, option in enumerate(question.choices, 1)),
        *(piece("hint", n, text) for n, text in enumerate(question.hints, 1)),
    )


def _document(question: str | None, number: int, paragraph: int, *pieces: Piece) -> Document:
    return Document(question, number, paragraph, tuple(piece for piece in pieces if piece.text))


def _piece(what: What, number: int, line: int, text: str) -> Piece:
    return Piece(what, number, line, one_line(typeset(text)))
