"""In which form a question is asked: the better it is remembered, the less it gives away.

Four options invite guessing, and to recognise an answer is easier than to recall it. So as its stability grows,
a multiple-choice question is asked with its options hidden until the learner has committed to an answer, then
for free recall, and then as a prediction of the same idea, if its card has one. One with several right options
is judged option by option, so that it is not recalled without them. Numbers and gaps give nothing away from the
start, and what is to be recalled is recalled the first time already.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tutor.decks.model import Card, Question
    from tutor.memory.model import State

Form = Literal["open", "hidden", "recall", "predict"]

STAGES: tuple[tuple[float, Form], ...] = ((240.0, "predict"), (60.0, "recall"), (21.0, "hidden"))
"""From which stability, in days, each form is asked, the hardest first.

One who always answers well meets one after the other: stability grows from 2 days to about 11, 50, 170, 500.
"""

_POINTS_AT_OPTIONS = re.compile(r"\bwhich\b|\bof (these|the following)\b", re.IGNORECASE)


def form_of(card: Card, question: Question, state: State | None) -> Form:
    """Return the form in which ``question`` is asked to one whose ``state`` it has."""
    if question.kind == "recall":
        return "recall"
    if question.kind not in {"choice", "multi"} or state is None:
        return "open"
    for stability, form in STAGES:
        if state.stability >= stability and _fits(form, card, question):
            return form
    return "open"


def _fits(form: Form, card: Card, question: Question) -> bool:
    match form:
        case "predict":
            return prediction_of(card, question) is not None
        case "recall":  # a question such as "Which of these …" cannot be answered without them
            return question.kind == "choice" and not _POINTS_AT_OPTIONS.search(question.text)
        case _:
            return True


def prediction_of(card: Card, question: Question) -> Question | None:
    """Return the card's first prediction of the same idea: one that quotes the same passage; None without."""
    return next(
        (
            other
            for other in card.questions
            if other.template and question.passage and other.passage == question.passage
        ),
        None,
    )


def asked_as(card: Card, question: Question, kind: str) -> Question:
    """Return what is asked for a question whose answer is logged as ``kind``: it, or the prediction for it."""
    if kind == "predict" and question.template is None:
        prediction = prediction_of(card, question)
        if prediction is not None:
            return replace(prediction, id=question.id)
    return question
