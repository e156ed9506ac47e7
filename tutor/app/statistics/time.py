"""When the learner studied, for how long, and what comes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from tutor.app.statistics.exhibit import Exhibit, counted, duration, nothing_yet
from tutor.plots.figure import Bars, Calendar

if TYPE_CHECKING:
    from tutor.memory.statistics.summary import Statistics

YEAR, MONTH = 365, 30


def year(found: Statistics) -> Exhibit:
    """The days of the last year, and the streak."""
    title, streak = "The year", found.streak
    if not streak.studied:
        return nothing_yet(title, "the first day you study will be a mark here")
    begin = found.today - timedelta(days=YEAR + found.today.weekday())
    shown = [day for day in found.days if day.day > begin] or list(found.days[-1:])
    answers = np.zeros((found.today - begin).days)
    for day in shown:
        if day.day <= found.today:
            answers[(day.day - begin).days - 1] = day.answers
    lately = [day for day in found.days if found.today - timedelta(days=YEAR) < day.day <= found.today]
    studied = sum(day.answers > 0 for day in lately)
    minutes = sum(day.minutes for day in found.days)
    total = sum(day.answers for day in found.days)
    since = f"{streak.since.day} {streak.since:%b %Y}" if streak.since else ""
    return Exhibit(
        title,
        (Calendar(answers, begin + timedelta(days=1), "answers"), _minutes(found)),
        (
            (
                f"in a row {counted(streak.current, 'day')}   longest {counted(streak.longest, 'day')}   "
                f"studied on {counted(streak.studied, 'day')} since {since}"
            ),
            f"in all {counted(total, 'answer')} in {duration(minutes)}",
        ),
        f"You studied on {studied} of the last {counted(len(lately), 'day')}"
        + (f", the last {streak.current} of them in a row." if streak.current > 1 else "."),
        caption="a shade for each day, and below the minutes of the last 30",
    )


def _minutes(found: Statistics) -> Bars:
    """The minutes of each of the last days."""
    by_day = {day.day: day.minutes for day in found.days[-2 * MONTH :]}
    dates = [found.today - timedelta(days=MONTH - 1 - n) for n in range(MONTH)]
    labels = tuple(f"{day.day}" if day.weekday() == 0 else "" for day in dates)
    return Bars(np.array([by_day.get(day, 0.0) for day in dates]), labels, y_label="minutes", marked=MONTH - 1)


def coming(found: Statistics) -> Exhibit:
    """What comes due in the next days."""
    title = "The days to come"
    if not any(day.due for day in found.coming):
        return nothing_yet(title, "what you learn today comes back here")
    shown = found.coming[:MONTH]
    due = np.array([float(day.due) for day in shown])
    labels = tuple(f"{day.day.day}" if day.day.weekday() == 0 else "" for day in shown)
    ahead = found.coming[1 : MONTH + 1]
    later, week = sum(day.due for day in ahead), sum(day.due for day in ahead[:7])
    pace = sum(pace.minutes for pace in found.paces) / max(1, sum(pace.answers for pace in found.paces))
    daily = later / MONTH
    most = max(ahead, key=lambda day: day.due)
    busiest = f"most {most.day:%a} {most.day.day} {most.day:%b} ({most.due:,})" if most.due else ""
    paces = "   ".join(f"{pace.rating} {pace.median_seconds:.0f} s" for pace in found.paces if pace.answers)
    return Exhibit(
        title,
        (Bars(due, labels, "day of the month, today first", "questions", marked=0),),
        (
            f"today {shown[0].due:,}   next 7 days {week:,}   next 30 days {later:,}   {busiest}",
            f"an answer takes (median)   {paces}",
        ),
        f"Without anything new, about {daily:,.{1 if daily < 10 else 0}f} questions a day come back in the "
        f"next month, which take {duration(daily * pace)} a day.",
        caption="how many questions come due on each of the next 30 days",
    )
