"""The pages of the statistics, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.app.statistics import memory, time, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.app.statistics.exhibit import Exhibit
    from tutor.memory.statistics.summary import Statistics

MOST_QUESTIONS = 500
"""How many questions can be gone through."""


def _question(found: Statistics, place: int) -> Exhibit:
    names = most_reviewed(found)
    return memory.question(found, names[place % len(names)] if names else "")


PAGES: Mapping[str, Callable[[Statistics, int], Exhibit]] = {
    "year": lambda found, _: time.year(found),
    "coming": lambda found, _: time.coming(found),
    "retention": lambda found, _: truth.retention(found),
    "calibration": lambda found, _: truth.calibration(found),
    "confidence": lambda found, _: truth.confidence(found),
    "forgetting": lambda found, _: truth.forgetting(found),
    "memory": lambda found, _: memory.memories(found),
    "question": _question,
    "workload": lambda found, _: memory.load(found),
    "cards": lambda found, _: memory.cards(found),
}
"""What each page shows; the number chooses among the questions, the most reviewed first."""


OF_TABLE: Mapping[str, str] = {
    **{page: page for page in PAGES if page != "question"},
    "days": "year",
    "streak": "year",
    "paces": "coming",
    "months": "retention",
    "stability": "memory",
    "difficulty": "memory",
    "decks": "cards",
}
"""The page that shows a table of numbers."""


def most_reviewed(found: Statistics) -> list[str]:
    """The ids of the questions that were reviewed most, those first."""
    counts = np.bincount(found.log.question, minlength=len(found.log.questions))
    order = np.argsort(-counts, kind="stable")[:MOST_QUESTIONS]
    return [found.log.questions[place] for place in order if counts[place]]
