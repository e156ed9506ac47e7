"""How both front ends say what is to be answered, how the answer was, and what is right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tutor.decks.clean import one_line
from tutor.decks.numbers import write_number, write_tolerance
from tutor.study.grading import near, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.decks.model import Number, Option, Question
    from tutor.study.steps import Asking, Feedback

MOST_FILLINGS = 3
"""How many words that fill a gap are named; more would be read as all that there are."""


@dataclass(frozen=True)
class Entry:
    """One answer that there is to a question, explained."""

    right: bool
    text: str
    explanation: str

    number: str = ""
    """Of an option that was shown with one."""

    note: str = ""
    """What the learner did with it."""


def asked_for(step: Asking) -> str:
    """Say what kind of answer is wanted, where that is not an option; empty otherwise."""
    question = step.question
    if question.number:
        return number_asked(question.number)
    return "the word or words that fill the gap" if step.gap else ""


def number_asked(number: Number) -> str:
    """Say what is to be typed, and how near it has to be."""
    unit = f" of {number.unit}" if number.unit else ""
    near_enough = f"within {write_tolerance(number)}" if number.tolerance else "only the exact one"
    return f"a number{unit}: {near_enough} is right"


def number_told(step: Feedback, number: Number) -> str:
    """Say what the number is, by how much one may be off, and what was answered."""
    given = step.review.answer
    digits = 4 if step.question.template else 10  # an author's number is shown as it was written

    def quantity(value: float) -> str:
        return f"{value:.{digits}g} {number.unit}".strip()

    within = f" ± {write_tolerance(number)}" if number.tolerance else ""
    yours = f"; your answer: {quantity(given)}" if isinstance(given, int | float) else ""
    return f"{quantity(number.value)}{within}{yours}"


def judged(step: Feedback) -> str:
    """Say in a few words how the answer was."""
    answer, recalled = step.review.answer, step.review.kind == "recall"
    if step.review.correct:
        return "Remembered." if recalled else "Right."
    if answer is None:
        return "Not remembered." if recalled else "Not answered."
    if isinstance(answer, list):
        return f"Not right: {_how_far_off(step.question, answer)}."
    if near(step.question, answer) and not options_of(step.question, answer):
        return "Near, but not right."
    return "Not right."


def _how_far_off(question: Question, answer: object) -> str:
    chosen = options_of(question, answer)
    missed = sum(option.right for option in question.options if option not in chosen)
    wrong = sum(not option.right for option in chosen)
    parts = [f"{count} {word}" for count, word in ((missed, "left out"), (wrong, "too many")) if count]
    return ", ".join(parts) or "the options have changed since"


def key(question: Question) -> Iterator[Entry]:
    """Explain every answer that there is."""
    if question.number:
        yield Entry(True, write_number(question.number), question.number.explanation)
    for place, option in enumerate(question.options, 1):
        number = str(place) if question.choices else ""
        yield Entry(option.right, told(question, option), option.explanation, number)


def entries(step: Feedback) -> Iterator[Entry]:
    """Explain every answer that there is, with what the learner answered."""
    question, answer = step.question, step.review.answer
    chosen = options_of(question, answer)
    if question.number:
        yield Entry(True, number_told(step, question.number), question.number.explanation)
    if question.kind == "cloze" and isinstance(answer, str) and not chosen:
        yield Entry(False, one_line(answer), "", note="your answer")
    for entry, option in zip(key(replace(question, number=None)), question.options, strict=True):
        yield replace(entry, note=_note(option, chosen, answer))


def told(question: Question, option: Option) -> str:
    """Write an option as one reads it: what fills a gap as "gradient, or slope", of many words the first."""
    if question.kind != "cloze":
        return option.text
    from tutor.decks.gaps import fillings  # slow to import, and few questions need it

    words = fillings(option.text)
    named = words if len(words) <= MOST_FILLINGS else (*words[:MOST_FILLINGS], "the like")
    return ", or ".join(named)


def _note(option: Option, chosen: tuple[Option, ...], answer: object) -> str:
    if not isinstance(answer, list):
        return "your answer" if option in chosen else ""
    if option in chosen:
        return "you chose it"
    return "you left it out" if option.right else ""
