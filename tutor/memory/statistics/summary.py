"""All statistics of one learner at one moment, as plain values, and as tables for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.memory.statistics import questions, recall
from tutor.memory.statistics.days import activity, coming, paces, streak
from tutor.memory.statistics.replay import replay
from tutor.memory.statistics.workload import habits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tutor.memory.statistics.days import Coming, Day, Pace, Streak
    from tutor.memory.statistics.log import Log
    from tutor.memory.statistics.replay import Replay
    from tutor.memory.statistics.workload import Habits


@dataclass(frozen=True, eq=False)
class Known:
    """What the decks say of the questions in the log."""

    options: Mapping[str, int]
    """Among how many answers one is guessed: the options, or the choices of some of them."""

    cards: Mapping[str, str]
    """The title of each question's card."""

    decks: Mapping[str, str]
    """The title of each question's deck."""


@dataclass(frozen=True, eq=False)
class Statistics:
    """How it goes."""

    today: date
    log: Log
    past: Replay
    tests: recall.Tests
    days: tuple[Day, ...]
    streak: Streak
    coming: tuple[Coming, ...]
    paces: tuple[Pace, ...]
    periods: tuple[recall.Kept, ...]
    months: tuple[recall.Kept, ...]
    calibration: tuple[recall.Bin, ...]
    forgetting: tuple[recall.Bin, ...]
    confidence: tuple[recall.Sureness, ...]
    stability: tuple[questions.Spread, ...]
    difficulty: tuple[questions.Spread, ...]
    cards: tuple[questions.Group, ...]
    decks: tuple[questions.Group, ...]
    habits: Habits


def statistics(log: Log, today: date, known: Known) -> Statistics:
    """Compute everything: a million reviews take about half a second."""
    past = replay(log)
    chance = recall.chances(log, known.options)
    found = recall.tests(log, past, chance)
    studied = activity(log, today)
    return Statistics(
        today=today,
        log=log,
        past=past,
        tests=found,
        days=studied,
        streak=streak(studied, today),
        coming=coming(log, today),
        paces=paces(log),
        periods=recall.by_period(found, today),
        months=recall.by_month(found),
        calibration=recall.by_prediction(found),
        forgetting=recall.by_ratio(found),
        confidence=recall.by_confidence(log, past, chance),
        stability=questions.by_stability(log, past),
        difficulty=questions.by_difficulty(log, past),
        cards=questions.groups(log, past, found, known.cards),
        decks=questions.groups(log, past, found, known.decks),
        habits=habits(log, past),
    )
