"""A card and its parts as lines of plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.decks.maths import typeset
from tutor.errors import UsageError
from tutor.lab.digits.state import LongExperiment
from tutor.lab.experiments import experiment
from tutor.plain.say import say
from tutor.study.telling import key
from tutor.study.wording import facts

if TYPE_CHECKING:
    from collections.abc import Collection

    from tutor.decks.model import Block, Card
    from tutor.lab.outcome import Outcome
    from tutor.study.telling import Entry


def figure_lines(block: Block, rate: float | None = None, *, run: bool = False) -> list[str]:
    """Run an experiment and say what its figure shows; a long one only if it was kept, or if told to ``run``.

    Raises UsageError on an impossible ``rate``, and TutorError if a long one cannot be run here.
    """
    made = experiment(block.settings)
    if isinstance(made, LongExperiment):
        if rate is not None:
            raise UsageError("this experiment has no rate to turn: leave the number out")
        outcome = _long(made, run=run)
        if outcome is None:
            return [f"  Figure: not run yet. '{made.command}' runs it: {made.about}."]
    else:
        outcome = made.outcome(rate)
    return [
        f"  Figure: {outcome.description}",
        f"  Values: {'; '.join(outcome.readouts)}.",
        f"  {outcome.verdict}",
    ]


def _long(long: LongExperiment, *, run: bool) -> Outcome | None:
    """Look a long experiment up, or run it to its end."""
    from tutor.lab.digits.workshop import default_workshop  # slow to import, and few cards need it

    workshop = default_workshop()
    state = long.kept(workshop)
    if state is None and run:
        say(f"  It runs, which takes {long.about}.")
        *_, state = long.run(workshop)
    return state.outcome() if state else None


def text_lines(card: Card, unclear: Collection[int] = ()) -> list[str]:
    """Return the card's title, facts, paragraphs and described figures; ``unclear`` paragraphs are marked."""
    lines = [typeset(card.title), *facts(card)]
    for place, paragraph in enumerate(card.paragraphs):
        mark = "? " if place in unclear else ""
        lines += ["", f"{mark}{typeset(paragraph.text)}"]
        if paragraph.experiment:
            lines += figure_lines(paragraph.experiment)
    return lines


def entry_lines(entry: Entry) -> list[str]:
    """Return one answer to a question, whether it is right, and why."""
    said = ", ".join(filter(None, (entry.number, "right" if entry.right else "wrong", entry.note)))
    lines = [f"  {said[0].upper()}{said[1:]}: {typeset(entry.text)}"]
    return [*lines, f"     {typeset(entry.explanation)}"] if entry.explanation else lines


def card_lines(card: Card) -> list[str]:
    """Return the whole card: its text, then its questions with their options, explanations and hints."""
    lines = text_lines(card)
    for place, question in enumerate(card.questions, 1):
        lines += ["", f"Question {place}", typeset(question.text)]
        for entry in key(question):
            lines += entry_lines(entry)
        if question.template:
            lines.append("  Drawn afresh each time, and answered by running it.")
        lines += [f"  Hint: {typeset(hint)}" for hint in question.hints]
    return lines
