"""What counts as an answer to each kind of question, whether it is right, and what it earns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.errors import UsageError, unknown
from tutor.memory.model import Rating

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.decks.model import Question

Judged = tuple[str, bool]
"""What was answered, in words that mean the same when options are reordered, and whether it is right."""


def _choice(question: Question, given: str) -> Judged:
    """``given`` is the number, from 1, or the letter of an option."""
    options = question.options
    places = {sign: place for signs in ("123456789", "abcdefghi") for place, sign in enumerate(signs)}
    place = places.get(given.lower(), len(options))
    if place >= len(options):
        raise UsageError(f"{given[:20]!r} is not one of the options: answer 1 to {len(options)}")
    return options[place].text, options[place].right


KINDS: dict[str, Callable[[Question, str], Judged]] = {"choice": _choice}
"""For each kind of question, the function that judges an answer as it was typed."""


def grade(question: Question, given: str) -> Judged:
    """Judge what was ``given``. Raises UsageError if it is no answer to this kind of question."""
    if question.kind not in KINDS:
        raise unknown("kind of question", question.kind, KINDS)
    return KINDS[question.kind](question, given)


def rating_of(*, correct: bool, hints: int) -> Rating:
    """Return what an answer earns: Again if wrong or given up, Hard if right after a hint, else Good."""
    if not correct:
        return Rating.AGAIN
    return Rating.HARD if hints else Rating.GOOD
