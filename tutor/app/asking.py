"""A question as text: what it asks, what of it is shown yet, and below it the hints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tutor.app.prose import blank, hanging, prose, quoted
from tutor.study.wording import RATINGS, number_asked, span, wait

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tutor.study.hints import Hint
    from tutor.study.steps import Asking


def asking_lines(step: Asking, marked: int | None, typed: str) -> list[RenderableType]:
    """Return the question, what it shows, and below that the hints.

    ``marked`` is the number of the option that the arrow keys chose, ``typed`` the number typed so far.
    """
    lines: list[RenderableType] = [prose(step.question.text, "bold"), blank()]
    if step.written:
        lines += [Text.assemble("Your answer:  ", (step.written, "bold")), blank()]
    if step.waits:
        lines += [Text(wait(step), "dim"), blank()]
    elif step.self_rated:
        lines += _model(step)
    elif step.question.number:
        line = Text.assemble("Your answer:  ", (f"{typed}▏", "bold"), step.question.number.unit)
        lines += [line, Text(number_asked(step.question.number), "dim"), blank()]
    else:
        lines += [_options(step, marked), blank()]
    for hint in step.hints:
        lines += [_hint(step, hint), blank()]
    if step.next_hint:
        lines.append(Text(f"h  {step.next_hint.offer}", "dim"))
    return lines


def _options(step: Asking, marked: int | None) -> RenderableType:
    struck = {hint.option for hint in step.hints if hint.kind == "strike"}
    return hanging(
        (f"{'▸' if n + 1 == marked else ' '} {n + 1}", prose(option.text, "strike dim" if n in struck else ""))
        for n, option in enumerate(step.options)
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


def _hint(step: Asking, hint: Hint) -> RenderableType:
    if hint.kind == "passage":
        paragraph = step.card.paragraphs[step.question.paragraph].text
        return hanging([("The card", quoted(paragraph, hint.text))])
    if hint.kind == "strike" and hint.option is not None:
        return hanging([(f"Not {hint.option + 1}", prose(hint.text))])
    if hint.kind == "experiment":
        return hanging([("Run it", Text("r shows the experiment that settles it"))])
    return hanging([("Hint", prose(hint.text))])
