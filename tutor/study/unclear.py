"""Paragraphs that the learner marked as not clear, which brings their questions sooner.

A mark is an act in the log on each question of the paragraph. One that was answered before is due at once, and
FSRS knows how early that is; a new one comes before the other new ones. The mark of a question is gone once it
was answered rightly, that of a paragraph with the last of its questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.memory.acts import Act

if TYPE_CHECKING:
    from tutor.decks.model import Card
    from tutor.memory.store import Store


def questions_of(card: Card, paragraph: int) -> list[str]:
    """List the questions that come from a paragraph of the card."""
    return [question.id for question in card.questions if question.paragraph == paragraph]


def unclear_paragraphs(store: Store, card: Card) -> frozenset[int]:
    """Return the indices of the card's paragraphs that are marked."""
    marked = store.unclear()
    return frozenset(question.paragraph for question in card.questions if question.id in marked)


def mark(store: Store, card: Card, paragraph: int) -> bool:
    """Mark a paragraph as not clear, or take that back if it is; return whether it is marked now."""
    questions = questions_of(card, paragraph)
    marked = store.unclear()
    marks = [act for question in questions for act in marked.get(question, [])]
    with store.together():
        for act in marks:
            store.revoke(act)
        if not marks:
            for question in questions:
                store.act(question, Act.UNCLEAR)
    return not marks and bool(questions)
