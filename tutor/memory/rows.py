"""The rows of the store's tables, as values and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from platform import node
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tutor.memory.model import Hold, Rating, Review, State

if TYPE_CHECKING:
    from tutor.memory.acts import Act
    from tutor.memory.clock import Moment
    from tutor.memory.model import Answer


def review_row(answer: Answer, now: Moment, day: date) -> dict[str, object]:
    """Return the row of an answer given ``now``, with an id of its own, for `queries.NEW_REVIEW`."""
    return {
        **asdict(answer),
        "answer": json.dumps(answer.answer),
        "due": answer.due and answer.due.isoformat(),
        "id": uuid4().hex,
        "at": now.ms,
        "offset": now.offset,
        "day": day.isoformat(),
        "device": node(),
    }


def amendment_row(review: str, now: Moment, rating: Rating | None, day: date | None) -> dict[str, object]:
    """Return the row that re-rates, undoes or re-dates the ``review`` with this id."""
    return {
        "id": uuid4().hex,
        "review": review,
        "at": now.ms,
        "device": node(),
        "rating": rating,
        "day": day and day.isoformat(),
    }


def new_act_row(question: str, what: Act, value: object, now: Moment, day: date) -> dict[str, object]:
    """Return the row of an act done ``now``, with an id of its own, for `queries.NEW_ACT`."""
    return {
        "id": uuid4().hex,
        "question": question,
        "at": now.ms,
        "offset": now.offset,
        "day": day.isoformat(),
        "device": node(),
        "what": what.value,
        "value": json.dumps(value),
    }


def state_row(question: str, state: State) -> tuple[object, ...]:
    """Return the row of a question's state, for `queries.NEW_STATE`."""
    return (
        question,
        state.last,
        state.reps,
        state.lapses,
        state.stability,
        state.difficulty,
        state.day.isoformat(),
        state.due.isoformat(),
        int(state.rating),
    )


def hold_row(question: str, hold: Hold) -> tuple[object, ...]:
    """Return the row of what holds a question back, for `queries.NEW_HOLD`."""
    return question, int(hold.suspended), hold.buried and hold.buried.isoformat()


def review(row: tuple[Any, ...]) -> Review:
    """Return the review in a row of `queries.REVIEWS`."""
    id_, question, at, offset, day, device, kind, answer, correct, hints, confidence, ms, seed, *held = row
    due, practice, given, rating, undone = held
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
        due=due and date.fromisoformat(due),
        practice=bool(practice),
        given=Rating(given),
        rating=Rating(rating),
        undone=bool(undone),
    )


def state(row: tuple[Any, ...]) -> tuple[str, State]:
    """Return the question and its state in a row of `queries.STATES`."""
    question, last, reps, lapses, stability, difficulty, day, due, rating, suspended, buried = row
    return question, State(
        last=last,
        reps=reps,
        lapses=lapses,
        stability=stability,
        difficulty=difficulty,
        day=date.fromisoformat(day),
        due=date.fromisoformat(due),
        rating=Rating(rating),
        suspended=bool(suspended),
        buried=buried and date.fromisoformat(buried),
    )


def hold(row: tuple[Any, ...]) -> tuple[str, Hold]:
    """Return the question and what holds it back in a row of ``holds``."""
    question, suspended, buried = row
    return question, Hold(bool(suspended), buried and date.fromisoformat(buried))
