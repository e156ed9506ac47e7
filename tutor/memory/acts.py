"""What the learner does to the schedule besides answering: acts, each logged, each revocable by a later one."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tutor.errors import UsageError, unknown
from tutor.memory.model import Hold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tutor.memory.model import State
    from tutor.memory.schedule import Counted


class Act(StrEnum):
    """What can be done, with the value that goes with it."""

    SUSPEND = "suspend"
    """Leave the question out until it is resumed."""
    RESUME = "resume"
    """Take it in again, suspended or buried."""
    BURY = "bury"
    """Leave it out until a study day, which is the value."""
    RESET = "reset"
    """Begin anew: the question is new again, and what was answered before counts no more."""
    MOVE = "move"
    """Let it come back on another study day, which is the value; until its next review."""
    UNCLEAR = "unclear"
    """Ask it sooner, because what it is about is not clear: at once if it was answered before; until its next
    review."""
    ADOPT = "adopt"
    """Schedule by other parameters and retention: the value is that of `adoption.value`."""
    REVOKE = "revoke"
    """Let an act, whose id is the value, count no more."""
    REINSTATE = "reinstate"
    """Let an act that was revoked, whose id is the value, count again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """An act in the log."""

    id: str
    question: str
    """The question's id; empty for the store as a whole."""
    tick: int
    at: int
    """Milliseconds since 1970-01-01 in UTC."""
    offset: int
    """Minutes by which local time was ahead of UTC."""
    day: date
    """The study day, as it was reckoned then."""
    device: str
    what: Act
    value: object
    revoked: bool = False

    @property
    def until(self) -> date:
        """The study day that is the value of burying and moving."""
        return date.fromisoformat(str(self.value))


def act_row(row: tuple[Any, ...]) -> ActRow:
    """Return the act in a row of `queries.ACTS`."""
    id_, question, tick, at, offset, day, device, what, value = row
    return ActRow(
        id=id_,
        question=question,
        tick=tick,
        at=at,
        offset=offset,
        day=date.fromisoformat(day),
        device=device,
        what=Act(what),
        value=json.loads(value),
    )


def checked(what: str, value: object) -> tuple[Act, object]:
    """Return the act and its value as JSON carries it. Raises UsageError if either is not what it should be."""
    try:
        act = Act(what)
    except ValueError:
        raise unknown("act", what, Act) from None
    if act in {Act.BURY, Act.MOVE}:
        try:
            return act, date.fromisoformat(str(value)).isoformat()
        except ValueError:
            raise UsageError(f"'{act}' needs a study day such as 2026-11-23, not {value!r}") from None
    if act in {Act.REVOKE, Act.REINSTATE}:
        if not isinstance(value, str):
            raise UsageError(f"'{act}' needs the id of an act, not {value!r}")
    elif act is Act.ADOPT:
        from tutor.memory.adoption import adopted

        adopted(value)
    elif value is not None:
        raise UsageError(f"'{act}' takes no value; it was given {value!r}")
    return act, value


def resolved(log: Iterable[ActRow]) -> list[ActRow]:
    """Return the acts, oldest first, each with whether it is revoked; revoking itself is left out."""
    acts: dict[str, ActRow] = {}
    for row in log:
        if row.what not in {Act.REVOKE, Act.REINSTATE}:
            acts[row.id] = row
        elif row.value in acts:
            acts[str(row.value)] = replace(acts[str(row.value)], revoked=row.what is Act.REVOKE)
    return list(acts.values())


def hold(acts: Iterable[ActRow]) -> Hold:
    """Return what keeps the question out, by its acts, oldest first."""
    held = Hold()
    for act in acts:
        if act.revoked:
            continue
        if act.what is Act.SUSPEND:
            held = replace(held, suspended=True)
        elif act.what is Act.BURY:
            held = replace(held, buried=act.until)
        elif act.what is Act.RESUME:
            held = Hold()
    return held


def since_reset(reviews: Sequence[Counted], acts: Iterable[ActRow]) -> Sequence[Counted]:
    """Return the reviews after the last reset."""
    resets = [act.tick for act in acts if act.what is Act.RESET and not act.revoked]
    return [review for review in reviews if review.tick > resets[-1]] if resets else reviews


def moved(state: State, last: Counted, acts: Iterable[ActRow]) -> State:
    """Return the state with the day it was moved to, or marked as not clear, after the ``last`` review."""
    due = state.due
    for act in acts:
        if not act.revoked and act.tick > last.tick:
            if act.what is Act.MOVE:
                due = act.until
            elif act.what is Act.UNCLEAR:
                due = min(due, act.day)
    return state if due == state.due else replace(state, due=due)
