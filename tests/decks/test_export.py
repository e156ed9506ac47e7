from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.decks.export import card_json
from tutor.decks.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def test_a_card_as_json(card: str, checker: Callable[[str, Mapping[str, object]], None]) -> None:
    exported = card_json(parse(card, Path("knobs/step-size.md"), checker))
    assert json.loads(json.dumps(exported)) == exported
    questions = exported.pop("questions")
    assert isinstance(questions, list)
    first, second = questions
    assert exported == {
        "id": "step-size",
        "deck": "knobs",
        "title": "Step size: a knob",
        "topic": "Optimisation",
        "difficulty": "Beginner",
        "author": "Ada",
        "created": "2026-06-01T06:20:00+00:00",
        "tags": [],
        "approvals": [],
        "requires": ["slopes"],
        "related": [],
        "sources": [],
        "videos": [],
        "text": "The rate $\\eta$ scales the step. It is fragile .\n\nA second paragraph.",
    }
    assert first == {
        "id": "too-large",
        "kind": "choice",
        "text": "What does a large rate do?",
        "options": [
            {"text": "crawl", "right": False, "explanation": "That is a tiny one."},
            {"text": "bounce", "right": True, "explanation": "The step carries past the floor."},
        ],
        "hints": ["Read the first paragraph.", "Think of a steep wall."],
        "passage": "It is fragile .",
    }
    assert second["id"] == "too-small"


def test_a_prediction_as_json(card: str, checker: Callable[[str, Mapping[str, object]], None]) -> None:
    start = card.index("- [x] crawl")
    end = card.index("1. Compare.")
    source = f"{card[:start]}{card[end:]}".replace(".choice", ".predict")
    exported = card_json(
        parse(f'{source}\n```predict\nkind = "verdict"\nsteps = 5\n```', Path("knobs/step-size.md"), checker)
    )
    assert json.loads(json.dumps(exported)) == exported
    questions = exported["questions"]
    assert isinstance(questions, list)
    assert "template" not in questions[0]
    assert questions[1] == {
        "id": "too-small",
        "kind": "predict",
        "text": "And a small one?",
        "options": [],
        "hints": ["Compare."],
        "passage": "scales the step.",
        "template": {"kind": "verdict", "steps": 5},
    }
