"""The memories themselves: how long they last, how hard they are, one of them over time, and what they cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tutor.app.statistics.exhibit import Exhibit, counted, days, duration, interval, nothing_yet, percent
from tutor.memory.statistics.curve import curve
from tutor.memory.statistics.days import RATINGS
from tutor.memory.statistics.shares import wilson
from tutor.memory.statistics.tables import usual
from tutor.memory.statistics.workload import workload
from tutor.plots.figure import Bars, Curves, Points, Series

if TYPE_CHECKING:
    from tutor.memory.statistics.questions import Group
    from tutor.memory.statistics.summary import Statistics

FIRST = "answer a question first"
STABILITIES = ("<1 d", "1 d", "2 d", "4 d", "1 w", "2 w", "1 mo", "2 mo", "3 mo", "½ y", "1 y", "2 y", "5 y")
NAME = 30
CERTAIN = 3.5
"""The normal quantile of one card in four thousand."""


def memories(found: Statistics) -> Exhibit:
    """How long the questions are remembered, and how hard they are."""
    title = "Your memory"
    counts = np.array([float(each.questions) for each in found.stability])
    total = int(counts.sum())
    if not total:
        return nothing_yet(title, FIRST)
    hard = np.array([float(each.questions) for each in found.difficulty])
    stable = sum(each.questions for each in found.stability if each.low >= 30)
    hardest = sum(each.questions for each in found.difficulty if each.low >= 8)
    return Exhibit(
        title,
        (
            Bars(counts, STABILITIES, "stability from", "questions"),
            Bars(hard, tuple(f"{each.low:.0f}" for each in found.difficulty), "difficulty", "questions"),
        ),
        (f"stable for a month or more  {stable:,} of {total:,}   hard (8 or more)  {hardest:,}",),
        f"{percent(stable / total)} of your questions would still be remembered after a month, "
        "nine times in ten.",
        caption="how many questions are remembered for how long, and how hard they are to FSRS",
    )


def question(found: Statistics, name: str) -> Exhibit:
    """The forgetting curve of one question."""
    title = f"One question: {name}"
    drawn = curve(found.log, found.past, name, found.today)
    if drawn is None:
        return nothing_yet(title, FIRST)
    begun = drawn.reviews[0].day
    places = np.array([float((each.day - begun).days) for each in drawn.reviews])
    recalls = np.array([1.0 if math.isnan(each.recall) else each.recall for each in drawn.reviews])
    signs = "".join("✓" if each.rating > 1 else "✗" for each in drawn.reviews)
    last = drawn.reviews[-1]
    recall = np.nan_to_num(drawn.recall, nan=1.0)
    now = float(recall[np.searchsorted(drawn.days, drawn.today)]) if drawn.today > drawn.days[0] else 1.0
    floor = 0.1 * math.floor(10 * min(0.8, float(recall.min())))
    told = "   ".join(f"{each.day:%d %b} {RATINGS[each.rating - 1]}" for each in drawn.reviews[-5:])
    due = f"due day {drawn.due:.0f}" if drawn.due == drawn.due else "not scheduled"
    return Exhibit(
        title,
        (
            Curves(
                (Series(drawn.days, 100 * drawn.recall),),
                f"days since {begun.day} {begun:%b %Y}",
                "recall %",
                levels=(90.0,),
                points=(Points(places, 100 * recalls, signs=signs, joined=False),),
                y_range=(100 * floor, 100.0),
                cursor=drawn.today,
            ),
        ),
        (
            (
                f"{counted(len(drawn.reviews), 'review')}   stability {days(last.stability)}   difficulty "
                f"{last.difficulty:.1f}   today day {drawn.today:.0f}, {due}"
            ),
            f"last  {told}",
        ),
        f"Today you would remember it with a probability of about {percent(now)}.",
        caption="✓ remembered, ✗ forgotten; the line across is 90 %, the upright one today",
    )


def load(found: Statistics) -> Exhibit:
    """What another desired retention would cost."""
    title = "What retention costs"
    count = len(found.log.questions)
    if not count:
        return nothing_yet(title, FIRST)
    loads = workload(found.habits, count, usual(found))
    x = np.array([100 * each.retention for each in loads])
    minutes = np.array([each.minutes_a_day for each in loads])
    now = next(each for each in loads if each.retention == 0.9)
    cheaper = next(each for each in loads if each.retention == 0.8)
    dearer = next(each for each in loads if each.retention == 0.95)
    facts = ["desired   " + "".join(f"{percent(each.retention):>8}" for each in loads[::2])]
    facts.append("min a day " + "".join(f"{each.minutes_a_day:>8.1f}" for each in loads[::2]))
    facts.append("kept      " + "".join(f"{percent(each.remembered):>8}" for each in loads[::2]))
    return Exhibit(
        title,
        (Curves((Series(x, minutes),), "desired retention %", "minutes a day", cursor=90.0),),
        tuple(facts),
        f"Aiming at 95 % instead of 90 % takes {dearer.minutes_a_day / now.minutes_a_day:.1f} times as long, "
        f"at 80 % it takes {percent(cheaper.minutes_a_day / now.minutes_a_day)} of the time.",
        caption=f"a simulated year (fsrs-rs) in which {counted(count, 'question')} are begun, at your pace",
    )


def cards(found: Statistics) -> Exhibit:
    """How each card and deck fares."""
    title = "Cards and decks"
    if not found.cards:
        return nothing_yet(title, FIRST)
    head = f"{'':{NAME}} {'asked':>6} {'remembered (95 %)':>19} {'lapses':>7} {'lasts':>10}"
    meaning = "Each card is kept about as well as the others."
    worst = min(found.cards, key=_best_case)
    if _best_case(worst) < found.periods[-1].share.share:
        meaning = f"'{worst.name}' is kept worse than the rest: reading it again may be worth its time."
    decks = [_line(each) for each in found.decks] if len(found.decks) > 1 else []
    in_all = sum(each.minutes for each in found.decks)
    return Exhibit(
        title,
        (),
        (*decks, *([""] if decks else []), *map(_line, found.cards)),
        meaning,
        head,
        caption=f"{counted(len(found.cards), 'card')}, {duration(in_all)}; 'lasts' is the median stability",
    )


def _best_case(each: Group) -> float:
    """The most that may be kept of a card, at a confidence that takes account of how many cards there are."""
    return wilson(each.share.passed, each.share.total, CERTAIN)[1]


def _line(each: Group) -> str:
    name = each.name if len(each.name) <= NAME else each.name[: NAME - 1] + "…"
    kept = f"{each.questions:>6,} {interval(each.share):>19}"
    return f"{name:{NAME}} {kept} {each.lapses:>7,} {days(each.stability):>10}"
