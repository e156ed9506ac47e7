"""The fold of the log: what the states and holds must be, one question after another, in little memory."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tutor.memory import queries
from tutor.memory.acts import Act, ActRow, act_row, hold, moved, resolved, since_reset
from tutor.memory.adoption import Schedulers, adopted
from tutor.memory.schedule import Counted, Scheduler

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from tutor.memory.model import Hold, State


class Folded(NamedTuple):
    """What the log of a question adds up to."""

    question: str
    state: State | None
    hold: Hold


def schedulers(db: sqlite3.Connection, otherwise: Scheduler) -> Schedulers:
    """Return which scheduler holds for which question, by the acts on the store as a whole."""
    acts = resolved(map(act_row, db.execute(f"{queries.ACTS} WHERE question = '' ORDER BY tick, id")))
    in_force = (act for act in acts if act.what is Act.ADOPT and not act.revoked)
    return Schedulers(otherwise, (adopted(act.value) for act in in_force))


def fold(scheduler: Scheduler, question: str, reviews: Sequence[Counted], acts: Sequence[ActRow]) -> Folded:
    """Add up the reviews and acts of a question, both oldest first."""
    counted = since_reset(reviews, acts) if acts else reviews
    state = scheduler.fold(question, counted)
    if state is not None and acts:
        state = moved(state, counted[-1], acts)
    return Folded(question, state, hold(acts))


def fold_one(db: sqlite3.Connection, by: Schedulers, question: str) -> Folded:
    """Add up the log of one question."""
    return fold(by[question], question, *_log(db, question))


def fold_before(db: sqlite3.Connection, by: Schedulers, question: str, review: str) -> State | None:
    """Add up the log of one question as far as before a review, be that in force or not."""
    (tick,) = db.execute("SELECT tick FROM reviews WHERE id = ?", (review,)).fetchone()
    reviews, acts = _log(db, question)
    before = [counted for counted in reviews if (counted.tick, counted.id) < (tick, review)]
    return fold(by[question], question, before, [act for act in acts if act.tick < tick]).state


def _log(db: sqlite3.Connection, question: str) -> tuple[list[Counted], list[ActRow]]:
    """Return the reviews in force and the acts of one question, oldest first."""
    reviews = db.execute(f"{queries.COUNTED} AND r.question = ? ORDER BY r.tick, r.id", (question,)).fetchall()
    acts = db.execute(f"{queries.ACTS} WHERE question = ? ORDER BY tick, id", (question,))
    return [Counted(*row[1:]) for row in reviews], resolved(map(act_row, acts))


def fold_all(db: sqlite3.Connection, by: Schedulers) -> Iterator[Folded]:
    """Add up the log of each question that has one, in the order of their ids."""
    for question, reviews, acts in _logs(db):
        yield fold(by[question], question, reviews, acts)


def _logs(db: sqlite3.Connection) -> Iterator[tuple[str, list[Counted], list[ActRow]]]:
    """Walk through the reviews and the acts side by side, both in the order of the questions."""
    all_acts = map(act_row, db.execute(f"{queries.ACTS} WHERE question != '' ORDER BY question, tick, id"))
    by_question = ((name, resolved(log)) for name, log in groupby(all_acts, key=attrgetter("question")))
    acts = next(by_question, None)
    log = db.execute(f"{queries.COUNTED} ORDER BY r.question, r.tick, r.id")
    for question, reviews in groupby(log, key=itemgetter(0)):
        while acts and acts[0] < question:
            yield acts[0], [], acts[1]
            acts = next(by_question, None)
        mine: list[ActRow] = []
        if acts and acts[0] == question:
            mine = acts[1]
            acts = next(by_question, None)
        yield question, [Counted(*row[1:]) for row in reviews], mine
    while acts:
        yield acts[0], [], acts[1]
        acts = next(by_question, None)
