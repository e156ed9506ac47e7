"""Questions as they are asked this time: predictions drawn afresh, options in another order."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING
from zlib import crc32

from tutor.decks.model import Block, Number, Option, Question
from tutor.errors import DeckError, UsageError

if TYPE_CHECKING:
    from tutor.memory.store import Store


def fresh_seed(question: Question, store: Store, *, shuffle: bool) -> int | None:
    """Return what a question is drawn from when it is asked next; None for one that is as its author wrote it.

    It follows from how often the question was answered, so that leaving is no way to another instance. Options
    are asked in the author's order at first, and in another one whenever they come back: what is remembered is
    to be an answer and not its place. Without ``shuffle`` it is always the same.
    """
    if question.template is None and not (shuffle and question.choices):
        return None
    reviews = store.reviews(question.id)
    if question.template is None:
        reviews = [review for review in reviews if not review.undone]
        if not reviews:
            return None
    return crc32(f"{question.id} {len(reviews)}".encode())


def drawn(question: Question, seed: int | None) -> Question:
    """Return the question as it is drawn from ``seed``; with None it is as its author wrote it.

    Raises DeckError if its template, which may have been edited meanwhile, gives none.
    """
    if seed is None:
        return question
    if question.template is None:
        draw_next = Random(seed).random  # noqa: S311 - reproducible, not secret
        choices = sorted(question.choices, key=lambda _: draw_next())
        return replace(question, options=tuple(choices)) if choices else question
    from tutor.lab.predict.templates import draw  # slow to import, and not needed for other questions

    try:
        instance = draw(question.template.settings, seed)
    except UsageError as error:
        raise DeckError(f"the question '{question.id}' cannot be drawn: {error}") from error
    quantity = instance.quantity
    return replace(
        question,
        text=f"{question.text}\n\n{instance.text}",
        options=tuple(Option(choice.text, choice.right, choice.explanation) for choice in instance.choices),
        number=Number(quantity.value, quantity.unit, quantity.explanation) if quantity else None,
        experiment=Block(instance.experiment, question.template.line),
    )
