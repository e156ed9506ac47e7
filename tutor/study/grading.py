"""What counts as an answer to each kind of question, whether it is right, and what it earns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tutor.errors import UsageError, unknown
from tutor.memory.model import Rating

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.decks.model import Number, Question

Judged = tuple[str | float, bool]
"""What was answered, in words that mean the same when options are reordered, and whether it is right."""

TOLERANCE = 0.1
"""The share by which a number may be off and still be right."""

NEAR = 2.0
"""The factor by which a wrong number may be off and still be near."""


def _choice(question: Question, given: str) -> Judged:
    """``given`` is the number, from 1, or the letter of an option."""
    options = question.options
    places = {sign: place for signs in ("123456789", "abcdefghi") for place, sign in enumerate(signs)}
    place = places.get(given.lower(), len(options))
    if place >= len(options):
        raise UsageError(f"{given[:20]!r} is not one of the options: answer 1 to {len(options)}")
    return options[place].text, options[place].right


def _predict(question: Question, given: str) -> Judged:
    """``given`` is a number if the instance asks for one, and else an option."""
    return _number(question.number, given) if question.number else _choice(question, given)


def _number(asked: Number, given: str) -> Judged:
    """``given`` is a number, such as 0.08, 8e-2 or 120."""
    try:
        number = float(given.replace("−", "-"))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(f"{given[:20]!r} is not a number: write it as 0.08, 8e-2 or 120")
    off = round(abs(number / asked.value - 1.0), 9)  # what is 10 % off in decimals is so here
    return number, off <= TOLERANCE


def near(question: Question, answer: object) -> bool:
    """Whether a number that was answered is within a factor of two of the true one."""
    if not question.number or not isinstance(answer, int | float):
        return False
    return 1 / NEAR <= answer / question.number.value <= NEAR


KINDS: dict[str, Callable[[Question, str], Judged]] = {"choice": _choice, "predict": _predict}
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
