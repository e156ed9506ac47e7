"""A paragraph marked as not clear, by a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.study.unclear import mark, questions_of

if TYPE_CHECKING:
    from tutor.memory.store import Store
    from tutor.study.steps import Asking


def mark_unclear(store: Store, step: Asking, number: str | None) -> str:
    """Mark a paragraph of the card, or take that back, and say so; without a ``number`` that of the question.

    Raises UsageError if the card has no such paragraph, or no question comes from it.
    """
    total = len(step.card.paragraphs)
    if number is None:
        number = str(step.question.paragraph + 1)
    if number not in map(str, range(1, total + 1)):
        raise UsageError(f"the card has the paragraphs 1 to {total}: type unclear 1, for example")
    if not questions_of(step.card, int(number) - 1):
        raise UsageError(f"no question comes from paragraph {number}, so none can come sooner")
    if mark(store, step.card, int(number) - 1):
        return f"Paragraph {number} is not clear: its questions come sooner. unclear {number} takes it back."
    return f"Paragraph {number} is clear now."
