"""Rules on the hints: they come in steps, and leave the last one to the learner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.decks.clean import shorten
from tutor.decks.gaps import fillings
from tutor.decks.lint.finding import Remark
from tutor.decks.lint.words import content, normal, numbers, share
from tutor.decks.numbers import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.decks.model import Card, Question

FEWEST = 2
NEARLY_ALL = 0.8
"""The share of the answer's words with which a hint has said it."""
FEW_WORDS = 3
"""An answer of fewer words of its own is only given by its whole text."""


def steps(card: Card) -> Iterator[Remark]:
    """A mild hint comes before one that leads to the answer."""
    for question in card.questions:
        if len(question.hints) < FEWEST:
            what = f"the question has {len(question.hints)} hint"
            yield Remark(f"{what}; write {FEWEST} or more, the mildest first", question.line)


def answers(card: Card) -> Iterator[Remark]:
    """No hint gives the answer."""
    for question in card.questions:
        for hint in question.hints:
            said = _said(question, hint)
            if said:
                mend = "ask what leads to it instead"
                yield Remark(f"the hint gives the answer '{shorten(said, 40)}'; {mend}", question.line, hint)


def _said(question: Question, hint: str) -> str:
    """Return the answer that the hint gives; nothing if it gives none."""
    number = question.number
    if number and any(within(number, value) for value in numbers(hint)):
        return f"{number.value:.4g} {number.unit}".strip()
    held, wrong = content(hint), [content(option.text) for option in question.options if not option.right]
    for option in question.options if question.kind != "multi" else ():
        texts = fillings(option.text) if question.kind == "cloze" else (option.text,)
        for text in texts if option.right else ():
            if f" {normal(text)} " in f" {normal(hint)} ":
                return text
            own = content(text) - content(question.text) - set().union(*wrong)
            if len(own) >= FEW_WORDS and share(own, held) >= NEARLY_ALL:
                return text
    return ""
