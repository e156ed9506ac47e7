"""All that happened to one question, in words, and what can be changed of it.

Nothing is ever erased: what is taken back stays in the list, and can be given again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tutor.memory.acts import Act, ActRow
from tutor.study.wording import CONFIDENCE, RATINGS, comes_back, counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tutor.memory.model import Rating, Review
    from tutor.memory.store import Store

KINDS = {
    "choice": "options shown",
    "multi": "several options to choose",
    "number": "a number typed",
    "cloze": "a gap filled",
    "hidden": "options hidden at first",
    "recall": "recalled freely",
    "predict": "a prediction",
}


@dataclass(frozen=True)
class Event:
    """An answer, or what the learner did to the question besides."""

    id: str
    day: date

    what: str
    """The rating, or the act."""

    details: str

    holds: bool
    """False once it was taken back."""

    review: bool
    """Whether it is an answer, which has a rating."""


def events(store: Store, question: str) -> list[Event]:
    """List what happened to a question, oldest first."""
    return [
        _answer(event) if not isinstance(event, ActRow) else _act(event) for event in store.history(question)
    ]


def _answer(review: Review) -> Event:
    details = [
        "right" if review.correct else "given up" if review.answer is None else "not right",
        f"{review.ms / 1000:.0f} s",
        KINDS.get(review.kind, review.kind),
        *([counted(review.hints, "hint")] if review.hints else []),
        *([CONFIDENCE.get(review.confidence, "")] if review.confidence else []),
        *([f"given as {RATINGS[review.given]}"] if review.given != review.rating else []),
    ]
    what = "Practice" if review.practice else RATINGS[review.rating]
    return Event(review.id, review.day, what, " · ".join(details), not review.undone, not review.practice)


def _act(act: ActRow) -> Event:
    words = {
        Act.SUSPEND: ("Suspended", "left out until you resume it"),
        Act.RESUME: ("Resumed", ""),
        Act.RESET: ("Reset", "begun anew; what came before counts no more"),
        Act.UNCLEAR: ("Not clear", "? its paragraph, so that it comes sooner"),
    }
    if act.what in {Act.BURY, Act.MOVE}:
        what = "Buried" if act.what is Act.BURY else "Moved"
        return Event(act.id, act.day, what, f"to {act.until.isoformat()}", not act.revoked, review=False)
    what, details = words.get(act.what, (act.what.capitalize(), ""))
    return Event(act.id, act.day, what, details, not act.revoked, review=False)


def summary(store: Store, question: str) -> str:
    """Say in one line how the question stands."""
    return " · ".join(_facts(store, question))


def _facts(store: Store, question: str) -> Iterator[str]:
    state, hold, today = store.state(question), store.hold(question), store.today()
    if hold.suspended:
        yield "suspended"
    elif hold.buried is not None and hold.holds(today):
        yield f"buried until {hold.buried.isoformat()}"
    if state is None:
        yield "new"
        return
    if not hold.holds(today):
        yield f"back {comes_back(state.due, today)}" if state.due > today else "due today"
    forgetting = store.scheduler_for(question).fsrs
    chance = forgetting.retrievability(state.stability, max(0, (today - state.day).days))
    yield f"recall {chance:.0%}"
    yield f"stability {counted(max(1, round(state.stability)), 'day')}"
    if state.lapses:
        yield f"forgotten {counted(state.lapses, 'time')}"


def toggle(store: Store, event: Event) -> None:
    """Take an event back if it holds by now, or else let it hold again."""
    review = store.review(event.id)
    if review is not None:
        store.amend(event.id, review.given if review.undone else None)
    elif any(act.id == event.id and act.revoked for act in store.acts()):
        store.reinstate(event.id)
    else:
        store.revoke(event.id)


def rate(store: Store, event: Event, rating: Rating) -> None:
    """Let an answer count as ``rating``."""
    store.amend(event.id, rating)


def suspend(store: Store, question: str) -> str:
    """Leave the question out, or take it in again if it is left out; return the act's id."""
    return store.act(question, Act.RESUME if store.hold(question).holds(store.today()) else Act.SUSPEND)


def bury(store: Store, question: str) -> str:
    """Leave the question out until tomorrow; return the act's id."""
    return store.act(question, Act.BURY, store.today() + timedelta(days=1))


def reset(store: Store, question: str) -> str:
    """Let the question begin anew; return the act's id."""
    return store.act(question, Act.RESET)
