"""Questions that are drawn afresh each time they are asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zlib import crc32

from tutor.decks.model import Block, Number, Option, Question
from tutor.errors import DeckError, UsageError

if TYPE_CHECKING:
    from tutor.memory.store import Store


def fresh_seed(question: Question, store: Store) -> int | None:
    """Return what the next instance of a question is drawn from; None if the question is always the same.

    It follows from how often the question was answered, so that leaving is no way to another instance.
    """
    if question.template is None:
        return None
    return crc32(f"{question.id} {len(store.reviews(question.id))}".encode())


def drawn(question: Question, seed: int | None) -> Question:
    """Return the instance of a question that belongs to ``seed``, or the question itself if it isn't drawn.

    Raises DeckError if its template, which may have been edited meanwhile, gives none.
    """
    if question.template is None or seed is None:
        return question
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
