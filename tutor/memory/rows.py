"""The store's tables as SQL, and their rows as values and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from platform import node
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tutor.memory.model import Rating, Review, State

if TYPE_CHECKING:
    from tutor.memory.clock import Moment
    from tutor.memory.model import Answer

# A review's latest amendment says what holds of it.
REVIEWS = """
    SELECT r.id, r.question, r.at, r.offset, r.day, r.device, r.kind, r.answer, r.correct, r.hints,
        r.confidence, r.ms, r.seed, coalesce(a.rating, r.rating), a.id IS NOT NULL AND a.rating IS NULL
    FROM reviews r LEFT JOIN amendments a ON a.id = (
        SELECT id FROM amendments WHERE review = r.id ORDER BY tick DESC, id DESC LIMIT 1)
"""

NEW_REVIEW = """
    INSERT INTO reviews (id, question, tick, at, offset, day, device, kind, answer, correct, hints,
        confidence, ms, rating, seed)
    VALUES (:id, :question,
        (SELECT max(:at, coalesce(max(tick) + 1, :at)) FROM reviews WHERE question = :question),
        :at, :offset, :day, :device, :kind, :answer, :correct, :hints, :confidence, :ms, :rating, :seed)
"""

NEW_AMENDMENT = """
    INSERT INTO amendments (id, review, tick, at, device, rating)
    VALUES (:id, :review,
        (SELECT max(:at, coalesce(max(tick) + 1, :at)) FROM amendments WHERE review = :review),
        :at, :device, :rating)
"""

STATES = "SELECT question, last, reps, lapses, stability, difficulty, day, due, rating FROM states"

NEW_STATE = """
    INSERT OR REPLACE INTO states (question, last, reps, lapses, stability, difficulty, day, due, rating)
    VALUES (:question, :last, :reps, :lapses, :stability, :difficulty, :day, :due, :rating)
"""


def review_row(answer: Answer, now: Moment, day: date) -> dict[str, object]:
    """Return the row of an answer given ``now``, with an id of its own, for `NEW_REVIEW`."""
    return {
        **asdict(answer),
        "answer": json.dumps(answer.answer),
        "id": uuid4().hex,
        "at": now.ms,
        "offset": now.offset,
        "day": day.isoformat(),
        "device": node(),
    }


def amendment_row(review: str, now: Moment, rating: Rating | None) -> dict[str, object]:
    """Return the row that re-rates or undoes the ``review`` with this id, for `NEW_AMENDMENT`."""
    return {"id": uuid4().hex, "review": review, "at": now.ms, "device": node(), "rating": rating}


def state_row(question: str, state: State) -> dict[str, object]:
    """Return the row of a question's state, for `NEW_STATE`."""
    return {
        **asdict(state),
        "question": question,
        "day": state.day.isoformat(),
        "due": state.due.isoformat(),
    }


def review(row: tuple[Any, ...]) -> Review:
    """Return the review in a row of `REVIEWS`."""
    id_, question, at, offset, day, device, kind, answer, correct, hints, confidence, ms, seed, *held = row
    rating, undone = held
    return Review(
        id=id_,
        question=question,
        at=at,
        offset=offset,
        day=date.fromisoformat(day),
        device=device,
        kind=kind,
        answer=json.loads(answer),
        correct=bool(correct),
        hints=hints,
        confidence=confidence,
        ms=ms,
        seed=seed,
        rating=Rating(rating),
        undone=bool(undone),
    )


def state(row: tuple[Any, ...]) -> tuple[str, State]:
    """Return the question and its state in a row of `STATES`."""
    question, last, reps, lapses, stability, difficulty, day, due, rating = row
    return question, State(
        last=last,
        reps=reps,
        lapses=lapses,
        stability=stability,
        difficulty=difficulty,
        day=date.fromisoformat(day),
        due=date.fromisoformat(due),
        rating=Rating(rating),
    )
