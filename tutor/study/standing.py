"""How the learner stands with a question, and with a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from tutor.decks.index import CardSummary
    from tutor.memory.model import Hold, State

Standing = Literal["due", "new", "waiting", "reading", "learned", "held"]

SIGNS: dict[Standing, str] = {
    "due": "!",
    "new": "○",
    "waiting": "·",
    "reading": "◐",
    "learned": "●",
    "held": "–",
}
"""A question that is held is suspended or buried; a card that waits requires others that are not known yet."""


def standing(state: State | None, hold: Hold | None, today: date) -> Standing:
    """Return how a question stands in one word."""
    if hold is not None and hold.holds(today):
        return "held"
    if state is None:
        return "new"
    return "due" if state.is_due(today) else "learned"


@dataclass(frozen=True)
class CardStanding:
    """How the learner stands with a card."""

    card: CardSummary

    questions: tuple[Standing, ...]
    """How each question stands: due, new, learned or held."""

    read: bool
    """Whether reading was begun."""

    recall: float | None
    """The probability, averaged over the questions seen, of remembering them today; None if none was."""

    needs: tuple[CardSummary, ...] = ()
    """The cards that have to be stable before its new questions come."""

    reached: int = 0
    """How many of its paragraphs were read."""

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
        held = self.questions.count("held")
        if self.learned + held == len(self.questions):
            return "learned" if self.learned else "held"
        if self.learned:
            return "reading"
        return "waiting" if self.needs else "reading" if self.read else "new"

    @property
    def detail(self) -> str:
        """The card's state in a few characters."""
        if self.due:
            return f"{self.due} due"
        if not self.learned and 0 < self.reached < self.card.paragraphs:
            return f"¶ {self.reached + 1} of {self.card.paragraphs}"
        return f"{self.learned} of {len(self.questions)}"
