"""Whether what was predicted came true: retention, calibration, confidence, and forgetting over time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tutor.app.statistics.exhibit import Exhibit, counted, interval, nothing_yet, percent
from tutor.memory.statistics.memories import retrievability
from tutor.memory.statistics.tables import usual
from tutor.plots.figure import Bars, Curves, Points, Series

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tutor.memory.statistics.shares import Share
    from tutor.memory.statistics.summary import Statistics

LATER = "questions must come back on a later day first"
MOST_MONTHS = 24
LEAST_BIN = 10
"""Answers alike, below which they say too little to be drawn beside others."""

LEAST_LEVEL = 20
"""Answers of a confidence below which nothing is said of it."""


def _points(x: Sequence[float], shares: Sequence[Share]) -> Points:
    """Shares in per cent with their intervals, over ``x``."""
    columns = zip(*((share.share, share.low, share.high) for share in shares), strict=True)
    y, low, high = (100 * np.array(column) for column in columns)
    return Points(np.array(x, dtype=np.float64), y, low, high, joined=False)


def _floor(shares: Sequence[Share]) -> float:
    """The lower end of an axis in per cent, a multiple of ten, that holds all intervals."""
    return 10.0 * math.floor(10 * min(*(share.low for share in shares), 0.85))


def retention(found: Statistics) -> Exhibit:
    """True retention beside the predicted one, month by month."""
    title = "What you keep"
    lately = [(_since(found.today, kept.period), kept.share) for kept in found.months[-MOST_MONTHS:]]
    told = [(ago, share) for ago, share in lately if share.total >= LEAST_BIN]
    told = told or [(ago, share) for ago, share in lately if share.total]
    if not told:
        return nothing_yet(title, LATER)
    ago, shares = (list(column) for column in zip(*told, strict=True))
    predicted = Series(np.array(ago), 100 * np.array([share.expected for share in shares]), "P", dash="dashed")
    whole = found.periods[-1].share
    facts = [f"{'':12}{'remembered (95 %)':>20}{'predicted':>12}{'without guesses':>18}{'answers':>12}"]
    for kept in found.periods:
        share = kept.share
        facts.append(
            f"{kept.period:12}{interval(share):>20}{percent(share.expected, 1):>12}"
            f"{percent(share.known, 1):>18}{share.total:>12,}"
        )
    return Exhibit(
        title,
        (
            Curves(
                (predicted,),
                "months ago",
                "%",
                points=(_points(ago, shares),),
                y_range=(_floor(shares), 100.0),
                x_range=(min(ago[0] - 0.5, -3.0), 0.5),
            ),
        ),
        tuple(facts),
        _verdict(whole),
        caption="● remembered on a later day, with its 95 % interval; P predicted by FSRS",
    )


def _since(today: date, month: str) -> float:
    """How many months a month, such as 2026-11, is ahead of today's: 0 or less."""
    year, number = map(int, month.split("-"))
    return float(12 * (year - today.year) + number - today.month)


def _verdict(share: Share) -> str:
    if share.low <= share.expected <= share.high:
        return "You remember as much as FSRS predicts, as far as the numbers can tell."
    off = abs(100 * (share.share - share.expected))
    more = share.share > share.expected
    return (
        f"You remember {off:.1f} points {'more' if more else 'less'} than FSRS predicts: "
        f"'tutor fit' can make the intervals {'longer' if more else 'shorter'}."
    )


def calibration(found: Statistics) -> Exhibit:
    """Predicted recall against what was remembered."""
    title = "Are the predictions right?"
    bins = [each for each in found.calibration if each.share.total >= LEAST_BIN]
    if not bins:
        return nothing_yet(title, LATER)
    shares = [each.share for each in bins]
    floor = min(_floor(shares), 10.0 * math.floor(10 * min(each.mean for each in bins)))
    ideal = Series(np.array([floor, 100.0]), np.array([floor, 100.0]), dash="dotted")
    inside = sum(each.share.low <= each.mean <= each.share.high for each in bins)
    error = math.sqrt(
        sum(each.share.total * (each.share.share - each.mean) ** 2 for each in bins)
        / sum(each.share.total for each in bins)
    )
    tests = found.tests
    return Exhibit(
        title,
        (
            Curves(
                (ideal,),
                "predicted %",
                "remembered %",
                points=(_points([100 * each.mean for each in bins], shares),),
                y_range=(floor, 100.0),
                x_range=(floor, 100.0),
            ),
        ),
        (
            (
                f"log loss  {tests.log_loss:.4f}   off by (RMSE over the bins)  {percent(error, 1)}   "
                f"tests  {len(tests.day):,}"
            ),
        ),
        f"In {inside} of {counted(len(bins), 'bin')} the prediction lies in the interval of what you remembered"
        + (
            ": the schedule knows you well."
            if inside >= len(bins) - 1
            else "; 'tutor fit' may bring the others in."
        ),
        caption="● answers with about the same prediction, and 95 % intervals; dotted: all true",
    )


def confidence(found: Statistics) -> Exhibit:
    """How often the learner was right when sure, and when not."""
    title = "How sure you are"
    levels = found.confidence
    if not any(level.share.total for level in levels):
        return nothing_yet(title, "say how sure you are before an answer is shown")
    shares = np.array([100 * level.share.known if level.share.total else 0.0 for level in levels])
    facts = tuple(
        f"{level.words:8} right {interval(level.share):>16}   "
        f"without guesses {percent(level.share.known):>5}   {counted(level.share.total, 'answer')}"
        for level in levels
    )
    guess, sure = levels[0].share, levels[-1].share
    if min(guess.total, sure.total) < LEAST_LEVEL:
        meaning = f"There are too few answers to judge by: {LEAST_LEVEL} of each kind are needed."
    elif sure.low > guess.high:
        meaning = (
            f"When you are sure, you are right in {percent(sure.share)} of cases, in {percent(guess.share)} "
            "when you guess: you know what you know."
        )
    else:
        meaning = "Being sure tells little yet: you are right about as often when you guess."
    return Exhibit(
        title,
        (Bars(shares, tuple(level.words for level in levels), "how sure", "known %"),),
        facts,
        meaning,
        caption="the share known, lucky guesses taken off, by how sure you said you were",
    )


def forgetting(found: Statistics) -> Exhibit:
    """What is left after a time, measured in stabilities."""
    title = "How you forget"
    bins = [each for each in found.forgetting if each.share.total]
    if not bins:
        return nothing_yet(title, LATER)
    shares = [each.share for each in bins]
    times = np.geomspace(min(0.5, bins[0].mean), max(4.0, bins[-1].mean), 100)
    curve = Series(times, 100 * retrievability(usual(found), np.ones(1), times), "P", dash="dashed")
    late = [each for each in bins if each.low >= 1.35]
    told = "There are no late reviews to learn from."
    if late:
        passed, total = sum(each.share.passed for each in late), sum(each.share.total for each in late)
        told = f"Of what came back late, after 1.35 stabilities or more, you kept {percent(passed / total)}."
    return Exhibit(
        title,
        (
            Curves(
                (curve,),
                "time / stability",
                "remembered %",
                points=(_points([each.mean for each in bins], shares),),
                log_x=True,
                y_range=(_floor(shares), 100.0),
            ),
        ),
        ("the stability: the time after which FSRS expects nine in ten to be left",),
        told,
        caption="● remembered after that time, with 95 % intervals; P the curve of FSRS",
    )
