"""The steps of a session as lines of plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.decks.maths import typeset
from tutor.plain.card import entry_lines, figure_lines
from tutor.study.history import events, summary
from tutor.study.telling import asked_for, entries, judged
from tutor.study.wording import (
    PRACTISED,
    RATINGS,
    asked_where,
    comes_back,
    counted,
    forgotten,
    keeps_slipping,
    left,
    wait,
)

if TYPE_CHECKING:
    from tutor.decks.model import Question
    from tutor.memory.store import Store
    from tutor.study.hints import Hint
    from tutor.study.steps import Asking, Feedback, Finished, Reading


def asking_lines(step: Asking) -> list[str]:
    """Return the question, its options, and the hints that it was given."""
    where = asked_where(step)
    lines = [where[0].upper() + where[1:], *typeset(step.question.text).split("\n\n")]
    if step.waits:
        lines.append(f"  {wait(step)}")
    lines += [f"  {number}  {typeset(option.text)}" for number, option in enumerate(step.options, 1)]
    for option in step.model:
        lines += [f"  The answer: {typeset(option.text)}", f"     {typeset(option.explanation)}"]
    if step.self_rated:
        back = {rating: comes_back(day, step.today) for rating, day in step.returns.items()}
        ratings = (
            f"{name.lower()} ({back[rating]})" if back else name.lower() for rating, name in RATINGS.items()
        )
        lines.append(f"  How well did you know it? Type {', '.join(ratings)}.")
    if asked_for(step):
        lines.append(f"  Type {asked_for(step)}.")
    if step.several:
        lines.append("  Choose all that are right: type their numbers together, such as 13.")
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
    counts = f"{RATINGS[rating]}: back {returns[rating]}" if returns else f"Practice: {PRACTISED}"
    lines = [f"{judged(step)} {counts}.", *([forgotten(step)] if step.leech else [])]
    for entry in entries(step):
        lines += entry_lines(entry)
    others = ", ".join(
        f"{RATINGS[other].lower()} ({back})" for other, back in returns.items() if other != rating
    )
    run = "r runs the experiment." if step.question.experiment else ""
    otherwise = f"To let it count otherwise, type {others}." if others else ""
    return [*lines, " ".join(filter(None, (otherwise, run)))]


def slipping_lines(step: Reading) -> list[str]:
    """Return the paragraph that a question comes from which keeps being forgotten, with its figure."""
    paragraph = step.card.paragraphs[step.paragraph]
    figure = figure_lines(paragraph.experiment) if paragraph.experiment else []
    note = [keeps_slipping(step.leech)] if step.leech else []
    return ["", *note, typeset(paragraph.text), *figure]


def history_lines(store: Store, question: str) -> list[str]:
    """Return how a question stands, and all that happened to it."""
    lines = [summary(store, question)]
    for event in events(store, question):
        back = "" if event.holds else ", taken back"
        details = f": {event.details}" if event.details else ""
        lines.append(f"  {event.day.isoformat()}  {event.what}{details}{back}")
    return lines


def finished_lines(step: Finished) -> list[str]:
    """Return what was learned, and when each question comes back."""
    if not step.results:
        return ["Nothing to ask now. 'tutor due' tells when something is."]
    if step.left:
        return [f"{left(step)} go goes on, Enter leaves."]
    lines = [f"Done: {counted(len(step.results), 'question')}. u undoes the last answer, Enter leaves."]
    for result in step.results:
        back = comes_back(result.state.due, step.today)
        lines += [f"  {typeset(result.question.text)}", f"     {RATINGS[result.state.rating]}, back {back}."]
    return lines
