"""Rules on how much there is to read, and how hard it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.decks.clean import shorten
from tutor.decks.lint.finding import Remark
from tutor.decks.lint.words import lix, words
from tutor.decks.maths import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.decks.model import Card

# A figure stands beside its paragraph: at 80 × 24 there are about 20 lines of 38 characters for the words.
MOST_WORDS = {"paragraph": 110, "explanation": 70, "hint": 50}
MOST_IN_CARD = 700
MOST_IN_OPTION = 140
"""Characters: two lines of a narrow terminal."""
HARDEST = 50
"""By LIX, for a lesson; the first card has 43."""
FEWEST_WORDS = 40
"""Of fewer words LIX says nothing."""


def paragraphs(card: Card) -> Iterator[Remark]:
    """A paragraph is read beside its figure."""
    for paragraph in card.paragraphs:
        yield from _too_long("paragraph", paragraph.text, 1, "split it, or leave out what no question needs")


def whole(card: Card) -> Iterator[Remark]:
    """A card holds one idea."""
    count = len(words(card.text))
    if count > MOST_IN_CARD:
        yield Remark(f"the lesson has {count} words; split the card, at most {MOST_IN_CARD} to one")


def options(card: Card) -> Iterator[Remark]:
    """An option is taken in at a glance."""
    for question in card.questions:
        for option in question.choices:
            length = len(typeset(option.text))
            if length > MOST_IN_OPTION:
                what = f"the option has {length} characters; keep it to {MOST_IN_OPTION}"
                yield Remark(f"{what}, and put the rest into its explanation", question.line, option.text)


def explanations(card: Card) -> Iterator[Remark]:
    """An explanation is read between two questions."""
    for question in card.questions:
        given = [option.explanation for option in question.options]
        for text in [*given, *([question.number.explanation] if question.number else [])]:
            yield from _too_long("explanation", text, question.line, "say why in two or three sentences")


def hints(card: Card) -> Iterator[Remark]:
    """A hint is a nudge."""
    for question in card.questions:
        for hint in question.hints:
            yield from _too_long("hint", hint, question.line, "split it into two hints")


def reading(card: Card) -> Iterator[Remark]:
    """A lesson is plain: short sentences, short words."""
    if len(words(card.text)) < FEWEST_WORDS:
        return
    level = lix(card.text)
    if level > HARDEST:
        hardest = max(card.paragraphs, key=lambda paragraph: lix(paragraph.text)).text
        what = f"the lesson is hard to read (LIX {level:.0f}, at most {HARDEST})"
        mend = f"write shorter sentences and words, first in '{shorten(hardest, 40)}'"
        yield Remark(f"{what}; {mend}", 1, hardest)


def _too_long(what: str, text: str, line: int, mend: str) -> Iterator[Remark]:
    count, most = len(words(text)), MOST_WORDS[what]
    if count > most:
        yield Remark(f"the {what} has {count} words, more than {most}; {mend}", line, text.partition("\n")[0])
