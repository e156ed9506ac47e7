"""A question as text: what it asks, what of it is shown yet, and the hints that it was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from tutor.app.prose import blank, filled, hanging, prose, quoted
from tutor.decks.gaps import GAP
from tutor.study.telling import asked_for
from tutor.study.wording import RATINGS, span, wait

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tutor.study.hints import Hint
    from tutor.study.steps import Asking


@dataclass(frozen=True)
class Draft:
    """An answer as far as it is given."""

    marked: int | None = None
    """The number of the option that the arrow keys chose."""

    chosen: frozenset[int] = frozenset()
    """The numbers of the options chosen, where several may be."""

    typed: str = ""
    """The number, or what fills the gap."""


def asking_lines(step: Asking, draft: Draft, *, typing: bool = False) -> list[RenderableType]:
    """Return the question with the ``draft`` of its answer, what it shows, and which hint comes next.

    While the learner is ``typing``, letters are text, and a hint takes another key before its own.
    """
    question = step.question
    lines: list[RenderableType] = [
        filled(question.text, f"{draft.typed}▏" if draft.typed else GAP)
        if step.gap
        else prose(question.text, "bold"),
        blank(),
    ]
    if step.written:
        lines += [Text.assemble("Your answer:  ", (step.written, "bold")), blank()]
    if step.waits:
        lines += [Text(wait(step), "dim"), blank()]
    elif step.self_rated:
        lines += _model(step)
    elif step.gap:
        lines += [Text(asked_for(step), "dim"), blank()]
    elif question.number:
        line = Text.assemble("Your answer:  ", (f"{draft.typed}▏", "bold"), question.number.unit)
        lines += [line, Text(asked_for(step), "dim"), blank()]
    else:
        how = [Text("Choose all that are right.", "dim"), blank()] if step.several else []
        lines += [*how, _options(step, draft), blank()]
    if step.next_hint:
        lines += [Text(f"{'esc h' if typing else 'h'}  {step.next_hint.offer}", "dim"), blank()]
    return lines


def hints_given(step: Asking) -> list[RenderableType]:
    """Return the hints that the question was given, the newest first: it is to be seen beside the question."""
    words = 0
    told = []
    for hint in step.hints:
        words += hint.kind == "words"
        told.append(_hint(step, hint, f"Hint {words}" if len(step.question.hints) > 1 else "Hint"))
    return told[::-1]


def _options(step: Asking, draft: Draft) -> RenderableType:
    struck = {hint.option + 1 for hint in step.hints if hint.option is not None}

    def sign(number: int) -> str:
        box = f" [{'x' if number in draft.chosen else ' '}]" if step.several else ""
        return f"{'▸' if number == draft.marked else ' '} {number}{box}"

    return hanging(
        (sign(number), prose(option.text, "strike dim" if number in struck else ""))
        for number, option in enumerate(step.options, 1)
    )


def _model(step: Asking) -> list[RenderableType]:
    """The right answer, and when each rating of one's own would bring the question back."""
    answers = [
        ("✓", Text.assemble(prose(option.text, "bold"), "\n", prose(option.explanation)))
        for option in step.model
    ]
    ratings = (
        f"{int(rating)} {name}{f' {span(step.returns[rating], step.today)}' if step.returns else ''}"
        for rating, name in RATINGS.items()
    )
    return [hanging(answers), blank(), Text("How well did you know it?"), Text("   ".join(ratings)), blank()]


def _hint(step: Asking, hint: Hint, name: str) -> RenderableType:
    if hint.kind == "passage":
        paragraph = step.card.paragraphs[step.question.paragraph].text
        return hanging([("The card", quoted(paragraph, hint.text))])
    if hint.kind == "strike" and hint.option is not None:
        return hanging([(f"Not {hint.option + 1}", prose(hint.text))])
    if hint.kind == "experiment":
        return hanging([("Run it", Text("r shows the experiment that settles it"))])
    return hanging([(name, prose(hint.text))])
