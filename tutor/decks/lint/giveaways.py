"""Rules against options that can be chosen without knowing anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor.decks.clean import shorten
from tutor.decks.lint.finding import Remark
from tutor.decks.lint.words import normal
from tutor.decks.maths import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.decks.model import Card, Option, Question

MUCH_LONGER = 1.4
"""How many times as long as the next one an option is that stands out …"""

LONGER_BY = 10
"""… and by how many characters: 16 s is longer than 5 s, but does not stand out."""

_OF_THE_ABOVE = re.compile(r"\b(all|both|any|none|neither|each) of (the )?(above|these|them)\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\b(always|never|impossible|in every case|under no)\b", re.IGNORECASE)
_PRECISE = re.compile(r"\d|[=≈≤≥<>]")


def length(card: Card) -> Iterator[Remark]:
    """The right option is not much longer than the others."""
    for question, right, wrong in _choices(card):
        mine, next_one = len(typeset(right.text)), max(len(typeset(option.text)) for option in wrong)
        if mine > max(MUCH_LONGER * next_one, next_one + LONGER_BY):
            what = f"the right option is much the longest ({mine} characters, the next {next_one})"
            yield Remark(f"{what}; shorten it, or say as much in the others", question.line, right.text)


def of_the_above(card: Card) -> Iterator[Remark]:
    """No option speaks of the others: the order in which they stand may change."""
    for question in card.questions:
        for option in question.choices:
            found = _OF_THE_ABOVE.search(option.text)
            if found:
                mend = "write one that stands alone, or make the question .multi"
                yield Remark(f"an option says '{found[0]}'; {mend}", question.line, option.text)


def absolutes(card: Card) -> Iterator[Remark]:
    """Words such as always and never do not mark the wrong options."""
    for question, right, wrong in _choices(card):
        marked = [option for option in wrong if _ABSOLUTE.search(option.text)]
        if len(marked) > 1 and not _ABSOLUTE.search(right.text):
            what = f"{len(marked)} wrong options say always or never, and the right one does not"
            yield Remark(f"{what}; tone them down", question.line, marked[0].text)


def precision(card: Card) -> Iterator[Remark]:
    """The right option is not the only one with a number or a formula."""
    for question, right, wrong in _choices(card):
        if is_precise(right) and not any(map(is_precise, wrong)):
            mend = "give the others one as well, or say it in words"
            yield Remark(
                f"only the right option holds a number or a formula; {mend}", question.line, right.text
            )


def likeness(card: Card) -> Iterator[Remark]:
    """No two options say the same."""
    for question in card.questions:
        first: dict[str, Option] = {}
        for option in question.options:
            if first.setdefault(normal(option.text), option) is not option:
                what = f"two options say '{shorten(option.text, 40)}'"
                yield Remark(f"{what}; change or remove one", question.line, option.text)


def is_precise(option: Option) -> bool:
    """Whether an option holds a number or a formula."""
    return bool(_PRECISE.search(typeset(option.text)))


def _choices(card: Card) -> Iterator[tuple[Question, Option, list[Option]]]:
    """Yield the questions with one right option among three or more, that option, and the others."""
    for question in card.questions:
        if question.kind == "choice" and len(question.options) > 2:
            right = next(option for option in question.options if option.right)
            yield question, right, [option for option in question.options if not option.right]
