"""A card and its parts as lines of plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.decks.maths import typeset
from tutor.lab.experiments import experiment
from tutor.study.wording import facts

if TYPE_CHECKING:
    from tutor.decks.model import Block, Card


def figure_lines(block: Block, rate: float | None = None) -> list[str]:
    """Run an experiment and say what its figure shows. Raises UsageError on an impossible ``rate``."""
    outcome = experiment(block.settings).outcome(rate)
    return [
        f"  Figure: {outcome.description}",
        f"  Values: {'; '.join(outcome.readouts)}.",
        f"  {outcome.verdict}",
    ]


def text_lines(card: Card) -> list[str]:
    """Return the card's title, facts, paragraphs and described figures."""
    lines = [typeset(card.title), *facts(card)]
    for paragraph in card.paragraphs:
        lines += ["", typeset(paragraph.text)]
        if paragraph.experiment:
            lines += figure_lines(paragraph.experiment)
    return lines


def card_lines(card: Card) -> list[str]:
    """Return the whole card: its text, then its questions with their options, explanations and hints."""
    lines = text_lines(card)
    for place, question in enumerate(card.questions, 1):
        lines += ["", f"Question {place}", typeset(question.text)]
        for number, option in enumerate(question.options, 1):
            lines.append(f"  {number}, {'right' if option.right else 'wrong'}: {typeset(option.text)}")
            lines.append(f"     {typeset(option.explanation)}")
        if question.template:
            lines.append("  Drawn afresh each time, and answered by running it.")
        lines += [f"  Hint: {typeset(hint)}" for hint in question.hints]
    return lines
