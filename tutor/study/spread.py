"""A backlog spread over days, so that coming back from a holiday is not a wall."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Literal

from tutor.memory.outlook import retrievability

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tutor.memory.model import State

First = Literal["forgotten", "retained"]
"""Whether those least or those most likely to be remembered come first."""


def spread(
    due: Mapping[str, State], coming: Mapping[date, int], today: date, days: int, first: First
) -> dict[str, date]:
    """Return a new day for each question that is to move, so that ``days`` days, today among them, are level.

    ``due`` are the questions due by today, and ``coming`` says how many more come due on each later day. Those
    in learning stay: they belong to today.
    """
    movable = [question for question, state in due.items() if not state.learning]
    sign = 1 if first == "forgotten" else -1
    movable.sort(key=lambda question: sign * retrievability(due[question], today))
    span = [today + timedelta(days=n) for n in range(days)]
    before = {day: coming.get(day, 0) for day in span} | {today: len(due) - len(movable)}
    load = dict(before)
    for _ in movable:  # poured one by one where the level is lowest, on the earliest of equal days
        load[min(span, key=lambda day: load[day])] += 1
    rest = iter(movable)
    room = {day: load[day] - before[day] for day in span}
    dealt = {day: list(islice(rest, room[day])) for day in span}
    return {question: day for day in span[1:] for question in dealt[day]}
