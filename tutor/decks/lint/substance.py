"""Rules on what belongs to a card: figures, sources, and questions on all that it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor.decks.clean import shorten
from tutor.decks.lint.finding import Remark
from tutor.decks.lint.words import without_maths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tutor.decks.model import Card

# A figure that somebody found: in maths stand definitions and examples.
_MEASURED = re.compile(r"(?<![\w$\\{^])\d+(?:[.,]\d+)*\s*%|(?<![\w$\\{^.])\d+\.\d+")


def deck(cards: Sequence[Card]) -> Iterator[Remark]:
    """A deck holds cards."""
    if not cards:
        mend = "write one as a file that ends in .md, such as by 'tutor deck new'"
        yield Remark(f"the folder holds no card; {mend}", level="error")


def experiments(cards: Sequence[Card]) -> Iterator[Remark]:
    """A claim is shown, and an answer settled, by an experiment, in a deck whose subject has any to run."""
    without = [card.id for card in cards if not _has_experiment(card)]
    if 0 < len(without) < len(cards) / 2:
        which = shorten(", ".join(without), 80)
        mend = "add an ```experiment block below a paragraph that it shows"
        yield Remark(f"most cards have an experiment, but not {which}; {mend}")


def _has_experiment(card: Card) -> bool:
    shown = any(paragraph.experiment for paragraph in card.paragraphs)
    return shown or any(question.experiment or question.template for question in card.questions)


def sources(card: Card) -> Iterator[Remark]:
    """A number has a source."""
    if card.sources:
        return
    for paragraph in card.paragraphs:
        found = _MEASURED.search(without_maths(paragraph.text))
        if found:
            mend = 'add it: sources: [{ title: "…", link: "https://…" }]'
            yield Remark(f"the card says '{found[0]}', but names no source; {mend}", 1, paragraph.text)
            return


def asked(card: Card) -> Iterator[Remark]:
    """Each paragraph is asked about."""
    quoted = {question.paragraph for question in card.questions}
    for number, paragraph in enumerate(card.paragraphs):
        if number not in quoted:
            what = f"no question quotes the paragraph '{shorten(paragraph.text, 40)}'"
            yield Remark(f"{what}; ask about it, or leave it out", 1, paragraph.text)


def passages(card: Card) -> Iterator[Remark]:
    """A passage can be found: it stands in the card once."""
    for question in card.questions:
        count = sum(paragraph.text.count(question.passage) for paragraph in card.paragraphs)
        if count > 1:
            what = f"the passage '{shorten(question.passage, 40)}' stands in the card {count} times"
            yield Remark(f"{what}; quote more of it", question.line, question.passage)
