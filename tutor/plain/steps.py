"""The steps of a session as lines of plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.decks.maths import typeset
from tutor.plain.card import figure_lines
from tutor.study.wording import RATINGS, comes_back, counted, judged, number_asked, number_told

if TYPE_CHECKING:
    from tutor.decks.model import Question
    from tutor.study.hints import Hint
    from tutor.study.steps import Asking, Feedback, Finished


def asking_lines(step: Asking) -> list[str]:
    """Return the question, its options, and the hints that it was given."""
    again = ", again" if step.repeated else ""
    lines = [f"Question {step.number} of {step.total}{again}", *typeset(step.question.text).split("\n\n")]
    lines += [f"  {number}  {typeset(option.text)}" for number, option in enumerate(step.question.options, 1)]
    if step.question.number:
        lines.append(f"  Type {number_asked(step.question.number)}.")
    for hint in step.hints:
        lines += hint_lines(step.question, hint)
    return lines


def hint_lines(question: Question, hint: Hint) -> list[str]:
    """Return one hint."""
    if hint.kind == "passage":
        return [f"  The card says: {typeset(hint.text)}"]
    if hint.kind == "strike" and hint.option is not None:
        option = question.options[hint.option]
        return [f"  Not {hint.option + 1}, {typeset(option.text)}:", f"     {typeset(hint.text)}"]
    if hint.kind == "experiment" and question.experiment:
        return figure_lines(question.experiment, run=True)
    return [f"  Hint: {typeset(hint.text)}"]


def feedback_lines(step: Feedback) -> list[str]:
    """Return the judgement, why each option is right or wrong, and what other ratings would do."""
    returns = {rating: comes_back(day, step.today) for rating, day in step.returns.items()}
    rating = step.review.rating
    lines = [f"{judged(step)} {RATINGS[rating]}: back {returns[rating]}."]
    for number, option in enumerate(step.question.options, 1):
        sign = "right" if option.right else "wrong"
        given = ", your answer" if option.text == step.review.answer else ""
        lines.append(f"  {number}, {sign}{given}: {typeset(option.text)}")
        lines.append(f"     {typeset(option.explanation)}")
    asked = step.question.number
    if asked:
        lines += [f"  The run says {number_told(step, asked)}.", f"     {typeset(asked.explanation)}"]
    others = ", ".join(
        f"{RATINGS[other].lower()} ({back})" for other, back in returns.items() if other != rating
    )
    run = " r runs the experiment." if step.question.experiment else ""
    return [*lines, f"To let it count otherwise, type {others}.{run}"]


def finished_lines(step: Finished) -> list[str]:
    """Return what was learned, and when each question comes back."""
    if not step.results:
        return ["Nothing to ask now. 'tutor due' tells when something is."]
    lines = [f"Done: {counted(len(step.results), 'question')}. u undoes the last answer, Enter leaves."]
    for result in step.results:
        back = comes_back(result.state.due, step.today)
        lines += [f"  {typeset(result.question.text)}", f"     {RATINGS[result.state.rating]}, back {back}."]
    return lines
