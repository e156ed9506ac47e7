"""Which questions a day asks, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tutor.memory.model import State
    from tutor.study.library import Library


@dataclass(frozen=True)
class Scope:
    """The part of the routine that a session covers."""

    deck: str | None = None
    """The id of the only deck to study; None for all."""

    limit: int | None = None
    """The most questions to ask; None for all."""


def plan(library: Library, states: Mapping[str, State], today: date, deck: str | None) -> list[str]:
    """Return the ids of the questions to ask: those due, the longest overdue first, then the new ones in order.

    Raises UsageError if there is no such ``deck``; None stands for all decks.
    """
    known = library.questions(deck)
    due = [question for question in known if question in states and states[question].is_due(today)]
    due.sort(key=lambda question: states[question].due)  # stable: within a day, the order of the deck
    return due + [question for question in known if question not in states]
