"""Today at a glance: what is due, what is new, how long it takes, and how each card stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, Literal

from tutor.memory.outlook import forecast, retrievability
from tutor.study.bookmarks import paragraphs_read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.decks.index import CardSummary
    from tutor.memory.model import State
    from tutor.memory.store import Store
    from tutor.study.library import Library

READING_MS = 60_000
"""A minute to read a card with its figures, by the first card."""

ANSWERING_MS = 30_000
"""What an answer takes, until the learner's own answers tell."""

Standing = Literal["due", "new", "reading", "learned"]

SIGNS: dict[Standing, str] = {"due": "!", "new": "○", "reading": "◐", "learned": "●"}


@dataclass(frozen=True)
class CardStanding:
    """How the learner stands with a card."""

    card: CardSummary

    questions: tuple[Standing, ...]
    """How each question stands: due, new or learned."""

    read: bool
    """Whether reading was begun."""

    recall: float | None
    """The probability, averaged over the questions seen, of remembering them today; None if none was."""

    @property
    def due(self) -> int:
        """How many questions are due."""
        return self.questions.count("due")

    @property
    def learned(self) -> int:
        """How many questions are known and not due."""
        return self.questions.count("learned")

    @property
    def standing(self) -> Standing:
        """The card's state in one word."""
        if self.due:
            return "due"
        if self.learned == len(self.questions):
            return "learned"
        return "reading" if self.read or self.learned else "new"

    @property
    def detail(self) -> str:
        """The card's state in a few characters."""
        return f"{self.due} due" if self.due else f"{self.learned} of {len(self.questions)}"


@dataclass(frozen=True)
class Overview:
    """All that the first screen shows."""

    today: date
    due: int
    new: int
    minutes: int
    """How long today's routine is expected to take."""

    coming: tuple[tuple[date, int], ...]
    """The next seven study days, today first, with the number of questions that come due."""

    decks: tuple[tuple[str, tuple[CardStanding, ...]], ...]
    """Each deck's title with its cards."""


def overview(library: Library, store: Store) -> Overview:
    """Sum up how the learner stands today."""
    today = store.today()
    states = store.states()
    known = {question: states[question] for question in library.questions() if question in states}
    new = len(library.questions()) - len(known)
    due = sum(state.is_due(today) for state in known.values())
    decks = tuple(
        (title, tuple(_standing(card, store, known, today) for card in library.summaries(deck)))
        for deck, title in library.decks.items()
    )
    unread = sum(not row.read for _, rows in decks for row in rows)
    answers = store.recent_ms()
    ms = unread * READING_MS + (due + new) * (median(answers) if answers else ANSWERING_MS)
    coming = tuple(
        (today + timedelta(days=n), count) for n, count in enumerate(forecast(known.values(), today))
    )
    return Overview(today, due, new, -int(-ms // 60_000), coming, decks)


def _standing(card: CardSummary, store: Store, states: Mapping[str, State], today: date) -> CardStanding:
    seen = [states.get(question) for question in card.questions]
    recalls = [retrievability(state, today) for state in seen if state]
    return CardStanding(
        card,
        tuple("new" if state is None else "due" if state.is_due(today) else "learned" for state in seen),
        read=paragraphs_read(store, card.id) > 0,
        recall=sum(recalls) / len(recalls) if recalls else None,
    )
