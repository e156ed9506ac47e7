"""A card with one question of each kind that is not drawn, for the front ends and the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk import FRONT, PARAGRAPH
from tutor.study.steps import Feedback

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desk import Desk
    from tutor.study.session import Session

TASK = """
### Question {id} {{#{id} .{id}}}

{text}

{entries}
1. Think of {id}.

> a slope points uphill.
"""
ENTRY = """- [{box}] {text}

  {why}

"""

TEXTS = {
    "multi": "What is true of slopes?",
    "number": "How steep is it?",
    "recall": "Why does it fall?",
    "cloze": "A slope points ___ and nowhere else.",
}
ENTRIES = {
    "multi": [("x", "they point up", "Up."), (" ", "they sleep", "No."), ("x", "they vanish", "At rest.")],
    "number": [("x", "20 degrees ± 5 %", "It is 20."), (" ", "10 degrees", "That is half of it.")],
    "recall": [("x", "It follows the slope.", "Downhill.")],
    "cloze": [("x", "uphill | up the hill", "That way."), (" ", "downhill", "The other way.")],
}
RIGHT = {"multi": "13", "number": "20.9", "recall": "", "cloze": "Up the  hill."}
WRONG = {"multi": "1", "number": "10", "recall": "", "cloze": "downhill"}


def write_kinds(desk: Desk, *kinds: str) -> Path:
    """Put a card with questions of these kinds on the desk, each with its kind as its id."""
    path = desk.folder / "decks" / "hills" / "kinds.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    tasks = (
        TASK.format(
            id=kind,
            text=TEXTS[kind],
            entries="".join(ENTRY.format(box=box, text=text, why=why) for box, text, why in ENTRIES[kind]),
        )
        for kind in kinds or TEXTS
    )
    text = FRONT.format(id="kinds") + PARAGRAPH.format(n=1, id="kinds") + "\n## Tasks\n" + "".join(tasks)
    path.write_text(text, encoding="utf-8")
    return path


def feedback(session: Session) -> Feedback:
    """What the learner is told."""
    assert isinstance(session.step, Feedback)
    return session.step
