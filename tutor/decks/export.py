"""A card as JSON, with texts word for word."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.decks.model import Card, Question


def card_json(card: Card) -> dict[str, object]:
    """Return what ``tutor show --json`` prints; scripts rely on its keys."""
    return {
        "id": card.id,
        "deck": card.deck,
        "title": card.title,
        "topic": card.topic,
        "difficulty": card.difficulty,
        "author": card.author,
        "created": card.created.isoformat(),
        "tags": list(card.tags),
        "approvals": [asdict(approval) | {"on": approval.on.isoformat()} for approval in card.approvals],
        "requires": list(card.requires),
        "related": list(card.related),
        "sources": [asdict(link) for link in card.sources],
        "videos": [asdict(link) for link in card.videos],
        "text": card.text,
        "questions": [_question_json(question) for question in card.questions],
    }


def _question_json(question: Question) -> dict[str, object]:
    number = {"number": asdict(question.number)} if question.number else {}
    template = {"template": question.template.settings} if question.template else {}
    return {
        "id": question.id,
        "kind": question.kind,
        "text": question.text,
        "options": [asdict(option) for option in question.options],
        "hints": list(question.hints),
        "passage": question.passage,
        **number,
        **template,
    }
