"""Proofs of the bundled deck: what a run, or a second way of computing, says to the key of a question.

The proofs of a card are one module, test_<card>.py. Each is a function without arguments that returns what
holds; `settles` and `computes` make a test of it: the card's key says the same, and keys planted wrong do not.
What nothing can settle, since it is a matter of words, is entered with its reason by `defines`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from tests.course.bundled import questions
from tutor.decks.gaps import fills

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tutor.decks.model import Option, Question
    from tutor.lab.predict.instance import Instance

    Array = NDArray[np.float64]

T = TypeVar("T")

SETTLED: dict[str, str] = {}
COMPUTED: dict[str, str] = {}
DEFINITIONS: dict[str, str] = {}
"""By question: the module of the proof, twice, and the reason why there is none."""

Redraw = Callable[["Instance", dict[str, Any], "Array"], None]
"""Asserts that an instance's key is what its run, written anew, gives at each of some multiples of its rate."""

REDRAWN: dict[str, Redraw] = {}
"""By question, where the checks of anew.py do not fit its template, or take too long."""

AGREE = 0.25
"""How near two ways of computing a number must come, as a share of the tolerance that a learner is given."""

FALSE = 1.5
"""By which factor a number is planted false."""


# How proofs are written


def settles(question: str) -> Callable[[Callable[[], str | Iterable[str]]], Callable[[], None]]:
    """Make a test of a function that runs an experiment and returns a phrase of the option that holds.

    The phrase stands in the right option and in no other; for several right options, return one of each. For a
    cloze it is one of the accepted fillings.
    """

    def test_of(run: Callable[[], str | Iterable[str]]) -> Callable[[], None]:
        _enter(SETTLED, question, run.__module__)

        @wraps(run)
        def test() -> None:
            found = run()
            held = {found} if isinstance(found, str) else set(found)
            asked = questions()[question]
            assert refuted(asked, held) is None
            for wrong in marked_wrong(asked):
                assert refuted(wrong, held), [option.text for option in wrong.options if option.right]

        return test

    return test_of


def computes(question: str) -> Callable[[Callable[[], float]], Callable[[], None]]:
    """Make a test of a function that computes the number of a question in a second way."""

    def test_of(compute: Callable[[], float]) -> Callable[[], None]:
        _enter(COMPUTED, question, compute.__module__)

        @wraps(compute)
        def test() -> None:
            found = compute()
            asked = questions()[question]
            assert miscounted(asked, found) is None
            for wrong in counted_wrong(asked):
                assert miscounted(wrong, found), wrong.number

        return test

    return test_of


def defines(question: str, reason: str) -> None:
    """Enter a question that no run can settle, and why."""
    assert len(reason.split()) >= 4, "say why no run can settle it"
    _enter(DEFINITIONS, question, reason)


def redraws(question: str) -> Callable[[Redraw], Redraw]:
    """Enter what settles the instances of a template."""

    def entered(check: Redraw) -> Redraw:
        _enter(REDRAWN, question, check)
        return check

    return entered


def _enter(table: dict[str, T], question: str, entry: T) -> None:
    assert table.setdefault(question, entry) == entry, f"'{question}' is entered twice"


# What a proof says to a key


def refuted(question: Question, held: set[str]) -> str | None:
    """Say how the marks of the options differ from what holds; None if they don't."""
    found = set()
    for phrase in held:
        where = [n for n, option in enumerate(question.options) if _says(question, option, phrase)]
        if len(where) != 1:
            return f"'{phrase}' stands in {len(where)} options of '{question.id}', and should in one"
        found.add(where[0])
    marked = {n for n, option in enumerate(question.options) if option.right}
    if found != marked:
        return f"'{question.id}': what holds is {sorted(held)}, and marked are {sorted(marked)}"
    return None


def _says(question: Question, option: Option, phrase: str) -> bool:
    return fills(option.text, phrase) if question.kind == "cloze" else phrase in option.text


def miscounted(question: Question, found: float) -> str | None:
    """Say how the number of a question differs from the one found; None if it agrees."""
    number = question.number
    assert number, f"'{question.id}' has no number"
    if abs(number.value - found) > AGREE * _room(question):
        return f"'{question.id}' says {number.value:g}, and the second way says {found:.6g}"
    return None


def _room(question: Question) -> float:
    """Give how far off a learner's number may be."""
    number = question.number
    assert number
    return number.tolerance if number.absolute else number.tolerance * abs(number.value)


# Keys that are planted wrong


def marked_wrong(question: Question) -> Iterator[Question]:
    """Mark each other option as the right one; where several may be right, turn each mark over."""
    for planted in range(len(question.options)):
        marks = [
            option.right ^ (n == planted) if question.kind == "multi" else n == planted
            for n, option in enumerate(question.options)
        ]
        options = (replace(each, right=mark) for each, mark in zip(question.options, marks, strict=True))
        wrong = replace(question, options=tuple(options))
        if wrong != question:
            yield wrong


def counted_wrong(question: Question) -> Iterator[Question]:
    """Plant false numbers, half as large again and as much too small."""
    number = question.number
    assert number
    for value in (number.value * FALSE, number.value / FALSE):
        off = value if abs(value - number.value) > _room(question) else number.value + 2 * _room(question)
        yield replace(question, number=replace(number, value=off))
