"""Finding things in the decks: the full-text search, joined with how the learner stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.errors import UsageError, unknown
from tutor.study.query import fitting, written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from tutor.decks.index import CardSummary
    from tutor.decks.search import Search
    from tutor.decks.search_rows import Match
    from tutor.memory.model import Hold
    from tutor.study.overview import Overview
    from tutor.study.query import Query
    from tutor.study.standing import CardStanding, Standing

STATES = ("due", "new", "learned", "reading", "unclear", "suspended", "buried")
"""What ``is:`` can ask for: a question's state, a mark as not clear, or that a card was begun."""

MOST = 100
"""How many places are given at most, unless another number is asked for."""

_VALUES: Mapping[str, Callable[[CardSummary], Sequence[str]]] = {
    "topic": lambda card: [card.topic],
    "difficulty": lambda card: [card.difficulty],
    "tag": lambda card: card.tags,
    "deck": lambda card: [card.deck],
}
"""By filter, what a card has for it."""


@dataclass(frozen=True)
class Found:
    """A card, or a place in it."""

    row: CardStanding
    deck: str
    """The deck's title."""
    standing: Standing
    """How the question that was found stands, or else the card."""
    match: Match | None = None
    """Where in the card; None where only filters were given."""


class Finder:
    """Finds by what is known of the decks and the learner at one time; threads may share it."""

    def __init__(
        self, search: Search, found: Overview, holds: Mapping[str, Hold], unclear: Collection[str] = ()
    ) -> None:
        """Join the ``search`` with today's overview, what keeps questions out, and which are ``unclear``."""
        self._search = search
        self._rows = {row.card.id: (row, title) for title, rows in found.decks for row in rows}
        self._standings = {
            question: standing
            for row, _ in self._rows.values()
            for question, standing in zip(row.card.questions, row.questions, strict=True)
        }
        self._unclear = set(unclear)
        self._suspended = {question for question, hold in holds.items() if hold.suspended}
        cards = [row.card for row, _ in self._rows.values()]
        self.values: Mapping[str, Sequence[str]] = {
            name: sorted({value for card in cards for value in of(card)}) for name, of in _VALUES.items()
        } | {"is": STATES}

    def find(self, query: Query, limit: int = MOST) -> list[Found]:
        """Return the places, the best first; without terms, all cards in the order of their decks.

        Raises UsageError if no card has a value that a filter asks for.
        """
        questions = self._questions(query)
        cards = self._cards(query, questions)
        if not query.terms:
            return [Found(row, title, row.standing) for row, title in map(self._rows.__getitem__, cards)]
        matches = self._search.find(
            query.terms,
            prefix=query.prefix,
            cards=cards if query.filters else None,
            questions=questions,
            limit=limit,
        )
        return [found for match in matches for found in self._found(match)]

    def _found(self, match: Match) -> Iterator[Found]:
        """Join a match with how it stands; nothing if its card or question is not in the decks any more."""
        if match.card in self._rows and (match.question is None or match.question in self._standings):
            row, title = self._rows[match.card]
            standing = self._standings[match.question] if match.question else row.standing
            yield Found(row, title, standing, match)

    def _questions(self, query: Query) -> list[str] | None:
        """Return the questions that are as some ``is:`` says; None if there is no such filter."""
        wanted = self._wanted(query, "is")
        if wanted is None:
            return None
        return [question for question in self._standings if wanted & self._states(question)]

    def _states(self, question: str) -> set[str]:
        standing: str = self._standings[question]
        if standing == "held":
            standing = "suspended" if question in self._suspended else "buried"
        return {standing, "unclear"} if question in self._unclear else {standing}

    def _cards(self, query: Query, questions: Collection[str] | None) -> list[str]:
        """Return the cards that the filters let through; by ``is:`` those with such a question, or so begun."""
        allowed = {name: wanted for name in _VALUES if (wanted := self._wanted(query, name)) is not None}
        states = self._wanted(query, "is")
        asked = set(questions or ())
        return [
            id_
            for id_, (row, _) in self._rows.items()
            if all(wanted & set(_VALUES[name](row.card)) for name, wanted in allowed.items())
            and (states is None or row.standing in states or not asked.isdisjoint(row.card.questions))
        ]

    def _wanted(self, query: Query, name: str) -> set[str] | None:
        """Return the values that a filter lets through; None if the query has no such filter."""
        given = [value for filter_, value in query.filters if filter_ == name]
        for value in given:
            if not self.values[name]:
                raise UsageError(f"no card has a {name}; leave '{written(name, value)}' out")
            if not fitting(value, self.values[name]):
                raise unknown("state" if name == "is" else name, value, self.values[name])
        return {value for typed in given for value in fitting(typed, self.values[name])} if given else None


def where(match: Match) -> str:
    """Say in a word or two where in its card something was found."""
    piece = match.piece
    if piece.what in {"option", "hint"}:
        return f"q{match.number} {piece.what} {piece.number}"
    return {"paragraph": f"¶ {match.number}", "question": f"question {match.number}"}.get(piece.what, "card")


def line_of(found: Found) -> int:
    """Return the line of the card's file on which it is."""
    return found.match.piece.line if found.match else 1


def excerpt(match: Match, width: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Cut what was found out of its text, with what stands around it; and say from where to where the marks go.

    At most ``width`` characters, of which a third may stand before the first mark.
    """
    text, marks = match.piece.text, match.marks
    if len(text) <= width:
        return text, marks
    first = marks[0][0] if marks else 0
    start = max(0, min(first - width // 3, len(text) - width + 1))
    if start:  # from the beginning of a word on, if there is one
        start = text.find(" ", start, first) + 1 or start
    room = width - bool(start)
    end = len(text) if len(text) - start <= room else start + room - 1
    cut = "…" * bool(start) + text[start:end] + "…" * (end < len(text))
    shift = bool(start) - start
    return cut, tuple((begin + shift, min(stop, end) + shift) for begin, stop in marks if start <= begin < end)


def as_json(found: Found) -> dict[str, object]:
    """Return what ``tutor find --json`` prints; scripts rely on its keys."""
    card, match = found.row.card, found.match
    place = {
        "what": match.piece.what if match else "card",
        "question": match.question if match else None,
        "paragraph": match.paragraph + 1 if match and match.number else None,
        "text": match.piece.text if match else card.title,
        "marks": [list(mark) for mark in match.marks] if match else [],
    }
    return {
        "card": card.id,
        "title": card.title,
        "deck": card.deck,
        "topic": card.topic,
        "difficulty": card.difficulty,
        "tags": list(card.tags),
        "state": found.standing,
        "path": card.path,
        "line": line_of(found),
        **place,
    }
