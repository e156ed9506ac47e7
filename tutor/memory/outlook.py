"""What the states say about today and the days to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tutor.memory.model import State

DECAY = 0.1542
"""w₂₀ of FSRS-6's default parameters."""


def retrievability(state: State, today: date, decay: float = DECAY) -> float:
    """Return the probability, from 0 to 1, of remembering the question ``today``.

    The forgetting curve of FSRS-6: R = (1 + F·t/S)^(−w₂₀), with F = 0.9^(−1/w₂₀) − 1.
    """
    elapsed = max(0, (today - state.day).days)
    factor = 0.9 ** (-1 / decay) - 1
    return float((1 + factor * elapsed / state.stability) ** -decay)


def forecast(states: Iterable[State], today: date, days: int = 7) -> list[int]:
    """Count the questions due on each of the next ``days`` study days; those overdue count today.

    What is suspended does not come; what is buried comes on the day until which it is.
    """
    counts = [0] * days
    for state in states:
        if state.suspended:
            continue
        ahead = 0 if state.is_due(today) else (max(state.due, state.buried or state.due) - today).days
        if ahead < days:
            counts[ahead] += 1
    return counts
