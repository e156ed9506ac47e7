"""What counts as an answer to each kind of question, whether it is right, and what it earns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.decks.clean import one_line, shorten
from tutor.decks.numbers import read_value, within
from tutor.errors import UsageError, unknown
from tutor.memory.model import Rating

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.decks.model import Number, Option, Question

Told = str | float | list[str]
"""What was answered, in words that mean the same when options are reordered."""

Judged = tuple[Told, bool]
"""What was answered, and whether it is right."""

LONGEST = 200
"""Characters of what fills a gap that are kept."""

NEAR = 2.0
"""The factor by which a wrong number may be off and still be near."""

_SIGNS = {sign: place for signs in ("123456789", "abcdefghi") for place, sign in enumerate(signs)}


def _choice(question: Question, given: str) -> Judged:
    """``given`` is the number, from 1, or the letter of an option."""
    options = question.options
    place = _SIGNS.get(given.lower(), len(options))
    if place >= len(options):
        raise UsageError(f"{given[:20]!r} is not one of the options: answer 1 to {len(options)}")
    return options[place].text, options[place].right


def _multi(question: Question, given: str) -> Judged:
    """``given`` are the numbers or letters of the options chosen: 13, "1 3", ac."""
    options = question.options
    places = {_SIGNS.get(sign, len(options)) for sign in given.lower() if sign not in " ,"}
    if not places or max(places) >= len(options):
        what = f"{given[:20]!r} are not some of the options"
        raise UsageError(f"{what}: choose from 1 to {len(options)}, all at once, such as 13")
    chosen = [option for place, option in enumerate(options) if place in places]
    return [option.text for option in chosen], chosen == [option for option in options if option.right]


def _predict(question: Question, given: str) -> Judged:
    """``given`` is a number if the instance asks for one, and else an option."""
    return _number(question, given) if question.number else _choice(question, given)


def _number(question: Question, given: str) -> Judged:
    """``given`` is a number, such as 0.08, 8e-2 or 120, with or without its unit."""
    asked = _number_of(question)
    value = read_value(given, asked.unit)
    return value, within(asked, value)


def _number_of(question: Question) -> Number:
    assert question.number is not None
    return question.number


def _cloze(question: Question, given: str) -> Judged:
    """``given`` are the words that fill the gap."""
    from tutor.decks.gaps import fills  # slow to import, and few questions need it

    words = shorten(one_line(given), LONGEST)
    if not words:
        raise UsageError("the gap is empty: type what fills it")
    return words, any(option.right and fills(option.text, words) for option in question.options)


def options_of(question: Question, answer: object) -> tuple[Option, ...]:
    """Return the options that an ``answer``, as it was logged, comes to: those chosen, or the slip made."""
    match answer:
        case str() if question.kind == "cloze":
            from tutor.decks.gaps import fills

            return tuple(option for option in question.options if fills(option.text, answer))[:1]
        case str():
            return tuple(option for option in question.options if option.text == answer)
        case list():
            return tuple(option for option in question.options if option.text in answer)
        case int() | float() if question.kind == "number":
            return _slips(question, answer)
        case _:
            return ()


def _slips(question: Question, answer: float) -> tuple[Option, ...]:
    """Return the slip that is as near to a number as its tolerance wants, the nearest of several."""
    asked = _number_of(question)
    if within(asked, answer):
        return ()
    values = {read_value(option.text, asked.unit): option for option in question.options}
    near = [value for value in values if within(replace(asked, value=value), answer)]
    return (values[min(near, key=lambda value: abs(value - answer))],) if near else ()


def near(question: Question, answer: object) -> bool:
    """Whether a number that was answered is within a factor of two of the true one, or of the tolerance."""
    asked = question.number
    if not asked or not isinstance(answer, int | float):
        return False
    if asked.absolute:
        return abs(answer - asked.value) <= NEAR * asked.tolerance
    return 1 / NEAR <= answer / asked.value <= NEAR


KINDS: dict[str, Callable[[Question, str], Judged]] = {
    "choice": _choice,
    "multi": _multi,
    "number": _number,
    "cloze": _cloze,
    "predict": _predict,
}
"""For each kind of question that is judged here, the function that judges an answer as it was typed."""


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
