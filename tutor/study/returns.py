"""On which day a question comes back: by FSRS, and within its range where there is least to do.

The day is chosen when the answer is given, and kept with it in the log, so that a replay gives the same days.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.study.balance import balanced

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from tutor.memory.model import Answer, Rating, Review, State
    from tutor.memory.store import Store
    from tutor.study.steps import Asking


def record(store: Store, answer: Answer, step: Asking, easy_days: Collection[str]) -> str:
    """Put an answer to ``step`` into the store, with the day of its return; return the review's id.

    Raises what the store does: ChangedMeanwhile if another session answered it first, StoreError if it cannot.
    """
    if step.practice:
        return store.practise(answer)
    day = chosen_day(store, answer.question, step.state, answer.rating, easy_days)
    return store.record(replace(answer, due=day), step.state).last


def chosen_day(
    store: Store, question: str, before: State | None, rating: Rating, easy_days: Collection[str]
) -> date | None:
    """Return the day on which a question comes back; None if there is no choice.

    ``before`` is its state before the answer that earned ``rating``.
    """
    scheduler = store.scheduler_for(question)
    after = scheduler.advance(question, before, "", rating, store.today())
    earliest, latest = scheduler.window(after)
    if earliest == latest:
        return None
    return balanced(after.due, earliest, latest, store.load(earliest, latest), easy_days)


def returns_before(
    store: Store, question: str, before: State | None, easy_days: Collection[str]
) -> dict[Rating, date]:
    """Return when a question will come back, for each rating that its answer may get."""
    days = store.scheduler_for(question).preview(question, before, store.today())
    chosen = {rating: chosen_day(store, question, before, rating, easy_days) for rating in days}
    return {rating: chosen[rating] or day for rating, day in days.items()}


def returns_after(store: Store, review: Review, state: State | None) -> Mapping[Rating, date]:
    """Return when the question of a review comes back, for each rating that the review may get."""
    days = store.preview(review)
    if state is not None and state.last == review.id:
        days[review.rating] = state.due
    return days
